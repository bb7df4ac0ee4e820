"""Reading the estate: the rules of an office on a day, homes by the room as people say it, callers."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, UUIDField, Value

from hemu.estate.models import (
    ClauseSwitch,
    Community,
    CommunityFact,
    Home,
    Office,
    OfficeDay,
    Person,
    Post,
    ProfileValue,
    Shift,
    Staff,
)
from hemu.estate.roster.rooms import read_room
from hemu.foundation.calendar import WorkCalendar
from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import OfficeTime
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.prepared import Given, Reading
from hemu.infra.terms import in_force
from hemu.sop.profiles import DEFAULT, InForce, Profile, Settings, clauses_in_force, facts_needed
from hemu.sop.watching import Dated, Watching


@dataclass(frozen=True)
class OfficeRules:
    """What the SOP is at one office on one day."""

    settings: Settings
    time: OfficeTime
    clauses: tuple[InForce, ...]
    day: date
    book: str = ""
    watching: Mapping[str, Watching] = field(default_factory=dict)

    @cached_property
    def _by_trigger(self) -> dict[str, list[InForce]]:
        found: dict[str, list[InForce]] = {}
        for each in self.clauses:
            if trigger := each.clause.trigger_pattern:
                found.setdefault(trigger.kind, []).append(each)
        return found

    def says(self, clause_id: str, book_id: str) -> bool | None:
        """Return whether a clause is switched on or off for a book; None where nobody said anything.

        For the office's own book what is said in any of its communities counts.
        """
        said = {each.says(clause_id, self.day) for each in self._said_for(book_id)} - {None}
        return any(said) if said else None

    def applies(self, clause_id: str, book_id: str) -> bool:
        """Tell whether the facts of a community, or of any of the office's, are such that the clause applies."""
        return not facts_needed(clause_id) or any(
            each.applies(clause_id, self.day) for each in self._said_for(book_id)
        )

    def _said_for(self, book_id: str) -> Iterable[Watching]:
        return self.watching.values() if book_id == self.book else [self.watching.get(book_id, Watching())]

    def triggered_by(self, kind: str) -> list[InForce]:
        """Return the clauses in force whose trigger is an entry of this kind, whatever its facts."""
        return self._by_trigger.get(kind, [])


def office_rules(office: Office, *, on: datetime) -> OfficeRules:
    """Return the profile values, the clock and the clauses in force at an office on the day of ``on``."""
    day = office_day(on)
    return _rules(office.pk, office.book_id, office.profile, office.rules_stamp, day)


@lru_cache(maxsize=1024)
def _rules(office_id: UUID, book: str, profile: str, stamp: UUID | None, day: date) -> OfficeRules:
    """Read the rules once for each stamp: every change of a setting or a day gives the office a new one."""
    return _read_rules({office_id: (book, profile)}, day)[office_id]


@dataclass(frozen=True)
class Proposed:
    """What would be changed: a setting from a day on, or a day that would be worked or rested.

    Attributes:
        key: of the setting; empty where it is a day.
        value: what the setting would be, or whether the day would be worked.
        office: whose; None for the company's.
    """

    key: str
    value: object
    since: date
    office: UUID | None


def rules_if(offices: Iterable[Office], proposed: Proposed) -> Callable[[Office, datetime], OfficeRules]:
    """Return what gives the rules of one of the offices on a day as they would be with what is proposed."""
    said = _read({each.id for each in offices}, proposed)
    return lambda office, on: said.rules(office.id, office.book_id, office.profile, office_day(on))


def rules_of(offices: Iterable[Office], *, on: datetime) -> dict[UUID, OfficeRules]:
    """Return the rules of many offices on the day of ``on``, in three statements; alike offices share their parts."""
    return _read_rules({each.id: (each.book_id, each.profile) for each in offices}, office_day(on))


def _read_rules(offices: Mapping[UUID, tuple[str, str]], day: date) -> dict[UUID, OfficeRules]:
    said = _read(offices)
    return {office: said.rules(office, book, profile, day) for office, (book, profile) in offices.items()}


