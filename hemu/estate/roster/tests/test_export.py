"""Refused rows come back as a workbook that can be brought in again."""

import pytest

from hemu.estate.roster.export import refused_workbook
from hemu.estate.roster.parse import parse_roster
from hemu.estate.roster.preview import refused_line
from hemu.estate.roster.reading import read_sheets
from hemu.estate.roster.shapes import ParsedRoster
from hemu.estate.roster.tests.books import workbook

pytestmark = pytest.mark.pure


def exported(roster: ParsedRoster) -> bytes:
    lines = [refused_line(row, roster) for row in roster.refused]
    return refused_workbook(lines, titles=("原行号", "原因"), say=lambda line: f"说明 {line['code']}")


def test_refused_rows_keep_their_sheet_columns_and_text() -> None:
    head = ["房号", "业主", "电话"]
    sheets = {
        "1号楼": [head, ["101", "甲某", ""]],
        "2号楼": [head, ["天上", "乙某", "19900000001"], ["101", "甲某", ""]],
    }
    roster = parse_roster(workbook(sheets))
    (sheet,), _ = read_sheets(exported(roster))
    assert sheet.name == "2号楼"
    assert sheet.rows == [
        ["房号", "业主", "电话", "原行号", "原因"],
        ["天上", "乙某", "19900000001", "2", "说明 roster.room_unreadable"],
    ]


def test_formulas_stay_text() -> None:
    roster = parse_roster("房号,业主\n天上,=1+1\n".encode(), "名[1]:*.csv")
    (sheet,), _ = read_sheets(exported(roster))
    assert (sheet.name, sheet.rows[1]) == ("名 1", ["天上", "=1+1", "2", "说明 roster.room_unreadable"])
    again = parse_roster(exported(roster))
    assert [row.code for row in again.refused] == ["roster.room_unreadable"]
