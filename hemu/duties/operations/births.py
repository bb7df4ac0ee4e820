"""Opening the duties of the periods to come: once each for a clause, what it is born for, and a period."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Q, QuerySet

from hemu.duties.models import Duty, OpenedUntil
from hemu.duties.operations.watching import set_times
from hemu.duties.queries import is_by_hand
from hemu.duties.rules import Times, times_of
from hemu.estate.models import Community, Company, Department, Office, Post
from hemu.estate.queries import OfficeRules, rules_of
from hemu.foundation.due import Period, periods_between
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.transaction import operation
from hemu.sop.register import Clause

AHEAD = timedelta(days=60)
AT_A_TIME = 500
"""Communities in one transaction."""
SUBJECT = "clause"
"""What the subject of a duty of a period, kept by hand, begins with."""
_ONE_DAY = timedelta(days=1)
T = TypeVar("T")


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
    """Open the duties of the periods that begin on ``first`` to ``last``, where a clause kept by hand was switched on.

    What a room keeps by itself is opened by that room, which knows on which subject its evidence will lie.

    A period that had begun when its clause was switched on is not judged. Opening it twice is no harm: the key is the
    clause, what it is born for, and the period.

    Args:
        communities: only these; all of them where none are given.
    """
    rows = Community.objects.all() if communities is None else communities
    total, asked = Births(), iter(rows.filter(switches__isnull=False).distinct().select_related("office"))
    while some := list(islice(asked, AT_A_TIME)):
        total = sum((_open_day(some, day, now) for day in _days(first, last)), total)
    return total


def open_ahead(*, now: datetime) -> int:
    """Open what begins within sixty days and is not open yet, for at most 500 communities; return for how many.

    A community whose switches, settings or days off changed is gone through anew from today on.
    """
    until = office_day(now) + AHEAD
    same = Q(opened__stamp=F("office__rules_stamp")) | Q(
        opened__stamp__isnull=True, office__rules_stamp__isnull=True
    )
    waiting = Community.objects.filter(switches__isnull=False).exclude(same & Q(opened__until__gte=until))
    some = list(waiting.distinct().select_related("office", "opened").order_by("id")[:AT_A_TIME])
    alike: dict[date, list[Community]] = {}
    for each in some:
        alike.setdefault(_begins(each, now), []).append(each)
    for first, communities in alike.items():
        for day in _days(first, until):
            _open_day(communities, day, now)
        _note(communities, until)
    return len(some)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _begins(community: Community, now: datetime) -> date:
    """Return the first day that has not been gone through under the present rules."""
    opened: OpenedUntil | None = getattr(community, "opened", None)
    if opened is None or opened.stamp != community.office.rules_stamp:
        return office_day(now)
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
        duty.key: duty
        for community in communities
        for duty in births.in_community(community, rules[community.office_id], now)
    }
    there = set(Duty.objects.filter(key__in=list(wanted)).values_list("key", flat=True))
    born = [duty for key, duty in wanted.items() if key not in there]
    Duty.objects.bulk_create(born, ignore_conflicts=True, batch_size=2_000)
    return Births(len(born), len(there))


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
        self._beginning: dict[tuple[int, int], list[tuple[Clause, Period, Times]]] = {}

    def in_community(self, community: Community, rules: OfficeRules, now: datetime) -> Iterator[Duty]:
        """Return the duties that a community's switches ask for."""
        watching = rules.watching.get(community.book_id)
        if watching is None:
            return
        for clause, period, times in self.beginning(rules):
            if watching.says(clause.id, self.day) and watching.applies(clause.id, self.day):
                for unit in self.units(clause, community):
                    yield _born(clause, unit, period, times, community.office, now)

    def beginning(self, rules: OfficeRules) -> list[tuple[Clause, Period, Times]]:
        """Return the clauses of which a period begins today, with their times."""
        known = (id(rules.time), id(rules.clauses))
        if known not in self._beginning:
            self._beginning[known] = [
                (each.clause, period, _times(each.clause, period, rules))
                for each in rules.clauses
                if each.clause.every and is_by_hand(each.clause.id)
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
        held = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=self.day), since__lte=self.day)
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


def _born(clause: Clause, unit: _Unit, period: Period, times: Times, office: Office, now: datetime) -> Duty:
    duty = Duty(
        id=new_id(now),
        key=f"{clause.id}:{unit.key}:{period.key}",
        clause=clause.id,
        book_id=unit.book,
        office=office,
        subject=f"{SUBJECT}:{clause.id}:{unit.key}:{period.key}",
        role=clause.actors[0],
        staff_id=unit.staff,
        start_at=period.start,
    )
    set_times(duty, times)
    return duty
