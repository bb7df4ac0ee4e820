"""What is late, by person: who has the most comes first, and nobody sees another office's."""

import re
from datetime import date

import pytest

from hemu.access.tests.house import House, at, client, found_house
from hemu.console.web.late import PAPER_LINES, printed
from hemu.duties.models import Duty
from hemu.duties.operations import open_between
from hemu.estate.operations import switch_clauses
from hemu.infra import clock

BEFORE, NOW = at("2026-11-09 09:00"), at("2026-11-24 08:20")


@pytest.fixture
def house(db: None) -> House:
    house = found_house()
    switch_clauses(community=house.community, what=["RQ-11"], since=date(2026, 11, 9), on=True, now=BEFORE)
    open_between(first=date(2026, 11, 9), last=date(2026, 11, 23), now=BEFORE)
    third = Duty.objects.order_by("due_at")[0]
    third.staff_id = house.by("technician").staff_id
    third.save(update_fields=["staff"])
    return house


def test_who_has_what_late(house: House) -> None:
    with clock.standing_at(NOW):
        page = client("cs_supervisor").get("/duties/late/").content.decode()
        other = client("elsewhere").get("/duties/late/").content.decode()
    heads = re.findall(r"<h2>(.*?) <span class=\"count count-late\">(\d+)</span>", page)
    named = '示例technician <span class="small second">管家</span>'
    assert heads == [("管家", "1"), (named, "1")]
    assert "2026-W48" not in page  # due on Friday
    assert "没有逾期的事" in other


@pytest.mark.parametrize(
    ("counts", "lines"),
    [
        ([], []),
        ([6, 4], [6, 4]),
        ([200], [46]),
        ([30, 30, 2], [19, 19, 2]),
        ([9] * 8, [3] * 8),
        ([5] * 40, [1] * 10 + [0] * 30),
    ],
)
def test_one_page_on_paper(counts: list[int], lines: list[int]) -> None:
    """Everybody's longest late stand on it, what is left out is counted, and it never takes a second page."""
    assert printed(counts) == lines
    rows = sum(2 + shown + (count > shown) for count, shown in zip(counts, lines, strict=True) if shown)
    assert rows + -(-len(counts) // 4) <= PAPER_LINES
