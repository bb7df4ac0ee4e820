"""Opening, fulfilling and voiding duties; only entries of people do it, and no entry of the clock fulfils one."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from hemu.duties.models import Duty
from hemu.duties.queries import evidence_clauses, office_of, rate_clauses, watched_kinds, written_kinds
from hemu.duties.rules import effective_at, opened_by, times_of
from hemu.estate.models import Office
from hemu.estate.queries import OfficeRules, office_rules
from hemu.foundation.due import due_at, is_late, period_of
from hemu.infra.identity import new_id
from hemu.infra.moments import iso_utc, parse_moment
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
    open_triggered(entry, office=office, rules=rules)


def open_triggered(
    entry: Entry,
    *,
    office: Office,
    rules: OfficeRules,
    kind: str = "",
    facts: Facts | None = None,
    start: datetime | None = None,
    by: Entry | None = None,
    standing: Collection[str] = (),
) -> list[Duty]:
    """Open the duties that an entry triggers; those that stand already stay as they are.

    Args:
        kind, facts, start: what the clauses are asked with, where it is not what the entry itself says: a
            mended fact, a reopened case.
        by: the entry that gave rise to it, where it is not the trigger.
        standing: clauses that this trigger has opened a duty for already.
    """
    kind, facts, start = kind or entry.kind, entry.facts if facts is None else facts, start or entry.at
    opened = opened_by(rules.clauses, kind, facts, written_kinds())
    new = [each for each in opened if each.clause.id not in standing]
    duties = [_triggered(entry, each, office, rules, facts, start, by or entry) for each in new]
    duties += [_rate(entry, each, office, rules, start) for each in rate_clauses(rules.clauses, kind, facts)]
    if duties:
        Duty.objects.bulk_create(duties, ignore_conflicts=True)
    return duties


def _triggered(
    entry: Entry, each: InForce, office: Office, rules: OfficeRules, facts: Facts, start: datetime, by: Entry
) -> Duty:
    clause = each.clause
    times = times_of(clause, settings=rules.settings, time=rules.time, start=start, facts=facts)
    return Duty(
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
        start_at=start,
        due_at=times.due_at,
        warn_at=times.warn_at,
        next_at=times.warn_at,
    )


def _staff_in(facts: Facts) -> UUID | None:
    to = str(facts.get("to", ""))
    return UUID(to.removeprefix("staff:")) if to.startswith("staff:") else None


def _rate(entry: Entry, each: InForce, office: Office, rules: OfficeRules, start: datetime) -> Duty:
    """Return the duty of a rate for the period of its cohort's first entry; the worker assesses it when due."""
    clause = each.clause
    rule = rules.settings.due_rule(clause)
    assert rule is not None
    assert clause.every is not None
    period = period_of(clause.every, start, rules.time)
    due = due_at(rule, start=start, time=rules.time, every=clause.every)
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


def fulfil(entry: Entry, rules: OfficeRules) -> list[Duty]:
    """Fulfil the open duties of the entry's subject whose clause asks for it; late ones stay marked late."""
    clauses = evidence_clauses(entry.kind)
    if not clauses:
        return []
    open_duties = Duty.objects.select_for_update().filter(
        subject=entry.subject, clause__in=clauses, state=Duty.State.OPEN
    )
    met = [duty for duty in open_duties if _is_met(duty, entry)]
    when = effective_at(at=entry.at, recorded_at=entry.recorded_at, time=rules.time)
    for duty in met:
        if duty.due_at and is_late(when, duty.due_at):
            mark_late(duty, now=entry.recorded_at)
        duty.state, duty.fulfilled_at, duty.ended_by, duty.next_at = (
            Duty.State.FULFILLED,
            when,
            entry.id,
            None,
        )
    Duty.objects.bulk_update(met, ["state", "fulfilled_at", "ended_by", "next_at", "late_at"])
    return met


def _is_met(duty: Duty, entry: Entry) -> bool:
    evidence = load_register().clause(duty.clause).evidence_rule
    if any(len(each) == 1 and each[0].matches(entry.kind, entry.facts) for each in evidence.alternatives):
        return True
    if all(len(each) == 1 for each in evidence.alternatives):
        return False
    since = Entry.objects.filter(subject=duty.subject, kind__in=evidence.kinds(), at__gte=duty.start_at)
    return evidence.satisfied_by(since.values_list("kind", "facts"))


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


