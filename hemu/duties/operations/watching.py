"""Opening, fulfilling and voiding duties; only entries of people do it, and no entry of the clock fulfils one."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from hemu.duties.models import Duty
from hemu.duties.queries import (
    annulled_in,
    evidence_clauses,
    is_watched,
    office_of,
    rate_clauses,
    watched_kinds,
)
from hemu.duties.rules import Times, effective_at, opened_by, times_of
from hemu.estate.models import Office
from hemu.estate.queries import OfficeRules, office_rules
from hemu.foundation.due import due_at, is_late, period_of
from hemu.infra.identity import new_id
from hemu.infra.moments import iso_utc, parse_moment
from hemu.infra.prepared import insert
from hemu.infra.transaction import remember
from hemu.ledger.catalogue import kind_of
from hemu.ledger.models import Entry
from hemu.ledger.operations import SYSTEM, Act, append
from hemu.sop.patterns import Facts
from hemu.sop.profiles import InForce
from hemu.sop.register import load_register

_SECOND = timedelta(seconds=1)


def watch(entry: Entry) -> None:
    """React to one entry: open what it triggers, fulfil what asks for it. Runs in the entry's transaction."""
    if entry.is_system or entry.kind not in watched_kinds():
        return
    office = office_of(entry.book_id)
    if office is None:
        return
    rules = office_rules(office, on=entry.at)
    fulfil(entry, rules)
    opened = triggered_duties(entry, entry.kind, entry.facts, office=office, rules=rules, by=entry)
    for brought, moment in kind_of(entry.kind).brings.items():
        if when := entry.facts.get(moment):
            start = parse_moment(str(when))
            opened += triggered_duties(
                entry, brought, entry.facts, office=office, rules=rules, by=entry, start=start
            )
    opened += [
        _rate(entry, each, office, rules)
        for each in rate_clauses(rules.triggered_by(entry.kind), entry.kind, entry.facts)
        if is_watched(each.clause.id, rules=rules, book_id=entry.book_id)
    ]
    if opened:
        insert(*opened, pass_over=True)
        remember(("opened", entry.id), opened)


def triggered_duties(
    trigger: Entry,
    kind: str,
    facts: Facts,
    *,
    office: Office,
    rules: OfficeRules,
    by: Entry,
    start: datetime | None = None,
) -> list[Duty]:
    """Return the duties, not saved yet, that a trigger opens.

    Args:
        kind, facts: what the clauses are asked with; not always what the trigger says itself: a mended fact, a
            reopened case.
        by: the entry that gives rise to it: the trigger, or what mended it.
        start: when its clock starts, where that is not the trigger's own time.
    """
    return [
        triggered_duty(trigger, each, office, rules, facts, by, start)
        for each in opened_by(rules.triggered_by(kind), kind, facts)
        if is_watched(each.clause.id, rules=rules, book_id=trigger.book_id)
    ]


def triggered_duty(
    entry: Entry,
    each: InForce,
    office: Office,
    rules: OfficeRules,
    facts: Facts,
    by: Entry,
    start: datetime | None = None,
) -> Duty:
    """Return the duty, not saved yet, that a trigger opens for one clause in force."""
    clause = each.clause
    duty = Duty(
        id=new_id(by.recorded_at),
        key=f"{clause.id}:{entry.id.hex}" + ("" if by is entry else f":{by.id.hex}"),
        clause=clause.id,
        book_id=entry.book_id,
        office=office,
        subject=entry.subject,
        role=clause.actors[0],
        staff_id=_staff_in(facts),
        trigger=entry.id,
        facts=dict(facts),
        start_at=start or entry.at,
    )
    set_times(duty, times_for(duty, rules))
    return duty


def times_for(duty: Duty, rules: OfficeRules) -> Times:
    """Return when a duty is due and warned of, by its facts and pauses, under these rules."""
    return times_of(
        load_register().clause(duty.clause),
        settings=rules.settings,
        time=rules.time,
        start=duty.start_at,
        facts=duty.facts,
        pauses=[(parse_moment(start), parse_moment(end)) for start, end in duty.pauses],
    )


def set_times(duty: Duty, times: Times) -> None:
    """Give a duty its times; the worker looks at it next when it is to be warned of, if it is not late already."""
    duty.due_at, duty.warn_at = times.due_at, times.warn_at
    if duty.late_at is None:
        duty.next_at = times.warn_at


def _staff_in(facts: Facts) -> UUID | None:
    to = str(facts.get("to", ""))
    return UUID(to.removeprefix("staff:")) if to.startswith("staff:") else None


