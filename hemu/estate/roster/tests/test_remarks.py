"""Occupancy, flags, dates, areas."""

from datetime import date

import pytest

from hemu.estate.roster.remarks import read_area, read_date, read_occupancy, read_remark

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("已入住", "occupied"), ("自住", "occupied"), ("入住", "occupied"), ("常住", "occupied"),
        ("未入住", "not_moved_in"), ("已收楼未入住", "not_moved_in"), ("装修中", "not_moved_in"),
        ("未收楼", "not_handed_over"), ("未交房", "not_handed_over"), ("未售", "not_handed_over"),
        ("空置", "vacant"), ("空房", "vacant"), ("出租", "let"), ("已出租", "let"), ("租住", "let"),
        ("办公", "business"), ("商用", "business"), ("", "unknown"), ("-", "unknown"), ("甲乙丙", None),
    ],
)  # fmt: skip
def test_occupancy(text: str, code: str | None) -> None:
    assert read_occupancy(text) == code


@pytest.mark.parametrize(
    ("text", "flags", "remark"),
    [
        ("独居老人", ["lives_alone"], ""),
        ("困难户", ["hardship"], ""),
        ("残疾", ["disabled"], ""),
        ("勿打电话,发短信", ["no_calls"], ""),
        ("勿打电话（发短信）", ["no_calls"], "勿打电话（发短信）"),
        ("独居老人、残疾，租期一年", ["disabled", "lives_alone"], "租期一年"),
        ("独居老人每周三送餐", ["lives_alone"], "独居老人每周三送餐"),
        ("租期一年，押一付三", [], "租期一年，押一付三"),
        ("无", [], ""),
        ("", [], ""),
    ],
)
def test_flags_and_remarks(text: str, flags: list[str], remark: str) -> None:
    assert read_remark(text) == (flags, remark)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2016-09-14", date(2016, 9, 14)), ("2016/9/14", date(2016, 9, 14)), ("2025.11.3", date(2025, 11, 3)),
        ("2016年9月14日", date(2016, 9, 14)), ("2022年6月", date(2022, 6, 1)), ("2022年", date(2022, 1, 1)),
        ("2022-06", date(2022, 6, 1)), ("20160914", date(2016, 9, 14)), ("42627", date(2016, 9, 14)),
        ("2016-09-14 00:00:00", date(2016, 9, 14)), ("２０１６年９月", date(2016, 9, 1)),
        ("2016-02-30", None), ("9月", None), ("明年", None), ("1016-09-14", None), ("", None),
    ],
)  # fmt: skip
def test_dates(text: str, day: date | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "centi"),
    [("129.11", 12911), ("90.0㎡", 9000), ("90m2", 9000), ("90.005", 9001), ("1,234.5平方米", 123450), ("约90平", 9000),
     ("９０．５", 9050), ("0", None), ("-3", None), ("大", None), ("100000.01", None), ("9" * 40, None)],
)  # fmt: skip
def test_areas(text: str, centi: int | None) -> None:
    assert read_area(text) == centi