def void_duties(entry: Entry, *, subject: str = "", undated_only: bool = False) -> int:
    """Void what is still open for a subject, with ``entry`` as the reason; a late mark stays."""
    duties = Duty.objects.filter(subject=subject or entry.subject, state=Duty.State.OPEN)
    if undated_only:
        duties = duties.filter(due_at__isnull=True)
    return duties.update(state=Duty.State.VOID, ended_by=entry.id, next_at=None)


def refit(entry: Entry, *, changed: Facts) -> None:
    """Fit a subject's duties to facts that ``entry`` changed (DESIGN §1).

    Duties that a trigger with the new facts would not open are void, with this entry as the reason; those it
    would open now are born with the first event's time.
    """
    office = office_of(entry.book_id)
    if office is None:
        return
    open_duties = Duty.objects.filter(subject=entry.subject, state=Duty.State.OPEN, trigger__isnull=False)
    triggers = Entry.objects.filter(subject=entry.subject, seq__lt=entry.seq).exclude(actor=SYSTEM)
    for trigger in triggers.order_by("seq"):
        facts = {**trigger.facts, **{name: value for name, value in changed.items() if name in trigger.facts}}
        if facts == trigger.facts or trigger.kind not in watched_kinds():
            continue
        rules = office_rules(office, on=trigger.at)
        fits = {each.clause.id for each in opened_by(rules.clauses, trigger.kind, facts, written_kinds())}
        open_duties.filter(trigger=trigger.id).exclude(clause__in=fits).update(
            state=Duty.State.VOID, ended_by=entry.id, next_at=None
        )
        standing = Duty.objects.filter(trigger=trigger.id).exclude(state=Duty.State.VOID)
        born = open_triggered(
            trigger,
            office=office,
            rules=rules,
            facts=facts,
            by=entry,
            standing=set(standing.values_list("clause", flat=True)),
        )
        _fulfil_from_history(born, entry, rules)


def _fulfil_from_history(born: Iterable[Duty], entry: Entry, rules: OfficeRules) -> None:
    for duty in Duty.objects.filter(id__in=[duty.id for duty in born], state=Duty.State.OPEN):
        kinds = load_register().clause(duty.clause).evidence_rule.kinds()
        later = Entry.objects.filter(
            subject=duty.subject, kind__in=kinds, at__gte=duty.start_at, seq__lt=entry.seq
        ).order_by("seq")
        for evidence in later:
            fulfil(evidence, rules)


def restart(entry: Entry, *, kind: str, facts: Facts) -> None:
    """Start the clocks of a reopened subject again from the entry's own time; the first times stay."""
    office = office_of(entry.book_id)
    if office is not None:
        rules = office_rules(office, on=entry.at)
        open_triggered(entry, office=office, rules=rules, kind=kind, facts={**entry.facts, **facts})


def pause(entry: Entry, *, until: datetime) -> None:
    """Let the clocks that may pause stand still from the entry's time to ``until``."""
    _repace(entry, lambda pauses: [*pauses, [iso_utc(entry.at), iso_utc(until)]])


def resume(entry: Entry) -> None:
    """Let paused clocks run again from the entry's time, earlier than planned."""

    def ended(pauses: list[list[str]]) -> list[list[str]]:
        if not pauses or parse_moment(pauses[-1][1]) <= entry.at:
            return pauses
        return [*pauses[:-1], [pauses[-1][0], iso_utc(entry.at)]]

    _repace(entry, ended)


def _repace(entry: Entry, change: Callable[[list[list[str]]], list[list[str]]]) -> None:
    office = office_of(entry.book_id)
    if office is None:
        return
    rules = office_rules(office, on=entry.at)
    duties = Duty.objects.select_for_update().filter(
        subject=entry.subject, state=Duty.State.OPEN, clause__in=rules.settings.pause["clauses"]
    )
    for duty in duties:
        duty.pauses = change(duty.pauses)
        times = times_of(
            load_register().clause(duty.clause),
            settings=office_rules(office, on=duty.start_at).settings,
            time=rules.time,
            start=duty.start_at,
            facts=duty.facts,
            pauses=[(parse_moment(start), parse_moment(end)) for start, end in duty.pauses],
        )
        duty.due_at, duty.warn_at = times.due_at, times.warn_at
        if duty.late_at is None:
            duty.next_at = times.warn_at
        duty.save(update_fields=["pauses", "due_at", "warn_at", "next_at"])
