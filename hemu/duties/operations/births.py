"""Opening the duties of the periods to come: once each for a clause, what it is born for, and a period."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from hemu.duties.models import Duty, OpenedUntil
from hemu.duties.operations.watching import meet
from hemu.duties.queries import annulled_in, is_by_hand
from hemu.duties.rules import Times, times_of
from hemu.estate.models import ClauseSwitch, Community, Company, Department, Post
from hemu.estate.queries import OfficeRules, rules_of
from hemu.foundation.due import Period, periods_between
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.rows import insert_new
from hemu.infra.terms import in_force
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.sop.register import Clause, load_register
from hemu.sop.watching import Watching

AHEAD = timedelta(days=60)
AT_A_TIME = 500
"""Communities in one transaction."""
SUBJECT = "clause"
"""What the subject of a duty of a period, kept by hand, begins with."""
_ONE_DAY = timedelta(days=1)
_GIVEN = (
    "key", "clause", "book_id", "office_id", "subject", "role", "staff_id", "start_at", "due_at", "warn_at", "next_at",
)  # fmt: skip
_CLAUSE, _SUBJECT = _GIVEN.index("clause"), _GIVEN.index("subject")
_SAME: dict[str, object] = {"facts": {}, "state": Duty.State.OPEN, "rung": 0, "pauses": []}
"""A duty of a period as plain rows: an object for each would take most of the time that a day takes."""
T = TypeVar("T")
Beginning = tuple[Clause, Period, Times]


SubjectOf = Callable[[Community, str], str]


@lru_cache(maxsize=1)
def subjects_of_rooms() -> Mapping[str, SubjectOf]:
    """Return the clauses of periods that rooms keep and owe whatever happens, with the subject of their evidence.

    A room declares them in `reactions.py` as ``PERIODS``: clause → subject of a community and a period's key. What is
    owed only where something came in (the reports) a room opens itself, for that is not known ahead.
    """
    found: dict[str, SubjectOf] = {}
    for room in apps.get_app_configs():
        if room.name.startswith("hemu.") and find_spec(f"{room.name}.reactions"):
            found.update(getattr(import_module(f"{room.name}.reactions"), "PERIODS", {}))
    return found


@dataclass(frozen=True)
class Births:
    """How many duties were opened, and how many of those asked for were there already."""

    opened: int = 0
    already: int = 0

    def __add__(self, other: "Births") -> "Births":
        return Births(self.opened + other.opened, self.already + other.already)


def open_between(
    *, first: date, last: date, now: datetime, communities: QuerySet[Community] | None = None
) -> Births:
    """Open the duties of the periods that begin on ``first`` to ``last``, where a clause was switched on.

    These are the clauses kept by hand, and those of rooms that are owed whatever happens (`subjects_of_rooms`).

    A period that had begun when its clause was switched on is not judged. Opening it twice is no harm: the key is the
    clause, what it is born for, and the period.

    Args:
        communities: only these; all of them where none are given.
    """
    rows = Community.objects.all() if communities is None else communities
    total, asked = Births(), iter(list(_switched(rows).values_list("id", flat=True)))
    while some := list(islice(asked, AT_A_TIME)):
        begun = list(_together(Community.objects.filter(id__in=some)).select_related("office"))
        total = sum((_open_day(begun, day, now) for day in _days(first, last)), total)
    return total


def _switched(rows: QuerySet[Community]) -> QuerySet[Community]:
    """Return those where something was switched on, an office's together: its rules are read for all of them."""
    return _together(rows.filter(Exists(ClauseSwitch.objects.filter(community=OuterRef("pk")))))


def _together(rows: QuerySet[Community]) -> QuerySet[Community]:
    return rows.order_by("office_id", "id")


