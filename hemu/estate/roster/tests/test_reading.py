"""Files into sheets of clean cells, and the files that are refused."""

import io
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from hemu.estate.roster.reading import read_sheets
from hemu.estate.roster.shapes import Note, Source
from hemu.estate.roster.tests.books import csv_of, workbook
from hemu.foundation.errors import RuleViolation

pytestmark = pytest.mark.pure


def test_cells_are_as_somebody_typed_them() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("甲")
        for place, value in enumerate(
            [1.0, 129.11, 0.1 + 0.2, 19900001234, "１栋　Ａ座", " a\r\nb ", True, "\u200b空"]
        ):
            sheet.write(0, place, value)
        sheet.write_datetime(1, 0, datetime(2025, 3, 12), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001
    sheets, notes = read_sheets(target.getvalue())
    assert notes == []
    assert sheets[0].rows == [
        ["1", "129.11", "0.3", "19900001234", "1栋 A座", "a\nb", "是", "空"],
        ["2025-03-12", "", "", "", "", "", "", ""],
    ]


def test_merged_cells_are_filled_downwards_only() -> None:
    content = workbook(
        {"甲": [["题", "", ""], ["1栋", "101", "张某"], ["", "102", "李某"]]},
        [("甲", "A1:C1"), ("甲", "A2:A3")],
    )
    (sheet,), _ = read_sheets(content)
    assert sheet.rows == [["题", "", ""], ["1栋", "101", "张某"], ["1栋", "102", "李某"]]
    assert sheet.wide == ((0, 0, 2),)


def test_a_hidden_sheet_is_left_out_with_a_word() -> None:
    sheets, notes = read_sheets(workbook({"甲": [["x"]], "乙": [["y"]]}, hidden="乙"))
    assert [sheet.name for sheet in sheets] == ["甲"]
    assert notes == [Note(Source("乙", 0), "roster.sheet_hidden")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv(encoding: str, separator: str) -> None:
    content = csv_of([["房号", "业主"], ["1-1-101", "张某"]], separator, encoding)
    (sheet,), _ = read_sheets(content, "目录/1号楼.csv")
    assert (sheet.name, sheet.rows) == ("1号楼", [["房号", "业主"], ["1-1-101", "张某"]])


def test_csv_cells_may_hold_separators_and_line_breaks() -> None:
    (sheet,), _ = read_sheets('房号,业主\n1-1-101,"张某,\n李某"\n1-1-102\n'.encode())
    assert sheet.rows == [["房号", "业主"], ["1-1-101", "张某,\n李某"], ["1-1-102", ""]]


def _package(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return target.getvalue()


CORNER = workbook({"甲": [["x"]]})


@pytest.mark.parametrize(
    ("content", "code", "params"),
    [
        (b"", "roster.empty", {}),
        (b" \n ", "roster.empty", {}),
        (workbook({"甲": []}), "roster.empty", {}),
        (b",,\n,,", "roster.empty", {}),
        (b"PK\x03\x04nothing", "roster.unreadable", {"why": "damaged"}),
        (_package(**{"a.txt": b"x"}), "roster.unreadable", {"why": "not_a_table"}),
        (_package(**{"xl__workbook.xml": b"<x"}), "roster.unreadable", {"why": "damaged"}),
        (workbook({"甲": [["x"]]})[:-200], "roster.unreadable", {"why": "damaged"}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"a" * 600, "roster.unreadable", {"why": "damaged"}),
        (b"<html><table></table></html>", "roster.unreadable", {"why": "not_a_table"}),
        (b"a\x00b", "roster.unreadable", {"why": "not_a_table"}),
        (b"\xff\xff\xff", "roster.unreadable", {"why": "encoding"}),
        (b'a,"' + b"b" * 200_000, "roster.unreadable", {"why": "not_a_table"}),
        (b"a\n" * 100_001, "roster.too_large", {"limit": 100_000, "unit": "rows"}),
        (b"a" * 30_000_001, "roster.too_large", {"limit": 30_000_000, "unit": "bytes"}),
        (b"," * 300, "roster.too_large", {"limit": 200, "unit": "columns"}),
    ],
    ids=["nothing", "blanks", "no row", "only commas", "no zip after its mark", "a zip of something else",
         "a broken part", "cut off", "an old workbook's mark", "a web page", "a NUL", "no encoding", "an open quote",
         "too many rows", "too many bytes", "too many columns"],
)  # fmt: skip
def test_refused_files(content: bytes, code: str, params: dict[str, object]) -> None:
    with pytest.raises(RuleViolation) as refusal:
        read_sheets(content)
    assert (refusal.value.code, refusal.value.params) == (code, params)


def test_a_bomb_is_refused() -> None:
    bomb = _package(**{"xl__workbook.xml": b"<x/>", "xl__worksheets__sheet1.xml": b" " * 201_000_000})
    with pytest.raises(RuleViolation) as refusal:
        read_sheets(bomb)
    assert refusal.value.code == "roster.too_large"
    assert refusal.value.params == {"limit": 200_000_000, "unit": "bytes"}


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>',
        b"<row r='1048576'><c s='1' r='A1048576'><v>1</v></c></row>",
        b'<row r="1048576" spans="1:1"><c><v>1</v></c></row>',
        b'<x:row r="9"><x:c r="XFD9"><x:v>1</x:v></x:c></x:row>',
    ],
)
def test_a_far_corner_is_refused_before_memory_is_asked_for(cell: bytes) -> None:
    parts = {}
    with zipfile.ZipFile(io.BytesIO(CORNER)) as package:
        for name in package.namelist():
            parts[name.replace("/", "__")] = package.read(name)
    sheet = "xl__worksheets__sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", cell + b"</sheetData>")
    with pytest.raises(RuleViolation) as refusal:
        read_sheets(_package(**parts))
    assert refusal.value.code == "roster.too_large"


def test_formats_without_values_reach_nowhere() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "x")
        sheet.write_blank(1_000_000, 16_000, None, book.add_format({"bold": True}))
    (read,), _ = read_sheets(target.getvalue())
    assert read.rows == [["x"]]
