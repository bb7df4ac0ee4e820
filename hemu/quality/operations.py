"""Writing corrective actions: one is opened by what was found, then taken through the steps of its table."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from hemu.access.actors import Actor
from hemu.attachments.operations import append_with_files
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.foundation.numbering import format_number
from hemu.foundation.steps import Step
from hemu.infra.identity import new_id
from hemu.infra.moments import iso_utc, office_day, typed_moment
from hemu.infra.numbers import next_number
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.quality.models import CorrectiveAction
from hemu.quality.queries import checkers_of, visible_to, workers_of
from hemu.quality.rules import (
    FIGURES,
    KINDS,
    ROUNDS,
    SOURCES,
    STEPS,
    WORKERS,
    State,
    check_code,
    check_deadline,
    check_extension,
    check_figure,
    check_own,
    check_whys,
    check_words,
    is_independent,
    next_round,
    state_after,
)
from hemu.service_requests.queries import request_for

Facts = dict[str, object]
CLAUSE = "QA-02"
SERIES = "ZG"
"""What the number of an action has between that of its community and the year: 整改."""


@operation
def open_action(
    *,
    community: Community,
    by: Actor,
    act: Act,
    words: str,
    kind: str,
    to: str,
    do_by: datetime,
    source: str = "other",
    about: str = "",
    place: str = "",
    files: Sequence[str] = (),
) -> CorrectiveAction:
    """Open a corrective action for what was found: by whom and until when it is put right (QA-02, QA-06).

    Args:
        kind, source: one of ``rules.KINDS``, ``rules.SOURCES``.
        to: who answers for it, ``staff:…``.
        do_by: until when it is to be done and found in order by somebody else.
        about: the subject from which it came, as its own entries name it; "" where no page shows it.

    Raises:
        RuleViolation: ``access.denied``, ``action.not_yours``, ``action.no_words``, ``action.too_long``,
            ``action.unknown_value``, ``action.unknown_person``, ``action.deadline_past``, ``request.not_found``,
            ``file.not_found``.
    """
    by.require("action.step", community.office_id)
    if not WORKERS & by.roles_at(community.office_id):
        raise RuleViolation("action.not_yours")
    _check_about(about, by, community)
    found = CorrectiveAction(
        id=new_id(act.recorded_at),
        community=community,
        kind=check_code("kind", kind, KINDS),
        source=check_code("source", source, SOURCES),
        about=about,
        place=place.strip()[:60],
        text=check_words(words),
        state=STEPS.start,
        responsible_id=_person(to, community, about, act),
        due_at=check_deadline(do_by, now=act.recorded_at),
        opened_at=act.at,
        opened_by_id=by.staff_id,
        changed_at=act.recorded_at,
    )
    year = office_day(act.recorded_at).year
    serial = next_number(scope=f"action:{community.id.hex}", year=year)
    found.number = format_number(f"{community.code}{SERIES}", year, serial)
    found.save(force_insert=True)
    facts = _begun(found) | {"source": source, "about": about or None}
    _append(found, "corrective_action.opened", act, facts, {"text": found.text}, files)
    return found


@operation
def take_step(
    *,
    number: str,
    step: str,
    by: Actor,
    act: Act,
    words: str,
    values: Mapping[str, str],
    files: Sequence[str] = (),
    version: int | None = None,
) -> Entry:
    """Take one step of an action's table.

    Args:
        words: what is to be done, was done or seen; every step asks for them.
        values: what the step asks for besides: ``whys`` (one a line), ``figure``, ``figure_name``, ``round``,
            ``before``, ``after``, ``do_by`` (a moment), ``to``.
        version: what the page showed; None where the caller has shown none.

    Raises:
        RuleViolation: ``action.not_found``, ``action.stale`` (version), ``step.unknown``, ``step.not_allowed``,
            ``action.not_yours``, ``action.own_work`` (who), ``action.no_words``, ``action.too_long``,
            ``action.no_why``, ``action.too_many_whys``, ``action.unknown_value``, ``action.no_figure``,
            ``action.unnamed_figure``, ``action.deadline_past``, ``action.too_late_to_extend``,
            ``action.not_later``, ``action.no_evidence``, ``file.not_found``.
    """
    rows = visible_to(by, "action.step").select_for_update(of=("self",))
    found = rows.filter(number=number).first()
    if found is None:
        raise RuleViolation("action.not_found")
    if version not in (None, found.version):
        raise RuleViolation("action.stale", version=found.version)
    row = STEPS.find(step, found.state)
    check_own(
        row,
        by=by.key,
        responsible=f"staff:{found.responsible_id}",
        roles=by.roles_at(found.community.office_id),
    )
    facts: Facts = {"independent": _independent(found, by, act)} if row.extras.get("second") else {}
    said = check_words(words)
    more = {"text": said, **_TAKES[step](found, facts, values, act)} if step in _TAKES else {"text": said}
    if step == "plan":
        found.measure = said
    return _taken(found, row, act, facts, more, files)


def _taken(
    found: CorrectiveAction,
    row: Step,
    act: Act,
    facts: Facts,
    words: Mapping[str, object],
    files: Sequence[str],
) -> Entry:
    found.state = state_after(row, found.state, figure=found.figure)
    if found.state == State.VERIFIED:
        found.ask_on = next_round(office_day(act.at), ROUNDS[found.round])
    found.version, found.changed_at = found.version + 1, act.recorded_at
    found.save()
    return _append(found, str(row.extras["kind"]), act, facts, words, files)


def _independent(found: CorrectiveAction, by: Actor, act: Act) -> bool:
    hands = {f"staff:{each}" for each in (found.responsible_id, found.done_by_id) if each}
    there = checkers_of(found.community, on=office_day(act.recorded_at), about=found.about)
    return is_independent(by=by.key, hands=hands, checkers=there)


Taking = Callable[[CorrectiveAction, Facts, Mapping[str, str], Act], Mapping[str, object]]


def _plan(found: CorrectiveAction, facts: Facts, values: Mapping[str, str], act: Act) -> Mapping[str, object]:
    """Write down why it came about, what is to be done, and by which figure one will see that it helped."""
    found.whys = check_whys(values.get("whys", ""))
    facts["whys"] = len(found.whys)
    figure = values.get("figure", "")
    found.figure = check_code("figure", figure, FIGURES) if figure else ""
    found.figure_name, found.round, found.before, found.after = "", "", "", ""
    found.ask_on = None
    if figure:
        found.figure_name = values.get("figure_name", "").strip()[:40]
        if figure == "other" and not found.figure_name:
            raise RuleViolation("action.unnamed_figure")
        found.round = check_code("round", values.get("round", "") or "month", tuple(ROUNDS))
        found.before = check_figure(values.get("before", ""))
        facts |= {"figure": figure, "before": found.before, "round": found.round}
    return {"whys": found.whys, "figure_name": found.figure_name}


def _do(found: CorrectiveAction, facts: Facts, values: Mapping[str, str], act: Act) -> Mapping[str, object]:
    found.done_by_id = UUID(act.actor.removeprefix("staff:"))
    return {}


def _verify(
    found: CorrectiveAction, facts: Facts, values: Mapping[str, str], act: Act
) -> Mapping[str, object]:
    facts["kind"] = found.kind
    return {}


def _fail(found: CorrectiveAction, facts: Facts, values: Mapping[str, str], act: Act) -> Mapping[str, object]:
    found.again += 1
    return {}


def _confirm(
    found: CorrectiveAction, facts: Facts, values: Mapping[str, str], act: Act
) -> Mapping[str, object]:
    found.after = check_figure(values.get("after", ""))
    found.ask_on = None
    facts |= {"figure": found.figure, "before": found.before, "after": found.after}
    return {}


def _reopen(
    found: CorrectiveAction, facts: Facts, values: Mapping[str, str], act: Act
) -> Mapping[str, object]:
    """Open it again with a deadline of its own: what was done did not bring what it should, or did not last."""
    found.again += 1
    if found.figure:
        _confirm(found, facts, values, act)
    found.due_at = check_deadline(_moment(values), now=act.recorded_at)
    facts |= _begun(found)
    return {}


def _extend(
    found: CorrectiveAction, facts: Facts, values: Mapping[str, str], act: Act
) -> Mapping[str, object]:
    found.due_at = check_extension(_moment(values), standing=found.due_at, now=act.recorded_at)
    facts |= {"to": f"staff:{found.responsible_id}", "do_by": iso_utc(found.due_at)}
    return {}


def _assign(
    found: CorrectiveAction, facts: Facts, values: Mapping[str, str], act: Act
) -> Mapping[str, object]:
    staff = _person(values.get("to", ""), found.community, found.about, act)
    name = dict(workers_of(found.community, on=office_day(act.recorded_at)))[f"staff:{staff}"]
    found.responsible_id = staff
    facts["to"] = f"staff:{staff}"
    return {"to": name}


_TAKES: Mapping[str, Taking] = {
    "plan": _plan,
    "do": _do,
    "verify": _verify,
    "fail": _fail,
    "confirm": _confirm,
    "reopen": _reopen,
    "extend": _extend,
    "assign": _assign,
}


def _check_about(about: str, by: Actor, community: Community) -> None:
    """Refuse a case that this person does not see, or of another community."""
    kind, _colon, number = about.partition(":")
    if kind == "request" and request_for(by, number).community_id != community.id:
        raise RuleViolation("request.not_found", number=number)


def _begun(found: CorrectiveAction) -> Facts:
    return {"kind": found.kind, "to": f"staff:{found.responsible_id}", "do_by": iso_utc(found.due_at)}


def _moment(values: Mapping[str, str]) -> datetime:
    try:
        return typed_moment(values.get("do_by", ""))
    except ValueError:
        raise RuleViolation("action.no_deadline") from None


def _person(to: str, community: Community, about: str, act: Act) -> UUID:
    known = dict(workers_of(community, on=office_day(act.recorded_at), about=about))
    if to not in known:
        raise RuleViolation("action.unknown_person")
    return UUID(to.removeprefix("staff:"))


def _append(
    found: CorrectiveAction,
    kind: str,
    act: Act,
    facts: Mapping[str, object],
    words: Mapping[str, object],
    files: Sequence[str],
) -> Entry:
    return append_with_files(
        community=found.community,
        kind=kind,
        subject=found.subject,
        act=act,
        clause=CLAUSE,
        facts=facts,
        words=words,
        files=files,
    )


def count_open(staff: UUID) -> int:
    """Return how many actions somebody answers for that are not done yet."""
    return _in_hand(staff).count()


LEFT = "离岗交接"
"""Why an action changes hands when somebody leaves: words of the book, so in its language."""


@operation
def hand_over_left(*, staff: UUID, to: UUID | None, act: Act, limit: int) -> int:
    """Hand over at most ``limit`` actions of somebody who left; return how many.

    What ``to`` cannot take, and all without ``to``, goes to whoever carries out the leaving where that person may
    answer for it, else to the first leader of the office.
    """
    page = list(_in_hand(staff).select_related("community__office").select_for_update(of=("self",))[:limit])
    for found in page:
        today = office_day(act.recorded_at)
        known = dict(workers_of(found.community, on=today, about=found.about))
        known.pop(f"staff:{staff}", None)
        leaders = [key for key in checkers_of(found.community, on=today, about=found.about) if key in known]
        heir = next((key for key in (f"staff:{to}", act.actor, *leaders) if key in known), None)
        if heir is None:
            raise RuleViolation("action.nobody_left", number=found.number)
        row = STEPS.find("assign", found.state)
        facts: Facts = {}
        more = _assign(found, facts, {"to": heir}, act)
        _taken(found, row, act, facts, {"text": LEFT, **more}, ())
    return len(page)


def _in_hand(staff: UUID) -> QuerySet[CorrectiveAction]:
    rows = CorrectiveAction.objects.filter(responsible=staff)
    return rows.filter(state__in=(State.OPENED, State.PLANNED)).order_by("id")
