"""Founding the company, its offices and communities, and putting staff in their posts."""

from collections.abc import Iterable
from datetime import date, datetime

from hemu.estate.models import (
    ClauseSwitch,
    Community,
    CommunityFact,
    Company,
    Department,
    Home,
    Office,
    OfficeDay,
    Place,
    Post,
    ProfileValue,
    Staff,
)
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation
from hemu.ledger.models import Book
from hemu.ledger.operations import open_book
from hemu.sop.watching import check_fact, check_switch

COMPANY_NAME = "物业公司"
OFFICE_NAME = "管理处"


def initials_of(name: str) -> str:
    """Return the first letters of a name in pinyin, small: 张三 is ``zs``."""
    from pypinyin import Style, lazy_pinyin  # its dictionary takes a second and is seldom needed

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors=lambda signs: signs[0]))[:20].lower()


@operation
def found_company(*, now: datetime, name: str = COMPANY_NAME) -> Company:
    """Return the company, founded on first use."""
    company = Company.objects.select_related("book").first()
    if company is None:
        book = open_book(level=Book.Level.COMPANY, parent=None, now=now)
        company = Company.objects.create(name=name, book=book)
    return company


@operation
def open_office(*, name: str = OFFICE_NAME, now: datetime, profile: str = "default") -> Office:
    """Return the office of that name, opened on first use."""
    office = Office.objects.filter(name=name).first()
    if office is None:
        book = open_book(level=Book.Level.OFFICE, parent=found_company(now=now).book, now=now)
        office = Office.objects.create(id=new_id(now), name=name, book=book, profile=profile)
    return office


@operation
def open_community(*, name: str, now: datetime, office: Office | None = None) -> Community:
    """Return the community of that name, opened on first use under ``office`` (the first one where none is named).

    Raises:
        RuleViolation: ``community.no_name``.
    """
    name = name.strip()
    if not name:
        raise RuleViolation("community.no_name")
    community = Community.objects.select_related("office", "book").filter(name=name).first()
    if community is None:
        office = office or Office.objects.order_by("id").first() or open_office(now=now)
        book = open_book(level=Book.Level.COMMUNITY, parent=office.book, now=now)
        community = Community.objects.create(
            id=new_id(now), name=name, code=_free_code(name), office=office, book=book
        )
    return community


def _free_code(name: str) -> str:
    """Return capital initials that head no other community's numbers: HHY, HHY2, HHY3 …"""
    letters = "".join(sign for sign in initials_of(name).upper() if sign.isascii() and sign.isalnum())[:6]
    stem = letters if letters[:1].isalpha() else f"X{letters}"
    taken = set(Community.objects.filter(code__startswith=stem).values_list("code", flat=True))
    # A stem that ends in a digit takes a letter first, so that X1 and the second X never meet.
    tails = [""] + [
        f"N{number}" if stem[-1].isdigit() else str(number) for number in range(2, len(taken) + 3)
    ]
    return next(stem + tail for tail in tails if stem + tail not in taken)


@operation
def add_place(*, community: Community, name: str, now: datetime) -> Place:
    """Return the public place of that name, entered on first use."""
    place, _ = Place.objects.get_or_create(
        community=community, name=name.strip(), defaults={"id": new_id(now)}
    )
    return place


@operation
def add_home(
    *, community: Community, building: str, unit: str, room: str, written: str, now: datetime
) -> Home:
    """Enter one home by hand."""
    return Home.objects.create(
        id=new_id(now), community=community, building=building, unit=unit, room=room, written=written
    )


@operation
def employ(*, name: str, now: datetime) -> Staff:
    """Enter a member of staff."""
    return Staff.objects.create(id=new_id(now), name=name, initials=initials_of(name))


@operation
def give_post(
    *, staff: Staff, role: str, office: Office | None, since: date, department: Department | None = None
) -> Post:
    """Put a member of staff in a post from a day on; no office: a post of the whole company."""
    return Post.objects.create(staff=staff, role=role, office=office, department=department, since=since)


@operation
def open_department(*, office: Office, name: str, trade: str, now: datetime) -> Department:
    """Return the department of that name, opened on first use."""
    department, _ = Department.objects.get_or_create(
        office=office, name=name, defaults={"id": new_id(now), "trade": trade}
    )
    return department


@operation
def set_profile_value(*, office: Office | None, key: str, value: object, since: date, now: datetime) -> None:
    """Let an office (none: the company) have its own value of a setting from a day on."""
    ProfileValue.objects.update_or_create(office=office, key=key, since=since, defaults={"value": value})
    _stamp(office, now, moves_times=True)


@operation
def set_office_day(*, office: Office | None, day: date, working: bool, reason: str, now: datetime) -> None:
    """Let an office (none: the company) work or rest on a day otherwise than the country."""
    OfficeDay.objects.update_or_create(
        office=office, date=day, defaults={"working": working, "reason": reason}
    )
    _stamp(office, now, moves_times=True)


@operation
def switch_clauses(
    *, community: Community, what: Iterable[str], since: date, on: bool, now: datetime
) -> None:
    """Switch clauses or packages on or off in a community from a day on; what was said for that day gives way.

    Raises:
        RuleViolation: ``clause.unknown``.
    """
    for name in what:
        ClauseSwitch.objects.update_or_create(
            community=community, what=check_switch(name), since=since, defaults={"on": on}
        )
    _stamp(community.office, now)


@operation
def state_fact(
    *, community: Community, fact: str, since: date, on: bool, by: str, now: datetime
) -> CommunityFact:
    """Say what a community is from a day on; it counts once somebody else confirms it.

    Raises:
        RuleViolation: ``fact.unknown``.
    """
    return CommunityFact.objects.create(
        id=new_id(now), community=community, fact=check_fact(fact), since=since, on=on, stated_by=by
    )


@operation
def confirm_fact(*, stated: CommunityFact, by: str, now: datetime) -> None:
    """Confirm what another said of a community; from now on it decides which clauses apply.

    Raises:
        RuleViolation: ``fact.own_word``, ``fact.confirmed_already``.
    """
    if stated.confirmed_by:
        raise RuleViolation("fact.confirmed_already")
    if stated.stated_by == by:
        raise RuleViolation("fact.own_word")
    stated.confirmed_by = by
    stated.save(update_fields=["confirmed_by"])
    _stamp(stated.community.office, now)


def _stamp(office: Office | None, now: datetime, *, moves_times: bool = False) -> None:
    offices = Office.objects.all() if office is None else Office.objects.filter(pk=office.pk)
    stamp = new_id(now)
    offices.update(rules_stamp=stamp, **({"times_stamp": stamp} if moves_times else {}))
    if office is not None:
        office.refresh_from_db(fields=["rules_stamp", "times_stamp"])
