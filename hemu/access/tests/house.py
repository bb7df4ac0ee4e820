"""A small company for tests: two offices, three communities, one member of staff in every role at the first office."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from hemu.access.actors import Actor
from hemu.access.models import Account
from hemu.access.roles import PERMISSIONS_OF
from hemu.estate.models import Community, Department, Home, Office, Person, Phone, Post, Staff, Tie
from hemu.estate.operations import found_company, initials_of
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.infra.moments import parse_moment
from hemu.ledger.models import Book

BEGAN = parse_moment("2026-01-05 09:00")
PASSWORD = "long enough 2026"
COMPANY_ROLES = (
    "general_manager",
    "company_leader",
    "company_office",
    "hr",
    "operations",
    "quality",
    "finance",
)


@dataclass(frozen=True)
class House:
    """What a test may ask of the company; logins are the names of the roles, ``elsewhere`` works at the other office."""

    office: Office
    other_office: Office
    community: Community
    second: Community
    elsewhere: Community
    home: Home
    other_home: Home
    owner: Person
    department: Department
    actors: dict[str, Actor]

    def by(self, login: str) -> Actor:
        return self.actors[login]

    def alone(self, role: str, office: Office | None = None) -> Actor:
        """Return somebody who holds this one role at the office and nothing else."""
        staff_id = self.actors[role].staff_id
        return Actor(staff_id, role, role, {(office or self.office).id: frozenset({role})})


def found_house() -> House:
    """Enter the company, in as few statements as it takes."""
    (office, other), (community, second, elsewhere) = _places()
    homes = [
        _home(community, "1", "2", "301"),
        _home(community, "1", "2", "302"),
        _home(elsewhere, "1", "1", "101"),
    ]
    Home.objects.bulk_create(homes)
    owner = Person(id=new_id(BEGAN), name="示例业主", initials="slyz")
    owner.save(force_insert=True)
    Phone.objects.create(id=new_id(BEGAN), person=owner, number="19900001234")
    Tie.objects.create(id=new_id(BEGAN), person=owner, home=homes[0], kind="owner", since=date(2020, 1, 1))
    department = Department(id=new_id(BEGAN), office=office, name="工程部", trade="repair")
    department.save(force_insert=True)
    actors = _staff(office, other)
    return House(
        office, other, community, second, elsewhere, homes[0], homes[2], owner, department, actors
    )  # fmt: skip


def _places() -> tuple[list[Office], list[Community]]:
    """Enter the rows that opening an office and a community writes, all of a table at once."""
    company = found_company(now=BEGAN)
    offices = [
        Office(id=new_id(BEGAN), name=name, book=_book("of", Book.Level.OFFICE, company.book))
        for name in ("和风管理处", "听涛管理处")
    ]
    communities = [
        Community(
            id=new_id(BEGAN),
            name=name,
            code=initials_of(name).upper(),
            office=office,
            book=_book("cm", Book.Level.COMMUNITY, office.book),
        )
        for name, office in (("和风花园", offices[0]), ("和风二期", offices[0]), ("听涛苑", offices[1]))
    ]
    Book.objects.bulk_create(each.book for each in offices)
    Book.objects.bulk_create(each.book for each in communities)
    Office.objects.bulk_create(offices)
    Community.objects.bulk_create(communities)
    return offices, communities


def _book(prefix: str, level: str, parent: Book) -> Book:
    return Book(id=f"{prefix}-{new_id(BEGAN).hex}", level=level, parent=parent)


def _home(community: Community, building: str, unit: str, room: str) -> Home:
    return Home(
        id=new_id(BEGAN),
        community=community,
        building=building,
        unit=unit,
        room=room,
        written=f"{building}-{unit}-{room}",
        occupancy=Home.Occupancy.OCCUPIED,
    )


def _staff(office: Office, other: Office) -> dict[str, Actor]:
    held: dict[str, tuple[str, Office | None]] = {
        role: (role, None if role in COMPANY_ROLES else office) for role in PERMISSIONS_OF
    }
    held["elsewhere"] = ("cs_supervisor", other)
    held["nobody"] = ("", None)
    people = {login: Staff(id=new_id(BEGAN), name=f"示例{login}") for login in held}
    Staff.objects.bulk_create(people.values())
    Post.objects.bulk_create(
        Post(staff=people[login], role=role, office=at, since=date(2025, 1, 1))
        for login, (role, at) in held.items()
        if role
    )
    Account.objects.bulk_create(
        Account(login=login, staff=staff, password="!") for login, staff in people.items()
    )
    return {login: _actor(people[login], login, *held[login]) for login in held}


def _actor(staff: Staff, login: str, role: str, office: Office | None) -> Actor:
    posts: dict[UUID | None, frozenset[str]] = (
        {office.id if office else None: frozenset({role})} if role else {}
    )
    return Actor(staff.id, staff.name, login, posts)


def at(text: str) -> datetime:
    """Read a moment of the office: ``2026-09-30 16:00``."""
    return parse_moment(text)


def client(login: str) -> Client:
    """Return a browser in which this member of staff has logged in."""
    browser = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    browser.force_login(Account.objects.get(login=login))
    return browser


def standing_at(moment: datetime, *, autouse: bool = False) -> Any:
    """Return a fixture under which the clock stands at a moment."""

    @pytest.fixture(autouse=autouse)
    def standing() -> Iterator[None]:
        with clock.standing_at(moment):
            yield

    return standing
