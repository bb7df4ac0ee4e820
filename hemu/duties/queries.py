"""Which clauses are watched, and what is due when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from hemu.access.actors import Actor
from hemu.duties.models import Duty
from hemu.duties.queries_owing import Owing
from hemu.estate.models import Community, Office
from hemu.estate.queries import OfficeRules
from hemu.foundation.due import Period, is_late
from hemu.foundation.errors import RuleViolation
from hemu.infra.transaction import read_once, remember
from hemu.ledger.catalogue import kinds
from hemu.ledger.models import Book, Entry
from hemu.sop.patterns import EntryPattern, Facts
from hemu.sop.profiles import InForce
from hemu.sop.register import Clause, load_register
from hemu.sop.watching import package_of

NEAREST = 100


def is_written(pattern: EntryPattern) -> bool:
    """Tell whether some room writes entries that fit a pattern, or one that brings about such a moment."""
    if any(pattern.kind in each.brings for each in kinds().values()):
        return True
    kind = kinds().get(pattern.kind)
    return kind is not None and all(value in kind.values.get(name, (value,)) for name, value in pattern.facts)


@lru_cache(maxsize=1)
def watched_clauses() -> tuple[Clause, ...]:
    """Return the clauses that can open a duty: those with a trigger or a period."""
    return tuple(each for each in load_register().clauses.values() if each.trigger_pattern or each.every)


@lru_cache(maxsize=256)
def is_by_hand(clause_id: str) -> bool:
    """Tell whether no room writes a clause's evidence yet, so that it is kept by hand (手工)."""
    ways = load_register().clause(clause_id).evidence_rule.alternatives
    return not any(all(is_written(each) for each in way) for way in ways)


def is_begun_by_hand(clause: Clause) -> bool:
    """Tell whether a clause has a trigger that no room writes, so that somebody says when it happened."""
    trigger = clause.trigger_pattern
    return trigger is not None and not clause.every and not is_written(trigger)


ANNULLED = "duty.annulled"


def annulled_in(subjects: Iterable[str]) -> set[UUID]:
    """Return the entries that were annulled as evidence on these subjects."""
    rows = Entry.objects.filter(subject__in=list(subjects), kind=ANNULLED).values_list("facts", flat=True)
    return {UUID(facts["entry"]) for facts in rows}


OVERSEERS = frozenset({"cs_supervisor", "office_director", "company_leader", "general_manager"})
"""Who may keep any duty of an office besides those who owe it."""


def may_keep(by: Actor, office: UUID, clause: Clause, *, on: date) -> None:
    """Refuse whoever neither owes what a clause asks at an office on a day nor oversees it.

    Raises:
        RuleViolation: ``access.denied``, ``duty.not_yours``.
    """
    by.require("duty.keep", office)
    if not keeps(by, office, clause, on=on):
        raise RuleViolation("duty.not_yours")


def keeps(by: Actor, office: UUID, clause: Clause, *, on: date) -> bool:
    """Tell whether somebody may keep what a clause asks at an office: who owes it or stands in, and who oversees it."""
    if not by.may("duty.keep", office):
        return False
    return bool(by.roles_at(office) & OVERSEERS or Owing(by, on=on).roles_at(office) & set(clause.actors))


def stands_late(duty: Duty, now: datetime) -> bool:
    """Tell whether a duty is marked late, or is open past its due time."""
    open_past = duty.state == Duty.State.OPEN and duty.due_at is not None and is_late(now, duty.due_at)
    return duty.is_late or open_past


def duties_with(by: Actor, permission: str) -> QuerySet[Duty]:
    """Return the duties of the offices at which a permission is held."""
    offices = by.offices_with(permission)
    return Duty.objects.all() if offices is None else Duty.objects.filter(office__in=offices)


def is_watched(clause_id: str, *, rules: OfficeRules, book_id: str) -> bool:
    """Tell whether a clause is watched for a book on the day of ``rules``.

    Where nobody has switched it on or off, what a room keeps by itself is watched once something triggers it; of what
    returns every period only what the desk owes (requests and return visits), so that nothing is red on the first day.
    """
    if not rules.applies(clause_id, book_id):
        return False
    said = rules.says(clause_id, book_id)
    if said is not None:
        return said
    return not is_by_hand(clause_id) and (
        load_register().clause(clause_id).every is None or package_of(clause_id) == "desk"
    )


@lru_cache(maxsize=1)
def watched_kinds() -> frozenset[str]:
    """Return the kinds that open or fulfil some duty."""
    triggers = {clause.trigger_pattern.kind for clause in watched_clauses() if clause.trigger_pattern}
    return frozenset(triggers.union(*(clause.evidence_rule.kinds() for clause in watched_clauses())))