@dataclass(frozen=True)
class _Said:
    """What offices and the company say of settings and days, and communities of clauses."""

    values: Mapping[UUID | None, list[list[Any]]]
    days: Mapping[UUID | None, list[list[Any]]]
    watching: Mapping[UUID, dict[str, Watching]]

    def rules(self, office: UUID, book: str, profile: str, day: date) -> OfficeRules:
        parts = _parts(
            profile, _text(self.values, None), _text(self.values, office), _days(self.days, office), day
        )
        return OfficeRules(*parts, day, book, self.watching.get(office, {}))


def _read(offices: Iterable[UUID], proposed: Proposed | None = None) -> _Said:
    here = Q(office__in=list(offices)) | Q(office__isnull=True)
    values: dict[UUID | None, list[list[Any]]] = {}
    for office, since, key, value in ProfileValue.objects.filter(here).values_list(
        "office_id", "since", "key", "value"
    ):
        values.setdefault(office, []).append([str(since), key, value])
    days: dict[UUID | None, list[list[Any]]] = {}
    for office, date_, working in OfficeDay.objects.filter(here).values_list("office_id", "date", "working"):
        days.setdefault(office, []).append([str(date_), working])
    if proposed and proposed.key:
        values.setdefault(proposed.office, []).append([str(proposed.since), proposed.key, proposed.value])
    elif proposed:
        days.setdefault(proposed.office, []).append([str(proposed.since), proposed.value])
    return _Said(values, days, _watching(offices))


def _text(rows: Mapping[UUID | None, list[list[Any]]], office: UUID | None) -> str:
    return json.dumps(rows.get(office, []))


def _days(rows: Mapping[UUID | None, list[list[Any]]], office: UUID) -> str:
    """Return the days off and on; the office's own word wins over the company's, so it comes last."""
    return json.dumps([*rows.get(None, ()), *rows.get(office, ())])


@lru_cache(maxsize=1024)
def _parts(
    profile_name: str, company: str, own: str, days: str, day: date
) -> tuple[Settings, OfficeTime, tuple[InForce, ...]]:
    profile, clauses = _profile(profile_name, company, own)
    settings = profile.on(day)
    overrides = {date.fromisoformat(each): working for each, working in json.loads(days)}
    return settings, settings.office_time(WorkCalendar(overrides), OFFICE_ZONE), clauses


def _watching(offices: Iterable[UUID]) -> dict[UUID, dict[str, Watching]]:
    """Return what communities say of the clauses: office → book → their word; those that said nothing left out."""
    names = ("community__office_id", "community__book_id", "since", "on")
    switches = ClauseSwitch.objects.filter(community__office__in=list(offices))
    facts = CommunityFact.objects.filter(community__office__in=list(offices)).exclude(confirmed_by="")
    rows = switches.values_list(*names, F("what"), Value(False)).union(
        facts.values_list(*names, F("fact"), Value(True)), all=True
    )
    found: dict[tuple[UUID, str], tuple[list[Dated], list[Dated]]] = {}
    for office, book, since, on, what, is_fact in rows:
        found.setdefault((office, book), ([], []))[bool(is_fact)].append(Dated(what, since, bool(on)))
    said: dict[UUID, dict[str, Watching]] = {}
    for (office, book), (switched, known) in found.items():
        said.setdefault(office, {})[book] = Watching(tuple(switched), tuple(known))
    return said


@lru_cache(maxsize=256)
def _profile(name: str, company: str, own: str) -> tuple[Profile, tuple[InForce, ...]]:
    names = () if name == DEFAULT else (name,)
    profile = Profile(names, _overrides(own), _overrides(company))
    return profile, tuple(clauses_in_force(profile))


def _overrides(values: str) -> dict[date, dict[str, object]]:
    found: dict[date, dict[str, object]] = {}
    for since, key, value in json.loads(values):
        found.setdefault(date.fromisoformat(since), {})[key] = value
    return found


def community_by_name(name: str) -> Community:
    """Return the community of a name or code.

    Raises:
        RuleViolation: ``community.unknown`` (known: up to 20 names).
    """
    rows = Community.objects.select_related("office", "book")
    community = rows.filter(Q(name=name.strip()) | Q(code=name.strip().upper())).first()
    if community is None:
        known = list(Community.objects.order_by("name").values_list("name", flat=True)[:20])
        raise RuleViolation("community.unknown", name=name, known=known)
    return community


