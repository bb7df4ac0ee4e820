"""The commands that switch clauses, open what begins, and list a month."""

import json
from typing import Any

import pytest

from hemu.__main__ import main
from hemu.access.tests.house import House, at, found_house
from hemu.duties.models import Duty
from hemu.infra import clock

NOW = at("2026-11-23 10:00")


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def said(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    with clock.standing_at(NOW):
        assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_commands_switch_open_and_list(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    name = house.community.name
    said(capsys, "duties", "switch", "RQ-11", "--community", name, "--by", "quality")
    days = ("--from", "2026-11-23", "--to", "2026-12-06", "--community", name)
    assert said(capsys, "duties", "open", *days) == {"opened": 2, "already": 0}
    assert said(capsys, "duties", "open", *days) == {"opened": 0, "already": 2}
    found = said(capsys, "duties", "list", "--community", name, "--month", "2026-12")
    assert found == [
        {
            "id": str(Duty.objects.get(start_at__day=30).id),
            "clause": "RQ-11",
            "period": "2026-W49",
            "opened": "2026-11-30T00:00:00+08:00",
            "due": "2026-12-04T23:59:59+08:00",
            "state": "open",
            "late": False,
            "by_hand": True,
            "evidence": None,
            "subject": f"clause:RQ-11:{house.community.book_id}:2026-W49",
        }
    ]


@pytest.mark.parametrize("days", [("2026-12-06", "2026-12-01"), ("2026-01-01", "2028-01-01")])
def test_a_senseless_span_is_refused(
    house: House, days: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["duties", "open", "--from", days[0], "--to", days[1], "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"] == "duty.span"