def _rate(entry: Entry, each: InForce, office: Office, rules: OfficeRules) -> Duty:
    """Return the duty of a rate for the period of its cohort's first entry; the worker assesses it when due."""
    clause = each.clause
    rule = rules.settings.due_rule(clause)
    assert rule is not None
    assert clause.every is not None
    period = period_of(clause.every, entry.at, rules.time)
    due = due_at(rule, start=entry.at, time=rules.time, every=clause.every)
    return Duty(
        id=new_id(entry.recorded_at),
        key=f"{clause.id}:{entry.book_id}:{period.key}",
        clause=clause.id,
        book_id=entry.book_id,
        office=office,
        subject=f"rate:{clause.id}:{period.key}",
        role=clause.actors[0],
        start_at=period.start,
        due_at=due,
        next_at=due + _SECOND,
    )


def fulfil(entry: Entry, rules: OfficeRules) -> None:
    """Fulfil the open duties of the entry's subject whose clause asks for it; late ones stay marked late."""
    clauses = evidence_clauses(entry.kind)
    if clauses:
        open_duties = Duty.objects.select_for_update().filter(
            subject=entry.subject, clause__in=clauses, state=Duty.State.OPEN
        )
        meet(open_duties, entry, rules, now=entry.recorded_at)


def meet(duties: Iterable[Duty], entry: Entry, rules: OfficeRules, *, now: datetime) -> None:
    """Fulfil those of the duties whose evidence ``entry`` is or completes.

    Args:
        now: when this is entered; later than the entry where a mended fact finds its evidence in the book.
    """
    end([duty for duty in duties if _is_met(duty, entry)], entry, rules, now=now)


def end(met: list[Duty], entry: Entry, rules: OfficeRules, *, now: datetime) -> None:
    """Take duties for fulfilled by ``entry``, whose clause has been looked at already."""
    when = effective_at(at=entry.at, recorded_at=entry.recorded_at, time=rules.time)
    for duty in met:
        if duty.due_at and is_late(when, duty.due_at):
            mark_late(duty, now=now)
        duty.state, duty.fulfilled_at, duty.ended_by, duty.next_at = (
            Duty.State.FULFILLED,
            when,
            entry.id,
            None,
        )
    if met:
        Duty.objects.bulk_update(met, ["state", "fulfilled_at", "ended_by", "next_at", "late_at"])


SAME = "paper"
"""Where a duty was born of one of several things on its subject, only evidence about that one counts."""


def _is_met(duty: Duty, entry: Entry) -> bool:
    if not _of_the_same(duty, entry.facts):
        return False
    evidence = load_register().clause(duty.clause).evidence_rule
    if any(len(each) == 1 and each[0].matches(entry.kind, entry.facts) for each in evidence.alternatives):
        return True
    if all(len(each) == 1 for each in evidence.alternatives):
        return False
    begins = min(duty.start_at, entry.at)  # what expires later may end before
    since = Entry.objects.filter(subject=duty.subject, kind__in=evidence.kinds(), at__gte=begins)
    since = since.exclude(id__in=annulled_in([duty.subject]))
    rows = since.values_list("kind", "facts")
    return evidence.satisfied_by((kind, facts) for kind, facts in rows if _of_the_same(duty, facts))


def _of_the_same(duty: Duty, facts: Facts) -> bool:
    return SAME not in duty.facts or facts.get(SAME) in (None, duty.facts[SAME])


def mark_late(duty: Duty, *, now: datetime) -> None:
    """Write once into the book that a duty's due time passed unmet; the mark on the duty stays for good."""
    if duty.late_at is not None or duty.due_at is None:
        return
    duty.late_at = duty.due_at + _SECOND
    append(
        book=duty.book_id,
        kind="duty.late",
        subject=duty.subject,
        act=Act(SYSTEM, at=duty.late_at, recorded_at=now),
        clause=duty.clause,
        facts={"clause": duty.clause, "due": iso_utc(duty.due_at), "owed_role": duty.role},
    )


def void_duties(
    entry: Entry, *, subject: str = "", undated_only: bool = False, clauses: Collection[str] = ()
) -> int:
    """Void what is still open for a subject, of these clauses or of all, with ``entry`` as the reason.

    A late mark stays.
    """
    duties = Duty.objects.filter(subject=subject or entry.subject, state=Duty.State.OPEN)
    if clauses:
        duties = duties.filter(clause__in=clauses)
    if undated_only:
        duties = duties.filter(due_at__isnull=True)
    return duties.update(state=Duty.State.VOID, ended_by=entry.id, next_at=None)


def hand_over(entry: Entry) -> int:
    """Move a subject's open duties that lie with a person to whom ``entry`` names in `to`, or back to the post."""
    duties = Duty.objects.filter(subject=entry.subject, state=Duty.State.OPEN, staff__isnull=False).exclude(
        trigger=entry.id
    )
    return duties.update(staff=_staff_in(entry.facts))
