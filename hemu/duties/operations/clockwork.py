"""What the clock does to open duties: warn, mark late, climb the ladder, assess rates. It fulfils none."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from hemu.duties.models import Duty
from hemu.duties.operations.watching import mark_late
from hemu.duties.queries import is_attained, rate_in
from hemu.duties.queries_owing import owers_of, present
from hemu.duties.rules import is_danger, is_urgent, next_bundle_at, rungs_of
from hemu.estate.queries import OfficeRules, holders, office_rules
from hemu.foundation.due import is_late, period_of
from hemu.infra.moments import iso_utc
from hemu.infra.transaction import operation
from hemu.infra.troubles import Pieces
from hemu.ledger.models import Entry
from hemu.ledger.operations import SYSTEM, Act, append
from hemu.messaging.operations import tell, tell_group
from hemu.messaging.queries import may_be_told
from hemu.sop.register import Clause, load_register

AWAY, NOBODY = "away", "nobody"
"""Why nobody was told in time: the worker was away; nobody holds the post."""
TOLD_WITHIN = timedelta(hours=1)
"""A rung passed longer ago, in an outage of the worker, is recorded as not told (DESIGN §6)."""
SLICE = 200


def look_after(*, now: datetime) -> int:
    """Look at the duties whose time has come, at most 200; return how many were looked at."""
    pieces = Pieces("duty", now)
    resting = [UUID(key) for key in pieces.resting()]
    due = Duty.objects.filter(next_at__lte=now).exclude(id__in=resting).order_by("next_at")
    found = list(due.values_list("id", "subject")[:SLICE])
    return sum(pieces.do(duty.hex, partial(_look_at, duty, now), about=subject) for duty, subject in found)


@operation
def _look_at(duty_id: UUID, now: datetime) -> bool:
    duty = (
        Duty.objects.select_for_update(of=("self",)).select_related("office")
        .filter(id=duty_id, next_at__lte=now, state=Duty.State.OPEN).first()
    )  # fmt: skip
    if duty is None or duty.due_at is None or duty.next_at is None:
        return False
    rules = office_rules(duty.office, on=duty.start_at)
    clause = load_register().clause(duty.clause)
    if not (clause.kind == "rate" and _assess(duty, clause, rules)):
        _warn_and_climb(duty, duty.due_at, rules, now)
    duty.save(update_fields=["state", "ended_by", "fulfilled_at", "next_at", "late_at", "rung", "told"])
    return True


def _assess(duty: Duty, clause: Clause, rules: OfficeRules) -> bool:
    """End a rate's duty when it is attained; the last entry of its evidence is what fulfils it."""
    assert clause.every is not None
    period = period_of(clause.every, duty.start_at, rules.time)
    met, cohort = rate_in(clause, book_id=duty.book_id, period=period)
    if not is_attained(clause, met, cohort):
        return False
    kinds = clause.evidence_rule.kinds() | (
        {clause.trigger_pattern.kind} if clause.trigger_pattern else set()
    )
    last = Entry.objects.filter(book=duty.book_id, kind__in=kinds).order_by("-seq").first()
    assert last is not None  # the cohort's first entry opened this duty
    duty.state, duty.ended_by, duty.fulfilled_at, duty.next_at = Duty.State.FULFILLED, last.id, last.at, None
    return True