def find_home(community: Community, room: str) -> Home:
    """Return the home that people mean by a room: ``1栋2单元301`` and ``1-2-301`` are one.

    A room without its building (``301``) is found where only one home ends so.

    Raises:
        RuleViolation: ``home.unknown`` (near: up to five rooms that end alike).
    """
    homes = Home.objects.filter(community=community)
    try:
        read = read_room(room, community=community.name)
    except RuleViolation:
        raise RuleViolation("home.unknown", room=room, near=[]) from None
    home = homes.filter(written=read.written).first()
    if home is None:
        alike = list(homes.filter(room=read.room).order_by("written")[:5])
        if len(alike) != 1 or read.building or read.unit:
            raise RuleViolation("home.unknown", room=room, near=[each.written for each in alike])
        home = alike[0]
    return home


_BY_ID = Reading(lambda: Home.objects.filter(id=Given("id", UUIDField())).select_related("community__office"))


def home_by_id(id: UUID) -> Home | None:
    """Return a home with its community and office, whoever may see it."""
    found = _BY_ID(id=id)
    return found[0] if found else None


def home_as_said(community: Community, room: str) -> tuple[Home | None, str]:
    """Return the home that a room names, or the room as it was said where the community has no roster yet.

    A word is not lost because no roster is there; where there is one, a room that is not in it is refused.

    Raises:
        RuleViolation: ``home.unknown``.
    """
    room = room.strip()
    if not room:
        return None, ""
    try:
        return find_home(community, room), ""
    except RuleViolation:
        if Home.objects.filter(community=community).exists():
            raise
        return None, room


def people_of(home: Home, *, on: date) -> QuerySet[Person]:
    """Return those bound to a home on a day, their phones with them."""
    now = Q(ties__until__isnull=True) | Q(ties__until__gte=on)
    return Person.objects.filter(now, ties__home=home).distinct().prefetch_related("phones", "ties")


def caller_at(home: Home | None, phone: str, name: str, *, on: date) -> UUID | None:
    """Return who of a home's people calls, by phone or else by name; None where nobody fits."""
    if home is None or not (phone or name):
        return None
    fits = Q(phones__number="".join(filter(str.isdigit, phone))) if phone else Q()
    by_name = Q(name=name.strip()) if name else Q()
    here = Person.objects.filter(ties__home=home).filter(Q(ties__until__isnull=True) | Q(ties__until__gte=on))
    return (
        here.filter(fits | by_name if phone and name else fits & by_name).values_list("id", flat=True).first()
    )


def holders(role: str, office: Office, *, on: date) -> list[UUID]:
    """Return the staff who hold a role at an office on a day; where nobody does, those of the whole company."""
    held = Post.objects.filter(in_force(on), role=role)
    here = held.filter(Q(office=office) | Q(office__isnull=True)).values_list("office_id", "staff_id")
    found = list(here)
    local = [staff for at, staff in found if at == office.id]
    return local or [staff for at, staff in found if at is None]


def colleagues_of(community: Community, *, on: date) -> list[tuple[str, str]]:
    """Return who works at the office of a community on a day, as (id, name), by name."""
    posts = Post.objects.filter(in_force(on), office=community.office_id).order_by("staff__name")
    return [(str(staff), name) for staff, name in posts.values_list("staff_id", "staff__name").distinct()]


def on_duty(office: Office, *, at: datetime, role: str = "", trade: str = "") -> list[Staff]:
    """Return who is on duty at an office at a moment by its shifts, whoever began first, first.

    Args:
        role: only shifts of this role.
        trade: only those with a post in a department of this trade on that day.
    """
    shifts = Shift.objects.filter(office=office, begins_at__lte=at, ends_at__gt=at)
    if role:
        shifts = shifts.filter(role=role)
    if trade:
        day = office_day(at)
        held = Post.objects.filter(in_force(day))
        shifts = shifts.filter(staff__in=held.filter(department__trade=trade, office=office).values("staff"))
    rows = shifts.select_related("staff").order_by("begins_at", "staff__name", "staff_id")
    return list({shift.staff_id: shift.staff for shift in rows}.values())


def staff_names(ids: set[UUID]) -> dict[UUID, str]:
    """Return names by id."""
    return dict(Staff.objects.filter(id__in=ids).values_list("id", "name"))
