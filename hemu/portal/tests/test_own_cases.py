"""What a phone sees: its own homes and cases, and never anybody else's."""

from datetime import date
from typing import Any

import pytest

from hemu.access.tests.house import House, at
from hemu.estate.models import Home, Person, Tie
from hemu.infra.identity import new_id
from hemu.portal.tests.conftest import NOW, OWNER, STRANGER, Phoned, lives
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller
from hemu.service_requests.tests.desk import Desk, kinds

WIFE, TENANT, NEIGHBOUR = "19900002222", "19900003333", "19900004444"


@pytest.fixture
def neighbour(house: House) -> Home:
    return Home.objects.get(written="1-2-302")


def seen(phone: str) -> list[str]:
    """Return the numbers of the cases that a phone's list shows, open and ended."""
    owner = Phoned(phone).logs_in()
    pages = owner.see("/my/") + owner.see("/my/?state=closed")
    return sorted({case.number for case in Request.objects.all() if f"/my/cases/{case.number}/" in pages})


def said_by(desk: Desk, person: Person | None, home: Home | None, **more: Any) -> str:
    caller = Caller(person.id if person else None, "示例", more.pop("phone", ""))
    return desk.register("complaint", home=home, caller=caller, **more).number


def test_a_neighbours_case_is_neither_listed_nor_opened_nor_stepped(
    desk: Desk, house: House, neighbour: Home
) -> None:
    other = lives(neighbour, NEIGHBOUR)
    mine, theirs = said_by(desk, house.owner, house.home), said_by(desk, other, neighbour)
    assert (seen(OWNER), seen(NEIGHBOUR)) == ([mine], [theirs])
    owner = Phoned(OWNER, at=at("2026-09-30 18:00")).logs_in()
    for url in (f"/my/cases/{theirs}/", "/my/cases/nothing/", "/my/cases/%00/"):
        assert owner.get(url).status_code == 404
        assert owner.post(url, step="urge", key="k").status_code == 404
    assert kinds(Request.objects.get(number=theirs)) == ["request.registered"]
    assert owner.get(f"/my/cases/{mine}/").status_code == 200


def test_one_phone_with_three_homes_and_two_people(desk: Desk, house: House, neighbour: Home) -> None:
    father = lives(neighbour, OWNER, "示例父亲")
    Tie.objects.create(id=new_id(NOW), person=house.owner, home=house.other_home, kind="owner")
    numbers = [
        said_by(desk, house.owner, house.home),
        said_by(desk, father, neighbour),
        said_by(desk, house.owner, house.other_home, community=house.elsewhere),
    ]
    assert seen(OWNER) == sorted(numbers)
    page = Phoned(OWNER, at=at("2026-09-30 18:00")).logs_in().see("/my/")
    assert [room in page for room in ("1-2-301", "1-2-302", "1-1-101")] == [True] * 3


def test_one_home_with_four_phones(desk: Desk, house: House) -> None:
    wife, tenant = lives(house.home, WIFE, kind="co_owner"), lives(house.home, TENANT, kind="tenant")
    contact = lives(house.home, NEIGHBOUR, kind="contact")
    his, hers = said_by(desk, house.owner, house.home), said_by(desk, wife, house.home)
    lets, helps = said_by(desk, tenant, house.home), said_by(desk, contact, house.home)
    unnamed, anonymous = said_by(desk, None, house.home), desk.register(caller=Caller(anonymous=True)).number
    assert seen(OWNER) == seen(WIFE) == sorted([his, hers, unnamed])
    assert (seen(TENANT), seen(NEIGHBOUR)) == ([lets], [helps])
    assert anonymous not in (*seen_numbers(TENANT), *seen_numbers(OWNER))


def seen_numbers(phone: str) -> list[str]:
    from uuid import uuid4

    from hemu.portal.queries import Owner, cases_of

    ties = tuple(Tie.objects.filter(person__phones__number=phone).select_related("home__community", "person"))
    return [case.number for case in cases_of(Owner(phone, uuid4(), ties), now=NOW)]


def test_who_moved_out_sees_nothing_and_who_moved_in_nothing_from_before(desk: Desk, house: House) -> None:
    old = said_by(desk, house.owner, house.home, when="2026-08-01 10:00")
    Tie.objects.filter(person=house.owner).update(until=date(2026, 8, 31))
    buyer = lives(house.home, WIFE, since=date(2026, 9, 1))
    new = said_by(desk, buyer, house.home)
    assert seen(WIFE) == [new]
    Tie.objects.filter(person=buyer).update(since=None)  # a roster need not say since when
    assert seen_numbers(WIFE) == [new]
    owner = Phoned(OWNER).logs_in()
    page = owner.see("/my/")
    assert ("您的号码还没有对上房屋" in page, old in page, "1-2-301" in page) == (True, False, False)
    assert owner.get(f"/my/cases/{old}/").status_code == 404


@pytest.mark.parametrize(
    ("until", "sees"), [(date(2026, 9, 29), False), (date(2026, 9, 30), True), (date(2026, 10, 1), True)]
)
def test_the_last_day_of_a_tie_belongs_to_it(desk: Desk, house: House, until: date, sees: bool) -> None:
    number = said_by(desk, house.owner, house.home)
    Tie.objects.filter(person=house.owner).update(until=until)
    assert (seen(OWNER) == [number]) is sees


def test_a_number_taken_from_the_roster_opens_no_home_any_more(desk: Desk, house: House) -> None:
    number = said_by(desk, house.owner, house.home)
    owner = Phoned(OWNER).logs_in()
    assert owner.get(f"/my/cases/{number}/").status_code == 200
    house.owner.phones.all().delete()
    assert owner.get(f"/my/cases/{number}/").status_code == 404


def test_an_erased_person_is_nobody(desk: Desk, house: House) -> None:
    number = said_by(desk, house.owner, house.home)
    owner = Phoned(OWNER).logs_in()
    house.owner.delete()
    assert "您的号码还没有对上房屋" in owner.see("/my/")
    assert owner.get(f"/my/cases/{number}/").status_code == 404


def test_steps_are_the_owners_own(desk: Desk, house: House) -> None:
    number = said_by(desk, house.owner, house.home)
    owner = Phoned(OWNER).logs_in()
    assert "收到，谢谢您。" in owner.post(f"/my/cases/{number}/", step="urge", key="k").content.decode()
    case = Request.objects.get(number=number)
    entry = case.subject and kinds(case)[-1]
    assert (case.urged_count, entry) == (1, "request.urged")


def test_lists_ask_for_as_much_with_three_cases(
    desk: Desk, house: House, django_assert_num_queries: Any
) -> None:
    said_by(desk, house.owner, house.home)
    owner = Phoned(OWNER).logs_in()
    with django_assert_num_queries(5):  # session, ties, what the phone wrote, ids of the page, its cases
        owner.get("/my/")
    for _ in range(2):
        said_by(desk, house.owner, house.home)
    with django_assert_num_queries(5):
        owner.get("/my/")


def test_a_stranger_sees_a_door_and_a_form(house: House) -> None:
    page = Phoned(STRANGER).logs_in().see("/my/")
    assert ("写一件" in page, "邻里公共的事" in page) == (True, False)
    assert Phoned(STRANGER, at=at("2026-09-30 18:00")).logs_in().get("/my/around/").status_code == 200
