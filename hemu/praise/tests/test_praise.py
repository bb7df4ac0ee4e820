"""Praise reaches the person praised, with the words, once, and is counted for them."""

from uuid import UUID

import pytest

from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at, client, found_house, standing_at
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import ClosedWords, Entry
from hemu.ledger.queries import words_of
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import deliver
from hemu.praise.models import Praise
from hemu.praise.operations import pass_on_praise
from hemu.praise.queries import praise_count
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk

NOW = "2026-10-08 10:00"


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def case(house: House) -> Request:
    return Desk(house).register("praise", "2026-09-30 16:00", text="维修师傅把地也拖干净了。")


_standing = standing_at(at(NOW), autouse=True)


def pass_on(house: House, case: Request, login: str = "frontdesk", to: str = "technician") -> Praise:
    by = house.by(login)
    return pass_on_praise(number=case.number, staff_id=house.by(to).staff_id, by=by, act=by.act(now=at(NOW)))


def test_it_is_told_once_and_counted_in_the_month_it_was_said(house: House, case: Request) -> None:
    first = pass_on(house, case)
    assert pass_on(house, case, "steward") == first
    entry = Entry.objects.get(kind="praise.passed_on")
    technician = house.by("technician").staff_id
    assert entry.facts == {"to": f"staff:{technician}"}
    assert words_of(entry) == {"text": "维修师傅把地也拖干净了。"}
    assert list(Outgoing.objects.filter(topic="praise.passed_on").values_list("staff_id", flat=True)) == [
        technician
    ]
    assert praise_count(technician, since=at("2026-09-01 00:00"), until=at("2026-10-01 00:00")) == 1
    assert praise_count(technician, since=at("2026-10-01 00:00"), until=at("2026-11-01 00:00")) == 0
    while deliver(now=at(NOW)):
        pass
    assert (
        "业主表扬了您：“维修师傅把地也拖干净了。”" in client("technician").get("/messages/").content.decode()
    )
    ClosedWords.objects.all().delete()
    assert "业主表扬了您。" in client("technician").get("/messages/").content.decode()


def test_what_is_refused(house: House, case: Request) -> None:
    other = Desk(house).register("complaint", "2026-09-30 16:00")
    for code, told in {
        "praise.none_here": (other, "frontdesk", "technician"),
        "praise.unknown_person": (case, "frontdesk", "elsewhere"),
        "access.denied": (case, "technician", "technician"),
    }.items():
        with pytest.raises(RuleViolation) as refused:
            pass_on(house, *told)
        assert refused.value.code == code
    assert Praise.objects.count() == 0


def test_from_the_page(house: House, case: Request) -> None:
    path = f"/requests/{case.number}/"
    html = client("frontdesk").get(path).content.decode()
    assert ("表扬了谁" in html, f'value="{house.by("technician").staff_id}"' in html) == (True, True)
    body = {"staff": str(house.by("technician").staff_id)}
    for role, held in PERMISSIONS_OF.items():
        expected = 403 if "praise.pass_on" not in held else 302
        assert client(role).post(f"{path}praise/", body).status_code == expected
    assert client("elsewhere").post(f"{path}praise/", body).status_code == 404
    assert client("frontdesk").post(f"{path}praise/", {"staff": "x"}).status_code == 404
    assert client("frontdesk").post(f"{path}praise/", {"staff": str(UUID(int=1))}).status_code == 422
    assert "示例technician" in client("technician").get(path).content.decode()