@lru_cache(maxsize=256)
def evidence_clauses(kind: str) -> tuple[str, ...]:
    """Return the clauses, rates apart, whose evidence an entry of this kind can be."""
    return tuple(
        clause.id
        for clause in watched_clauses()
        if clause.kind != "rate" and kind in clause.evidence_rule.kinds()
    )


def rate_clauses(clauses: Iterable[InForce], kind: str, facts: Facts) -> list[InForce]:
    """Return the rates to whose cohort this entry belongs, as far as the product can count them."""
    return [
        each
        for each in clauses
        if each.clause.kind == "rate"
        and each.clause.every
        and each.is_triggered_by(kind, facts)
        and not is_by_hand(each.clause.id)
    ]


def office_of(book_id: str) -> Office | None:
    """Return the office that keeps a community's book, or whose own book it is."""
    return read_once(
        ("office_of", book_id),
        lambda: Office.objects.filter(Q(communities__book=book_id) | Q(book=book_id)).first(),
    )


def remember_office(book_id: str, office: Office) -> None:
    """Spare an operation that has a community's office in its hands the look for it."""
    remember(("office_of", book_id), office)


def duties_of(subject: str) -> list[Duty]:
    """Return a subject's duties in the order in which they are due, those without a date last."""
    duties = Duty.objects.filter(subject=subject).select_related("staff")
    return sorted(duties, key=lambda duty: (duty.due_at is None, duty.due_at or duty.start_at, duty.clause))


def due_within(
    *, offices: Collection[UUID] | None, books: Iterable[Book] | None = None, until: datetime, limit: int
) -> list[Duty]:
    """Return the open duties due by ``until``, the longest late first, up to ``limit``.

    Args:
        offices: whose; None for those of the whole company.
        books: only those of these books.
    """
    rows = _open(offices).filter(due_at__lte=until)
    if books is not None:
        rows = rows.filter(book__in=books)
    first = list(rows.order_by("due_at", "id").values_list("due_at", "id")[:limit])
    if not first:
        return []
    # The last of them bounds what is read: no row behind it, and none of them looked up by its id. Unordered: for an
    # order PostgreSQL would walk what is due at every office.
    found = rows.filter(due_at__lte=first[-1][0]).select_related("staff")
    return sorted(found, key=lambda duty: (duty.due_at or until, duty.id))[:limit]


@dataclass(frozen=True)
class Due:
    """What the index of open duties by due time holds of one: enough to count and to choose."""

    due_at: datetime
    id: UUID
    subject: str


def due_lines(*, offices: Collection[UUID] | None, until: datetime, limit: int) -> list[Due]:
    """Return the lines of the open duties due by ``until``, the longest late first, up to ``limit``; no row is read."""
    rows = _open(offices).filter(due_at__lte=until).order_by("due_at", "id")
    return [
        Due(due_at, id, subject)
        for due_at, id, subject in rows.values_list("due_at", "id", "subject")[:limit]
        if due_at
    ]


def duties_in(lines: Iterable[Due]) -> list[Duty]:
    """Return the duties of some lines, in their order."""
    known = Duty.objects.select_related("staff").in_bulk([each.id for each in lines])
    return [known[each.id] for each in lines if each.id in known]


def due_in(community: Community, since: datetime, until: datetime) -> list[Duty]:
    """Return a community's duties due from ``since`` until before ``until``, in that order.

    Those without a date that began then come last; void ones are left out.
    """
    rows = Duty.objects.filter(book=community.book_id).exclude(state=Duty.State.VOID)
    dated = Q(due_at__gte=since, due_at__lt=until)
    undated = Q(due_at__isnull=True, start_at__gte=since, start_at__lt=until)
    return list(rows.filter(dated | undated).order_by(F("due_at").asc(nulls_last=True), "clause", "id"))


def late_subjects(*, offices: Collection[UUID] | None, now: datetime, at_most: int) -> list[str]:
    """Return the subjects of the ``at_most`` duties that are late for longest.

    It walks the index of open duties by their due time and stops: what it reads does not grow with the book.
    """
    rows = _open(offices).filter(due_at__lt=now).order_by("due_at")
    return list(dict.fromkeys(rows.values_list("subject", flat=True)[:at_most]))


def some_late_subjects(
    *, offices: Collection[UUID] | None, book: str | None = None, now: datetime, at_most: int
) -> set[str]:
    """Return the subjects of ``at_most`` late duties, whichever come first: enough to tell how many, up to a bound.

    Args:
        offices: whose; None for those of the whole company.
        book: only those of this book.
    """
    rows = _open(offices).filter(due_at__lt=now)
    if book is not None:
        rows = rows.filter(book=book)
    return set(rows.values_list("subject", flat=True)[:at_most])


