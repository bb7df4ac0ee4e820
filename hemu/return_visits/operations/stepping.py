"""Taking a step of a return visit: lock, ask the table and the rules, save, append; what is not right goes back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hemu.access.actors import Actor
from hemu.attachments.operations import Named, name_files
from hemu.duties.operations import void_duties
from hemu.duties.rules import effective_at
from hemu.estate.queries import OfficeRules, office_rules
from hemu.foundation.errors import RuleViolation
from hemu.foundation.merkle import canonical_json
from hemu.foundation.steps import Step
from hemu.infra.moments import iso_utc, typed_moment
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.return_visits import rules
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.queries import doers, workers_of
from hemu.return_visits.rules import CLAUSE_OF, STEPS
from hemu.service_requests.models import Request
from hemu.service_requests.operations import take_step
from hemu.service_requests.queries import hidden_from
from hemu.service_requests.rules import one_of


@dataclass
class _Asked:
    visit: ReturnVisit
    act: Act
    by: Actor
    said: str
    values: dict[str, str]
    independent: bool
    files: Sequence[str] = ()

    def code(self, name: str, known: tuple[str, ...], default: str = "") -> str:
        """Return one of the known codes; without a default it must be said."""
        value = self.values.pop(name, "").strip() or default
        if not value:
            raise RuleViolation("return_visit.not_asked", field=name, known=list(known))
        return one_of(name, value, known)

    @property
    def office(self) -> OfficeRules:
        return office_rules(self.visit.community.office, on=self.act.at)


@dataclass
class _Effect:
    facts: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)


@operation
def step_return_visit(
    *,
    number: str,
    step: str,
    act: Act,
    by: Actor,
    version: int | None = None,
    words: str = "",
    values: Mapping[str, str] | None = None,
    files: Sequence[str] = (),
) -> ReturnVisit:
    """Take one step with a return visit and return it as it then stands.

    A try in vain on the last day needed makes the owner *unreachable*; an answer that cannot be given at once
    is promised by the value ``promised_at`` of ``done``; what the owner is not content with goes back to be
    done, by the same person, in the same transaction.

    Args:
        number: of the return visit, ``HHY-2026-00012-R1``.
        version: what the caller saw; None trusts the lock alone.
        words: what the owner said, the question, the answer or a remark, as the step asks.
        values: what the step sets: `result`, `attitude`, `timely`, `channel`, `promised_at`.
        files: ids of the actor's drafts that come with the act.

    Raises:
        RuleViolation: ``return_visit.not_found``, ``return_visit.stale``, ``return_visit.not_independent``,
            ``return_visit.not_asked``, ``return_visit.try_again``, ``return_visit.promise_in_past``,
            ``return_visit.before_work``, ``step.unknown``, ``step.not_allowed``, ``step.not_yours``,
            ``step.needs_words``, ``step.unknown_value``, ``request.unknown_value``, ``request.unreadable_date``, ``file.not_found``, ``file.too_many``.
    """
    given = dict(values or {})
    canonical_json([words, given])  # what the book could not hold, no row holds either
    visit = _locked(number, by)
    if version is not None and version != visit.version:
        raise RuleViolation("return_visit.stale", version=visit.version)
    row = STEPS.find(step, visit.state)
    if not row.roles & by.roles_at(visit.community.office_id):
        raise RuleViolation("step.not_yours", step=row.name, roles=sorted(row.roles))
    if act.at < visit.opened_at:
        raise RuleViolation("return_visit.before_work")
    independent = step not in rules.BY_OTHERS or _is_independent(visit, by, act)
    promised = given.pop("promised_at", "") if step == "done" else ""
    asked = _Asked(visit, act, by, words.strip(), given, independent, files)
    if "needs" in row.extras and not asked.said:
        raise RuleViolation("step.needs_words", step=row.name, words=row.extras["needs"])
    effect = EFFECTS[step](asked)
    if asked.values:
        raise RuleViolation("step.unknown_value", step=step, values=sorted(asked.values))
    _save(visit, row, effect)
    entry = _append(asked, row, effect)
    return _afterwards(asked, entry, row, promised)


def _locked(number: str, by: Actor) -> ReturnVisit:
    """Lock the request, then its return visit: subjects before what hangs on them; none for whom the case names."""
    Request.objects.select_for_update().filter(return_visits__number=number).order_by("id").values(
        "id"
    ).first()
    rows = ReturnVisit.objects.select_related("request", "community__office")
    hidden = Request.objects.filter(hidden_from(by.staff_id)).values("pk")
    visit = rows.filter(number=number).exclude(request__in=hidden).first()
    if visit is None:
        raise RuleViolation("return_visit.not_found", number=number)
    return visit


def _is_independent(visit: ReturnVisit, by: Actor, act: Act) -> bool:
    workers = workers_of([visit.subject]).get(visit.subject, set())
    if by.key not in workers:
        return True
    office, above = doers(visit.community.office_id, now=act.recorded_at)
    return rules.is_independent(by=by.key, workers=workers, office=office, above=above)


def _save(visit: ReturnVisit, row: Step, effect: _Effect) -> None:
    for name, value in effect.changes.items():
        setattr(visit, name, value)
    visit.state = row.lands_on(visit.state)
    visit.version += 1
    visit.save(update_fields={"state", "version", *effect.changes})


def _append(asked: _Asked, row: Step, effect: _Effect) -> Entry:
    name = str(row.extras.get("needs") or row.extras["says"])
    return append(
        book=asked.visit.community.book_id,
        kind=str(row.extras["kind"]),
        subject=asked.visit.subject,
        act=asked.act,
        clause=CLAUSE_OF[asked.visit.kind] if row.name == "done" else row.clause,
        facts={"visit": asked.visit.number, **effect.facts, "files": _kept(asked)},
        words={name: asked.said},
    )


def _kept(asked: _Asked) -> list[Named] | None:
    return name_files(
        files=asked.files,
        by=asked.by.key,
        subject=asked.visit.subject,
        community=asked.visit.community,
        now=asked.act.recorded_at,
    )


def _afterwards(asked: _Asked, entry: Entry, row: Step, promised: str) -> ReturnVisit:
    visit = asked.visit
    if row.name == "unreachable":  # nobody can be asked: the duty lapses, every rate still counts it
        void_duties(entry, clauses=(CLAUSE_OF["repair"],))
    if row.name == "try" and visit.tries_count >= _tries_needed(asked):
        return step_return_visit(
            number=visit.number, step="unreachable", act=asked.act, by=asked.by, words=asked.said
        )
    if row.name == "done":
        _give_back(asked)
    if promised:
        return step_return_visit(
            number=visit.number, step="promise", act=asked.act, by=asked.by, words=asked.said,
            values={"promised_at": promised},
        )  # fmt: skip
    return visit


def _give_back(asked: _Asked) -> None:
    request = asked.visit.request
    for name in rules.way_back(result=asked.visit.result, state=request.state):
        take_step(
            number=request.number,
            step=name,
            act=asked.act,
            by=asked.by,
            words=asked.said,
            values={"because": "unsatisfied"} if name == "reopen" else None,
        )


# ── what each step does beyond the state ─────────────────────────────────────


def _done(asked: _Asked) -> _Effect:
    """The owner was asked for the attitude, the time it took and how it was handled (RV-06)."""
    said = {
        "result": asked.code("result", tuple(rules.Result)),
        "attitude": asked.code("attitude", rules.ATTITUDES),
        "timely": asked.code("timely", rules.TIMELINESS),
    }
    channel = asked.code("channel", rules.CHANNELS, "phone")
    done = {"done_at": asked.act.at, "done_by_id": asked.by.staff_id, "independent": asked.independent}
    facts = {**said, "way": channel, "class": asked.visit.kind, "independent": asked.independent}
    return _Effect(facts=facts, changes=said | done | {"due_at": None})


def _try(asked: _Asked) -> _Effect:
    """Nobody answered; counted by different days, what was entered late (补录) from its entry."""
    channel = asked.code("channel", rules.CHANNELS, "phone")
    tries = len({*_days_tried(asked), _day(asked.act.at, asked)})
    return _Effect(facts={"way": channel, "tries": tries}, changes={"tries_count": tries})


def _unreachable(asked: _Asked) -> _Effect:
    tries = rules.enough_tries(_days_tried(asked), needed=_tries_needed(asked))
    return _Effect(facts={"tries": tries})


def _promise(asked: _Asked) -> _Effect:
    text = asked.values.pop("promised_at", "").strip()
    try:
        moment = typed_moment(text)
    except ValueError as error:
        raise RuleViolation("request.unreadable_date", field="promised_at", value=text[:40]) from error
    promised_at = rules.promise(moment, now=asked.act.recorded_at)
    return _Effect(facts={"promised_at": iso_utc(promised_at)}, changes={"due_at": promised_at})


def _answer(asked: _Asked) -> _Effect:
    return _Effect(facts={"way": asked.code("channel", rules.CHANNELS, "phone")}, changes={"due_at": None})


EFFECTS: dict[str, Callable[[_Asked], _Effect]] = {
    "done": _done,
    "try": _try,
    "unreachable": _unreachable,
    "promise": _promise,
    "answer": _answer,
}


def _tries_needed(asked: _Asked) -> int:
    return int(asked.office.settings.unconfirmed["tries"])


def _days_tried(asked: _Asked) -> list[Any]:
    tried = Entry.objects.filter(subject=asked.visit.subject, kind="return_visit.tried").order_by("seq")
    mine = [each for each in tried if each.facts["visit"] == asked.visit.number]
    return [_day(each.at, asked, each.recorded_at) for each in mine]


def _day(at: Any, asked: _Asked, recorded_at: Any = None) -> Any:
    time = asked.office.time
    when = effective_at(at=at, recorded_at=recorded_at or asked.act.recorded_at, time=time)
    return time.local(when).date()
