"""The accountant's spreadsheet as it is: read into lines, sums known as sums, nothing counted twice."""

from collections.abc import Callable
from typing import Any

import pytest

from hemu.estate.roster.reading import read_sheets
from hemu.estate.roster.shapes import Sheet
from hemu.foundation.errors import RuleViolation
from hemu.statements.rules_amounts import UnreadableAmount, amount_of, plain_of, step_of
from hemu.statements.rules_sheet import Read, read_statement
from hemu.statements.tests.books import classic, made, nested, side_by_side, two_columns

WAN = 1_000_000


def read(build: Callable[[Any], None]) -> Read:
    return read_statement(read_sheets(made(build))[0], month="2026-11")


def lines(found: Read) -> list[tuple[str, str, int | None, int | None, int | None]]:
    return [(each.category, each.item, each.month, each.budget, each.year) for each in found.lines]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.50", 123450), ("１２３４．５", 123450), ("￥1234", 123400), ("¥ 1,234.50元", 123450), ("（500.00）", -50000),
        ("(500)", -50000), ("-3", -300), ("3-", -300), ("▲3", -300), ("1.2万", 1_200_000), ("1.2万元", 1_200_000),
        ("0", 0), ("", None), ("-", None), ("—", None), ("无", None), ("1234.565", 123457), (".5", 50), ("1e3", 100_000),
        ("-(5)", None),
    ],
)  # fmt: skip
def test_amounts_as_people_type_them(text: str, amount: int | None) -> None:
    if text == "-(5)":
        with pytest.raises(UnreadableAmount):
            amount_of(text)
        return
    assert amount_of(text) == amount


@pytest.mark.parametrize("text", ["见附件", "12%", "#REF!", "1.2.3", "十万", "1 2a", "9" * 20])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UnreadableAmount):
        amount_of(text)


def test_units_and_typed_amounts() -> None:
    assert (amount_of("12.35", unit=WAN), amount_of("5万", unit=WAN)) == (12_350_000, 5_000_000)
    assert (step_of("12.35", unit=WAN), step_of("12", unit=WAN), step_of("—")) == (5_000, 500_000, 0)
    assert [plain_of(each) for each in (123450, -5, 0, None)] == ["1234.50", "-0.05", "0.00", ""]


def test_a_classic_sheet() -> None:
    found = read(classic)
    assert lines(found) == [
        ("income", "物业服务费", 9_850_050, 10_000_000, 108_000_000),
        ("income", "停车费", 2_100_000, 2_000_000, 23_000_000),
        ("income", "退费", -50_000, None, -50_000),
        ("expense", "人员费用", 6_000_000, 6_000_000, 66_000_000),
        ("expense", "水电费", 3_000_000, 2_000_000, 22_000_000),
        ("expense", "维修费", 0, 500_000, 1_000_000),
    ]
    assert (found.opening, found.closing) == (1_000_000, 3_900_050)
    assert found.stated == {"income": 11_900_050, "expense": 9_000_000}
    assert found.notes == {"expense:人员费用": "加了一名保安"}
    assert [(each.code, each.row) for each in found.remarks] == [("part", 14), ("left_out", 20)]


def test_both_sides_beside_each_other_in_wan() -> None:
    found = read(side_by_side)
    assert lines(found) == [
        ("income", "物业费", 12_350_000, None, None), ("income", "车位", 2_100_000, None, None),
        ("expense", "工资", 8_200_000, None, None), ("expense", "电费", 1_150_000, None, None),
    ]  # fmt: skip
    assert (found.unit, found.stated) == (WAN, {"income": 14_450_000, "expense": 9_360_000})
    assert found.rounding >= 10_000


def test_parents_are_no_lines_and_a_wrong_subtotal_is_named() -> None:
    found = read(nested)
    assert (found.sheet, found.budget_for) == ("11月", "year")
    assert [(each.item, each.month) for each in found.lines] == [
        ("物业费", 4_500_000), ("广告", 500_000), ("工资", 1_500_000), ("社保", 400_000), ("电费", 900_000),
        ("水费", 200_000),
    ]  # fmt: skip
    assert found.stated == {"income": 5_000_000, "expense": 3_100_000}
    said = {"item": "人员费用", "stated": "2000000", "sum": "1900000"}
    assert [(each.code, each.params) for each in found.remarks] == [("subtotal_off", said)]


def test_income_and_expense_as_columns_and_an_amount_that_is_none() -> None:
    found = read(two_columns)
    assert [(each.category, each.item, each.month) for each in found.lines] == [
        ("income", "物业费", 10_000), ("expense", "电费", 4_000), ("", "水费", None),
    ]  # fmt: skip
    assert [(each.code, each.params) for each in found.remarks] == [("unreadable", {"text": "见附件"})]


def test_what_is_no_statement_is_refused() -> None:
    with pytest.raises(RuleViolation, match=r"statement\.no_table"):
        read_statement([Sheet("通讯录", [["姓名", "电话"], ["示例", "19900001234"]])], month="2026-11")