def open_ahead(*, now: datetime) -> int:
    """Open what begins within sixty days and is not open yet, for at most 500 communities; return for how many.

    A community whose switches, settings or days off changed is gone through anew from the day on which it was gone
    through last; one that never was, from the day on which something was switched on there first. So what begins while
    the worker is away is opened when it comes back, with its true times. It takes sixty days at a time.
    """
    until = office_day(now) + AHEAD
    same = Q(opened__stamp=F("office__rules_stamp")) | Q(
        opened__stamp__isnull=True, office__rules_stamp__isnull=True
    )
    waiting = _switched(Community.objects.exclude(same & Q(opened__until__gte=until)))
    first_on = ClauseSwitch.objects.filter(community=OuterRef("pk"), on=True).order_by("since")
    waiting = waiting.annotate(first_on=Subquery(first_on.values("since")[:1]))
    some = list(waiting.select_related("office", "opened")[:AT_A_TIME])
    alike: dict[date, list[Community]] = {}
    for each in some:
        alike.setdefault(_begins(each, each.first_on, office_day(now)), []).append(each)
    for first, communities in alike.items():
        last = min(until, first + AHEAD)
        for day in _days(first, last):
            _open_day(communities, day, now)
        _note(communities, last)
    return len(some)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _begins(community: Community, first_on: date | None, today: date) -> date:
    """Return the first day that has not been gone through under the present rules."""
    opened: OpenedUntil | None = getattr(community, "opened", None)
    if opened is None:
        return min(first_on or today, today)
    if opened.stamp != community.office.rules_stamp:
        return min(opened.until - AHEAD, today)
    return opened.until + _ONE_DAY


def _note(communities: Iterable[Community], until: date) -> None:
    OpenedUntil.objects.bulk_create(
        [OpenedUntil(community=each, until=until, stamp=each.office.rules_stamp) for each in communities],
        update_conflicts=True,
        unique_fields=["community"],
        update_fields=["until", "stamp"],
    )


@operation
def _open_day(communities: Sequence[Community], day: date, now: datetime) -> Births:
    """Open the duties of the periods that begin on one day."""
    begins = datetime.combine(day, datetime.min.time(), OFFICE_ZONE)
    offices = {each.office_id: each.office for each in communities}
    rules = rules_of(offices.values(), on=begins)
    births = _Day(begins, list(offices))
    wanted = {
        row[0]: row
        for community in communities
        for row in births.in_community(community, rules[community.office_id])
    }
    born = insert_new(Duty, ("id", *_GIVEN), ((new_id(now), *row) for row in wanted.values()), _SAME)
    if born:
        subjects = [row[_SUBJECT] for row in wanted.values() if row[_CLAUSE] in subjects_of_rooms()]
        _meet_from_book(subjects, rules, now)
    return Births(born, len(wanted) - born)


def _meet_from_book(subjects: Sequence[str], rules: Mapping[UUID, OfficeRules], now: datetime) -> None:
    """Fulfil the new-born duties of rooms whose evidence was in the book before they were opened."""
    asking = {each: load_register().clause(each).evidence_rule.kinds() for each in subjects_of_rooms()}
    found = Entry.objects.filter(subject__in=subjects, kind__in=frozenset().union(*asking.values()))
    for entry in found.exclude(id__in=annulled_in(subjects)).order_by("seq"):
        clauses = [each for each, kinds in asking.items() if entry.kind in kinds]
        duties = Duty.objects.select_for_update().filter(subject=entry.subject, clause__in=clauses)
        waiting = list(duties.filter(state=Duty.State.OPEN).order_by("id"))
        if waiting:
            meet(waiting, entry, rules[waiting[0].office_id], now=now)


@dataclass(frozen=True)
class _Unit:
    """What a duty is born for, apart from the clause and the period."""

    key: str
    book: str
    staff: UUID | None = None


