"""Anonymous but trackable: number and code open what may be seen without a name, and guessing is slowed down."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemu.access.models import Account
from hemu.access.tests.house import House, at, found_house
from hemu.foundation.errors import RuleViolation
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, revoke_owner_links
from hemu.service_requests.tests.desk import Desk
from hemu.tracking.queries import code_of, tracked_request, tracking_code
from hemu.tracking.rules import read_code, written_code

CODES = [
    (bytes(5), "0000-0000"),
    (b"\xff" * 5, "ZZZZ-ZZZZ"),
    (bytes([0x08, 0x86, 0x42, 0x98, 0xE8]), "1234-5678"),
]


@pytest.mark.parametrize(("seal", "code"), CODES)
def test_codes_as_they_are_written(seal: bytes, code: str) -> None:
    assert written_code(seal) == code
    assert read_code(f" {code.lower().replace('-', '')} ") == code


def test_signs_that_look_alike_read_alike() -> None:
    assert read_code("o0Il 12-34") == "0011-1234"


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def case(house: House) -> Request:
    return Desk(house).register("complaint", caller=Caller(anonymous=True), text="保安收钱放车。")


def test_number_and_code_open_the_case(case: Request) -> None:
    assert code_of(case) == tracking_code(case.number)
    assert tracked_request(number=f" {case.number.lower()} ", code=code_of(case).lower()) == case


def test_all_that_is_wrong_answers_alike(case: Request) -> None:
    other = tracking_code("HFHY-2026-00002")
    for number, code in (
        (case.number, other),
        ("HFHY-2026-00002", other),
        ("x", "y"),
        (case.number, ""),
        ("", ""),
    ):
        with pytest.raises(RuleViolation) as refused:
            tracked_request(number=number, code=code)
        assert refused.value.code == "tracking.not_found"


def test_a_code_ends_with_the_links(house: House, case: Request) -> None:
    before, by = code_of(case), house.by("frontdesk")
    revoke_owner_links(request=case, act=by.act(now=at("2026-10-08 09:00")))
    with pytest.raises(RuleViolation):
        tracked_request(number=case.number, code=before)
    case.refresh_from_db()
    assert tracked_request(number=case.number, code=code_of(case)) == case


def ask(**asked: str) -> Any:
    return Client().post(reverse("ask"), asked)


def test_the_page_shows_state_and_answers_and_nothing_of_people(house: House, case: Request) -> None:
    desk = Desk(house)
    desk.step(case, "frontdesk reply", "2026-09-30 16:20", "已经在查。")
    page = ask(number=case.number, code=code_of(case))
    text = page.content.decode()
    assert (page.status_code, "已经在查。" in text, case.number in text) == (200, True, True)
    assert [said for said in ("保安收钱放车", "1-2-301", "示例") if said in text] == []
    assert ask(number=case.number, code="0000-0000").status_code == 404
    assert Client().get(reverse("ask")).status_code == 200


def test_guessing_is_slowed_down(case: Request) -> None:
    found = [ask(number=case.number, code=f"0000-000{place}").status_code for place in range(6)]
    assert found[:4] == [404] * 4
    assert 429 in found[4:]
    assert ask(number=case.number, code=code_of(case)).status_code == 429


def test_the_desk_sees_the_code_where_nothing_else_reaches_the_caller(house: House, case: Request) -> None:
    named = Desk(house).register("complaint")
    mine, looker = Client(), Client()
    mine.force_login(Account.objects.get(login="frontdesk"))
    looker.force_login(Account.objects.get(login="technician"))

    def shown(client: Client, request: Request) -> bool:
        page = client.get(reverse("request", args=[request.number])).content.decode()
        return code_of(request) in page

    assert shown(mine, case)
    assert not shown(mine, named)
    assert not shown(looker, case)
