"""Workbooks and CSV files as offices keep them, made for the tests."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

Cell = str | int | float | None
Grid = Sequence[Sequence[Cell]]


def workbook(sheets: Mapping[str, Grid], merged: Sequence[tuple[str, str]] = (), hidden: str = "") -> bytes:
    """Return an xlsx; ``merged`` names ``(sheet, range)``, whose first cell keeps its value."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell is not None and cell != "":
                        sheet.write(number, place, cell)
            for where, cells in merged:
                if where == name:
                    top, left, _, _ = _corners(cells)
                    sheet.merge_range(cells, rows[top][left])
            if name == hidden:
                sheet.hide()
    return target.getvalue()


def _corners(cells: str) -> tuple[int, int, int, int]:
    first, last = cells.split(":")
    return (*xlsxwriter.utility.xl_cell_to_rowcol(first), *xlsxwriter.utility.xl_cell_to_rowcol(last))


def csv_of(rows: Sequence[Sequence[str]], separator: str = ",", encoding: str = "utf-8") -> bytes:
    """Return a CSV without quoting."""
    return "\r\n".join(separator.join(row) for row in rows).encode(encoding)
