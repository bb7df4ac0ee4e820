"""`hemu duties wall`: the three levels as programs read them."""

import json
from datetime import date

import pytest

from hemu.access.tests.house import House, at, found_house
from hemu.config.commands import main
from hemu.duty_wall.models import AreaStanding, Standing
from hemu.infra import clock

LATE = {"state": "late", "late": 1, "open": 2, "met": 0, "met_late": 0}


@pytest.fixture
def house(db: None) -> House:
    house = found_house()
    month = date(2026, 11, 1)
    Standing.objects.create(book=house.community.book, month=month, clause="OC-16", late=1, open=2)
    AreaStanding.objects.create(
        book=house.community.book, month=month, area="OC", by_hand=True, late=1, open=2
    )
    return house


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([], {"和风管理处": {"OC": LATE}}),
        (["--office", "和风管理处"], {"和风花园": {"OC": LATE}}),
        (["--community", "和风花园"], {"OC-16": {"2026-11": LATE}}),
    ],
)
def test_levels(house: House, capsys: pytest.CaptureFixture[str], asked: list[str], found: object) -> None:
    with clock.standing_at(at("2026-11-09 09:00")):
        assert main(["duties", "wall", *asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == found


def test_an_office_that_is_not_there(house: House) -> None:
    assert main(["duties", "wall", "--office", "没有这处"]) == 1
