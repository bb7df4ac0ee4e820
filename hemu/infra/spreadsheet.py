"""Writing tables as xlsx, row by row: text stays text, whatever sign it begins with."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO

import xlsxwriter

from hemu.infra.moments import OFFICE_ZONE

Cell = str | int | float | datetime | None
RISKY = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")
"""A text that begins so could be taken for a formula once somebody saves the sheet as another kind of file."""
BLANK = " \t\r\n\0\u3000\u200b\ufeff"
"""Signs that stand before one without being seen."""
LONGEST = 32_000
"""Characters; a cell holds 32,767."""


def is_risky(text: str) -> bool:
    """Tell whether a text could be taken for a formula: its cell then says that it is text."""
    return text.startswith(tuple("\t\r\n\0")) or text.lstrip(BLANK).startswith(RISKY)


def write_table(
    target: IO[bytes] | str, *, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]
) -> int:
    """Write one sheet to ``target`` and return how many rows it holds; memory does not grow with them.

    Args:
        title: the sheet's name, cut to what a workbook allows.
        columns: headings with their widths in characters.
        rows: cells in the order of the columns; moments are written in the office's zone.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    count = 0
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet("".join(each for each in title if each not in "[]:*?/\\'")[:31] or "1")
        pen = _Pen(book, sheet)
        for place, (heading, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, heading, pen.bold)
        sheet.freeze_panes(1, 0)
        for count, cells in enumerate(rows, start=1):
            for place, cell in enumerate(cells):
                pen.write(count, place, cell)
    return count


class _Pen:
    """The formats of one workbook, and which of them a cell takes."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        self.sheet = sheet
        self.bold = book.add_format({"bold": True, "bottom": 1})
        self.plain = book.add_format({"valign": "top", "text_wrap": True})
        self.quoted = book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
        self.moment = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd hh:mm"})

    def write(self, row: int, place: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, datetime):
            self.sheet.write_datetime(
                row, place, cell.astimezone(OFFICE_ZONE).replace(tzinfo=None), self.moment
            )
        elif isinstance(cell, str):
            look = self.quoted if is_risky(cell) else self.plain
            self.sheet.write_string(row, place, cell[:LONGEST], look)
        else:
            self.sheet.write_number(row, place, cell, self.plain)
