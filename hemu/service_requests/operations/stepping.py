"""Taking a step: lock, ask the table, work out the effect, save, append."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef

from hemu.access.actors import Actor
from hemu.attachments.operations import name_files
from hemu.duties.queries import remember_office
from hemu.foundation.errors import RuleViolation
from hemu.foundation.merkle import canonical_json
from hemu.foundation.steps import Step
from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.transaction import operation, remember
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.service_requests.models import Named, Request
from hemu.service_requests.operations.asked import Asked, Effect, Ruled
from hemu.service_requests.operations.effects import EFFECTS
from hemu.service_requests.rules import (
    MOVING,
    NOBODY_HOME_TRIES,
    STEPS,
    Outcome,
    State,
    after_pause,
    is_before,
)

TWICE_IN_VAIN = "两次上门家里都没人，退回前台另约时间。"
"""The reason of the second visit in vain where the technician wrote none: words of the book, so in its language."""


@operation
def take_step(
    *,
    number: str,
    step: str,
    act: Act,
    by: Actor | None,
    version: int | None = None,
    words: str = "",
    values: Mapping[str, str] | None = None,
    ruled: Ruled | None = None,
    files: Sequence[str] = (),
) -> Request:
    """Take one step with a case and return it as it then stands.

    Args:
        by: the member of staff; None where the owner acts by the link (`act.proof` is then *own*).
        version: what the caller saw; None trusts the lock alone.
        words: the reason, result or reply that the step asks for.
        values: what the step sets, as the texts of a form or command; `late_reason` says why it is entered only now.
        ruled: the rule of the office that chose, where no person did.
        files: ids of the actor's drafts that become part of the entry.

    Raises:
        RuleViolation: ``request.not_found``, ``request.stale`` (version: the current one), ``step.unknown``,
            ``step.not_allowed``, ``step.not_yours``, ``step.needs_words``, ``step.unknown_value``,
            ``entry.before_case``, ``entry.before_step``, ``canonical.unsupported``, ``file.not_found``, ``file.too_many``,
            and those of the step's own rules.
    """
    canonical_json([words, dict(values or {})])  # what the book could not hold, no row holds either
    request = _locked(number, by)
    if version is not None and version != request.version:
        raise RuleViolation("request.stale", version=request.version, state=str(request.state))
    remember_office(request.community.book_id, request.community.office)
    request.state = after_pause(request.state, request.resume_at, act.recorded_at)
    row = STEPS.find(step, request.state)
    _may(row, request, by, act, ruled)
    act = _after_what_led_here(_after_its_case(act, request), row, request)
    asked = Asked(request, act, dict(values or {}), "", by, ruled)
    asked.said = _words(row, words, asked, with_files=bool(files))
    effect = EFFECTS[step](asked)
    effect.words["late_reason"] = asked.take("late_reason")
    if asked.values:
        raise RuleViolation("step.unknown_value", step=step, values=sorted(asked.values))
    _save(request, row, effect, act)
    effect.facts["files"] = name_files(
        files=files, by=act.actor, subject=request.subject, community=request.community, now=act.recorded_at
    )
    _append(request, row, effect, act)
    if step == "nobody_home" and request.tries_count >= NOBODY_HOME_TRIES:
        return take_step(number=number, step="send_back", act=act, by=by, words=asked.said or TWICE_IN_VAIN)
    return request


@operation
def end_pauses(*, now: datetime) -> int:
    """Put paused cases whose day is over to work again, 200 at most; nobody acts, so nothing is written in the book."""
    over = Request.objects.filter(state=State.PAUSED, resume_at__lte=now).order_by("resume_at")
    some = list(over.select_for_update().values_list("pk", flat=True)[:200])
    return Request.objects.filter(pk__in=some).update(state=State.ACCEPTED, resume_at=None)


def _locked(number: str, by: Actor | None) -> Request:
    """Return the case under its lock; for somebody whom it names there is none."""
    rows = Request.objects.select_for_update(of=("self",)).select_related("community__office", "home")
    if by is not None:
        named = Named.objects.filter(request=OuterRef("pk"), staff=by.staff_id, alone=False)
        rows = rows.annotate(names_actor=Exists(named))
    request = rows.filter(number=number).first()
    if request is None or getattr(request, "names_actor", False):
        raise RuleViolation("request.not_found", number=number)
    remember(("request", number), request)
    return request


def _after_its_case(act: Act, request: Request) -> Act:
    """Return the act, not earlier than its case: a form tells a minute, and the case may have begun within it.

    Raises:
        RuleViolation: ``entry.before_case``.
    """
    if act.at < request.happened_at.replace(second=0, microsecond=0):
        raise RuleViolation("entry.before_case")
    return replace(act, at=max(act.at, request.happened_at))


def _after_what_led_here(act: Act, row: Step, request: Request) -> Act:
    """Return the act of a step that moves the case, not earlier than the one that brought it into its state.

    Only what is told for an earlier time is compared: an act of now comes after all that is in the book.

    Raises:
        RuleViolation: ``entry.before_step`` (before: when that was, by the minute).
    """
    if row.to_state is None or act.at >= act.recorded_at:
        return act
    led_here = Entry.objects.filter(subject=request.subject, kind__in=MOVING).order_by("-seq")
    last = led_here.values_list("at", flat=True).first()
    if last is None:
        return act
    if is_before(act.at, last):
        raise RuleViolation("entry.before_step", before=f"{last.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}")
    return replace(act, at=max(act.at, last))


def _may(row: Step, request: Request, by: Actor | None, act: Act, ruled: Ruled | None) -> None:
    if by is None:
        if not row.extras.get("owner"):
            raise RuleViolation("step.not_yours", step=row.name, roles=[])
        return
    besides = [row.extras.get("by_rule")] if ruled else []
    besides += [row.extras.get("signed")] if act.proof is Proof.OWN else []
    roles = row.roles.union(*(each for each in besides if isinstance(each, frozenset)))
    if not roles & by.roles_at(request.community.office_id):
        raise RuleViolation("step.not_yours", step=row.name, roles=sorted(row.roles))


def _words(row: Step, words: str, asked: Asked, *, with_files: bool) -> str:
    name = str(row.extras.get("needs") or row.extras.get("says") or "")
    said = words.strip() or asked.take(name)
    if "needs" in row.extras and not said and not (with_files and row.extras.get("or_files")):
        raise RuleViolation("step.needs_words", step=row.name, words=name)
    return said


def _save(request: Request, row: Step, effect: Effect, act: Act) -> None:
    for name, value in effect.changes.items():
        setattr(request, name, value)
    request.state = row.lands_on(request.state)
    request.resume_at = request.resume_at if request.state == State.PAUSED else None
    request.version += 1
    if request.state == State.CLOSED:
        request.closed_at = act.at
        request.outcome = request.outcome or Outcome.VOID
    changed = {"state", "version", "closed_at", "outcome", "resume_at", *effect.changes}
    request.save(update_fields=changed)


def _append(request: Request, row: Step, effect: Effect, act: Act) -> None:
    name = str(row.extras.get("needs") or row.extras.get("says") or "")
    entry = append(
        book=request.community.book_id,
        kind=str(row.extras["kind"]),
        subject=request.subject,
        act=act,
        clause=row.clause,
        facts=effect.facts,
        words={name: effect.said, **effect.words} if name else effect.words,
    )
    for after in effect.afterwards:
        after(entry)