def late_count(*, now: datetime, at_most: int) -> int:
    """Return how many duties of all offices are open past their due time, up to ``at_most``."""
    return _open(None).filter(due_at__lt=now).order_by("due_at")[:at_most].count()


def _open(offices: Collection[UUID] | None) -> QuerySet[Duty]:
    rows = Duty.objects.filter(state=Duty.State.OPEN)
    return rows if offices is None else rows.filter(office__in=offices)


def nearest_due(subjects: Iterable[str], *, offices: Collection[UUID] = ()) -> dict[str, datetime]:
    """Return when the first of each subject's open duties is due, read from the index alone; none for who has none.

    Args:
        offices: those that may owe them, where the caller knows it.
    """
    rows = Duty.objects.filter(subject__in=list(subjects), state=Duty.State.OPEN, due_at__isnull=False)
    if len(offices) == 1 and connection.vendor == "postgresql":
        # What is open at one office lies together: PostgreSQL reads all of it where it has counted that it is little
        # beside a look-up for each subject. SQLite does not count.
        rows = rows.filter(office__in=offices)
    nearest: dict[str, datetime] = {}
    # In no order: one would lead the planner elsewhere.
    for subject, due in rows.values_list("subject", "due_at"):
        if due and (subject not in nearest or due < nearest[subject]):
            nearest[subject] = due
    return nearest


def limit_of_resolving(subject: str) -> datetime | None:
    """Return the earliest due time by which a subject's open duties ask it to be resolved; None without one."""
    clauses = evidence_clauses("request.resolved")
    rows = Duty.objects.filter(
        subject=subject, clause__in=clauses, state=Duty.State.OPEN, due_at__isnull=False
    )
    return rows.order_by("due_at").values_list("due_at", flat=True).first()


def opened_with(entry: Entry, clause: str) -> Duty | None:
    """Return the duty of a clause that ``entry`` opened, or the rate it belongs to, in the operation that wrote it."""
    opened: list[Duty] = read_once(("opened", entry.id), list)
    return next((duty for duty in opened if duty.clause == clause), None)


def rate_in(clause: Clause, *, book_id: str, period: Period) -> tuple[int, int]:
    """Return how many of a rate's cohort have the evidence, and how many there are."""
    cohort = cohort_in(clause, book_id=book_id, period=period)
    return sum(cohort.values()), len(cohort)


def cohort_in(clause: Clause, *, book_id: str, period: Period) -> dict[str, bool]:
    """Return the subjects of a rate's cohort, and of each whether it has the evidence.

    The cohort is the subjects with a triggering entry that happened in the period, its facts as they stand
    now; open and overdue ones count against it, annulled ones (void, merged, withdrawn) not at all. Evidence that
    somebody annulled is none.
    """
    trigger = clause.trigger_pattern
    assert trigger is not None  # every rate has a cohort; the register's check holds it
    rows = list(
        Entry.objects.filter(
            book=book_id, kind=trigger.kind, at__gte=period.start, at__lt=period.end
        ).values_list("subject", "facts")
    )
    later = _later_words([subject for subject, _ in rows], clause)
    return {
        subject: later[subject].met
        for subject, facts in rows
        if not later[subject].annulled
        and trigger.matches(
            trigger.kind, facts | {n: v for n, v in later[subject].restated.items() if n in facts}
        )
    }


@dataclass
class _Later:
    """What else the book says of a subject: facts stated anew, whether it was annulled, whether evidence is there."""

    restated: dict[str, Any] = field(default_factory=dict)
    annulled: bool = False
    met: bool = False


def _later_words(subjects: list[str], clause: Clause) -> dict[str, _Later]:
    declared = kinds()
    evidence = clause.evidence_rule
    wanted = {each.name for each in declared.values() if each.restates or each.annuls} | evidence.kinds()
    found = {subject: _Later() for subject in subjects}
    annulled = annulled_in(subjects)
    rows = Entry.objects.filter(subject__in=subjects, kind__in=wanted).order_by("seq")
    for number, subject, written, facts in rows.values_list("id", "subject", "kind", "facts"):
        if number in annulled:
            continue
        later = found[subject]
        if declared[written].restates:
            later.restated.update(facts)
        later.annulled = later.annulled or declared[written].annuls
        later.met = later.met or evidence.satisfied_by([(written, facts)])
    return found


def is_attained(clause: Clause, met: int, cohort: int) -> bool:
    """Tell whether a rate is reached, or a ceiling kept; of nobody it always is. The figure itself counts."""
    share = Fraction(met, cohort) if cohort else None
    if share is None:
        return True
    if clause.ceiling is not None:
        return share <= Fraction(clause.ceiling)
    return share >= Fraction(clause.rate or 0)