def _warn_and_climb(duty: Duty, due: datetime, rules: OfficeRules, now: datetime) -> None:
    if not is_late(now, due):
        if duty.warn_at:
            owers = owers_of(duty, on=rules.time.local(now).date())
            told = _tell(duty, owers, rules, now, key=f"warn:{duty.id.hex}")
            _note(duty, _Rung(0, duty.role, duty.warn_at), told, "" if owers else NOBODY)
        duty.next_at = due + timedelta(seconds=1)
        return
    if duty.warn_at and duty.next_at == duty.warn_at:
        _note(duty, _Rung(0, duty.role, duty.warn_at), None, AWAY)
    mark_late(duty, now=now)
    danger = is_danger(duty.facts)
    rungs = rungs_of(duty.clause, due, settings=rules.settings, time=rules.time, danger=danger)
    for number, (role, moment) in enumerate(rungs[duty.rung :], duty.rung):
        if moment >= now:
            break
        _climb(duty, _Rung(number + 1, role, moment), rules, now)
        duty.rung = number + 1
    duty.next_at = rungs[duty.rung][1] + timedelta(seconds=1) if duty.rung < len(rungs) else None
    if duty.next_at is None and load_register().clause(duty.clause).kind == "rate":
        duty.next_at = now + timedelta(days=1)


@dataclass(frozen=True)
class _Rung:
    """A rung of the ladder, counted from 1; 0 is the warning before."""

    number: int
    role: str
    moment: datetime


@dataclass(frozen=True)
class _Told:
    """Who is told, when it goes out, and the key of the telling; the person is added to it."""

    people: list[UUID]
    at: datetime
    key: str


def _climb(duty: Duty, rung: _Rung, rules: OfficeRules, now: datetime) -> None:
    people = _reachable(duty, rung.number - 1, rung.role, rules, now)
    told = bool(people) and now - rung.moment <= TOLD_WITHIN
    said = _tell(duty, people, rules, now, key=f"rung:{duty.id.hex}:{rung.number - 1}") if people else None
    _note(duty, rung, said, "" if told else AWAY if people else NOBODY)
    append(
        book=duty.book_id,
        kind="duty.escalated",
        subject=duty.subject,
        act=Act(SYSTEM, at=rung.moment, recorded_at=now),
        clause=duty.clause,
        facts={"clause": duty.clause, "rung": rung.number, "role": rung.role, "told": told},
    )


def _note(duty: Duty, rung: _Rung, told: _Told | None, why: str) -> None:
    """Keep with the duty who was told of a rung, and when, or why nobody was in time."""
    line = {
        "rung": rung.number,
        "role": rung.role,
        "at": iso_utc(rung.moment),
        "why": why,
        "people": [each.hex for each in told.people] if told else [],
        "told_at": iso_utc(told.at) if told else "",
        "key": told.key if told else "",
    }
    duty.told = [*(duty.told or []), line]


def _reachable(duty: Duty, number: int, role: str, rules: OfficeRules, now: datetime) -> list[UUID]:
    """Return who holds a rung's role; where all of them must not hear of it, those of the next rung that has others."""
    today, due = rules.time.local(now).date(), duty.due_at
    people = present(holders(role, duty.office, on=today), duty.office, on=today)
    if not people or due is None:
        return people
    rungs = rungs_of(duty.clause, due, settings=rules.settings, time=rules.time, danger=is_danger(duty.facts))
    for _role, _moment in [(role, due), *rungs[number + 1 :]]:
        people = may_be_told(
            present(holders(_role, duty.office, on=today), duty.office, on=today), duty.subject
        )
        if people:
            break
    return people


def _tell(duty: Duty, people: list[UUID], rules: OfficeRules, now: datetime, *, key: str) -> _Told:
    """Tell at once what cannot wait, everything else in one message a person and half-day (DESIGN §6)."""
    if is_urgent(duty.clause, duty.facts):
        facts = {"clause": duty.clause, "late": duty.is_late}
        tell(staff=people, topic="duty.urgent", subject=duty.subject, key=key, now=now, facts=facts)
        tell_group(topic="duty.urgent", subject=duty.subject, key=key, now=now)
        return _Told(people, now, key)
    at = next_bundle_at(now, time=rules.time)
    bundle = f"bundle:{at:%Y-%m-%dT%H%M}"
    tell(staff=people, topic="duty.bundle", subject="", key=bundle, now=now, not_before=at)
    return _Told(people, at, bundle)