class _Day:
    """What the births of one day share: offices with the same rules have the same periods and due times."""

    def __init__(self, begins: datetime, offices: list[UUID]) -> None:
        self.begins = begins
        self.day = begins.date()
        self.offices = offices
        self._beginning: dict[tuple[int, int], list[Beginning]] = {}
        self._asked: dict[tuple[int, int, Watching], list[Beginning]] = {}

    def in_community(self, community: Community, rules: OfficeRules) -> Iterator[tuple[Any, ...]]:
        """Return the duties that a community's switches ask for, each as a row of `_GIVEN`."""
        watching = rules.watching.get(community.book_id)
        for clause, period, times in self.asked(watching, rules) if watching else ():
            for unit in self.units(clause, community):
                yield _born(clause, unit, period, times, community)

    def asked(self, watching: Watching, rules: OfficeRules) -> list[Beginning]:
        """Return what begins today where this is switched on and these are the facts; most communities are alike."""
        known = (id(rules.time), id(rules.clauses), watching)
        if known not in self._asked:
            self._asked[known] = [
                each
                for each in self.beginning(rules)
                if watching.says(each[0].id, self.day) and watching.applies(each[0].id, self.day)
            ]
        return self._asked[known]

    def beginning(self, rules: OfficeRules) -> list[Beginning]:
        """Return the clauses of which a period begins today, with their times."""
        known = (id(rules.time), id(rules.clauses))
        if known not in self._beginning:
            self._beginning[known] = [
                (each.clause, period, _times(each.clause, period, rules))
                for each in rules.clauses
                if each.clause.every and (is_by_hand(each.clause.id) or each.clause.id in subjects_of_rooms())
                for period in periods_between(
                    each.clause.every, self.begins, self.begins + _ONE_DAY, rules.time
                )
                if period.start >= self.begins
            ]
        return self._beginning[known]

    def units(self, clause: Clause, community: Community) -> list[_Unit]:
        """Return what a clause's duty is born for (`per` of the register)."""
        office = community.office
        if clause.per == "office":
            return [_Unit(office.book_id, office.book_id)]
        if clause.per == "company":
            return [_Unit(self._company, self._company)]
        if clause.per == "department":
            return [_Unit(each.hex, office.book_id) for each in self._departments.get(office.id, ())]
        if clause.per == "post":
            held = self._posts.get(office.id, ())
            return [
                _Unit(staff.hex, office.book_id, staff=staff) for staff, role in held if role in clause.actors
            ]
        return [_Unit(community.book_id, community.book_id)]

    @cached_property
    def _company(self) -> str:
        return Company.objects.values_list("book_id", flat=True).get()

    @cached_property
    def _departments(self) -> dict[UUID, list[UUID]]:
        rows = Department.objects.filter(office__in=self.offices).values_list("office_id", "id")
        return _gathered(rows)

    @cached_property
    def _posts(self) -> dict[UUID, list[tuple[UUID, str]]]:
        held = Post.objects.filter(in_force(self.day))
        rows = (
            held.filter(office__in=self.offices).order_by("id").values_list("office_id", "staff_id", "role")
        )
        return _gathered((office, (staff, role)) for office, staff, role in rows)


def _gathered(rows: Iterable[tuple[UUID, T]]) -> dict[UUID, list[T]]:
    found: dict[UUID, list[T]] = {}
    for office, each in rows:
        found.setdefault(office, []).append(each)
    return found


def _times(clause: Clause, period: Period, rules: OfficeRules) -> Times:
    return times_of(clause, settings=rules.settings, time=rules.time, start=period.start, facts={})


def _born(clause: Clause, unit: _Unit, period: Period, times: Times, community: Community) -> tuple[Any, ...]:
    key = f"{clause.id}:{unit.key}:{period.key}"
    named = subjects_of_rooms().get(clause.id)
    subject = named(community, period.key) if named else f"{SUBJECT}:{key}"
    return (
        key, clause.id, unit.book, community.office_id, subject, clause.actors[0], unit.staff, period.start,
        times.due_at, times.warn_at, times.warn_at,
    )  # fmt: skip
