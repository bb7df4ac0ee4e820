"""Whatever the input, a roster is read or refused by code; nothing else comes out."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemu.estate.roster.parse import parse_roster
from hemu.estate.roster.people import read_names, read_phones
from hemu.estate.roster.remarks import read_area, read_date, read_occupancy, read_remark
from hemu.estate.roster.rooms import place_in, read_floor, read_label, read_room, read_unit
from hemu.estate.roster.tests.books import workbook
from hemu.foundation.errors import RuleViolation

pytestmark = pytest.mark.pure
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ROOMISH = st.text("0123456789-#栋单元号楼座层室一二三十百零负AB期区商铺 /.、１２Ａ", max_size=14)
PHONISH = st.text("0123456789+-() /、，转x１９\n", max_size=40)
WORDS = st.one_of(
    st.text(max_size=12), ROOMISH, PHONISH, st.text("张王李和、/ 公司有限(配偶)合计共户", max_size=8)
)
HEADS = st.sampled_from(
    ["房号", "楼栋", "单元", "楼层", "业主", "电话", "面积", "状态", "备注", "租户", "身份", "入住日期", "甲"]
)
GRIDS = st.lists(st.lists(WORDS, max_size=7), max_size=8)
WORKBOOK = workbook({"1号楼": [["房号", "业主"], ["101", "甲某"]]})


@QUICK
@given(ROOMISH, st.sampled_from(["", "1号楼", "A座"]), st.sampled_from(["", "2单元"]), ROOMISH)
def test_a_room_reads_back_as_itself(text: str, building: str, unit: str, floor: str) -> None:
    with suppress(RuleViolation):
        room = read_room(text, building=building, unit=unit, floor=floor)
        assert read_room(room.written) == room


@QUICK
@given(st.one_of(WORDS, st.text()))
def test_single_cells(text: str) -> None:
    for read in (read_names, read_phones, read_remark, read_occupancy, read_date, read_area):
        read(text)
    for place in (read_label, read_unit, read_floor, place_in):
        place(text)
    assert all(slot == "" or slot.replace("-", "").isdigit() for slot in read_phones(text).slots)


@QUICK
@given(PHONISH)
def test_numbers_read_back_as_themselves(text: str) -> None:
    for number in filter(None, read_phones(text).slots):
        assert read_phones(number).slots == (number,)


@QUICK
@given(st.binary(max_size=300))
def test_bytes(content: bytes) -> None:
    with suppress(RuleViolation):
        parse_roster(content)


@QUICK
@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=8))
def test_damaged_workbooks(place: int, junk: bytes) -> None:
    with suppress(RuleViolation):
        parse_roster(WORKBOOK[:place] + junk + WORKBOOK[place + len(junk) :])


@QUICK
@given(st.lists(HEADS, max_size=7), GRIDS, st.sampled_from([",", ";", "\t"]))
def test_tables(head: list[str], rows: list[list[str]], separator: str) -> None:
    content = "\n".join(separator.join(row) for row in [["房号", *head], *rows])
    with suppress(RuleViolation):
        roster = parse_roster(content.encode("utf-8", "replace"), "1号楼.csv")
        assert len(roster.homes) + len(roster.refused) <= roster.rows
        assert len({home.written for home in roster.homes}) == len(roster.homes)
