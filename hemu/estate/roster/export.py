"""Giving refused rows back as a workbook that can be mended and brought in again."""

import io
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import xlsxwriter

from hemu.infra.spreadsheet import is_risky

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
Line = Mapping[str, Any]


def refused_workbook(lines: Iterable[Line], *, titles: tuple[str, str], say: Callable[[Line], str]) -> bytes:
    """Return the refused rows as xlsx: each sheet under its name, its own columns, then row number and reason.

    All cells are text, so that nothing a file brought is taken for a formula.

    Args:
        lines: the refused rows: ``sheet``, ``row``, ``header``, ``cells``.
        titles: the headings of the two added columns, row number and reason.
        say: turns a refusal into words.
    """
    target = io.BytesIO()
    by_sheet: dict[str, list[Line]] = {}
    for line in lines:
        by_sheet.setdefault(line["sheet"], []).append(line)
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        taken: set[str] = set()
        for name, refused in by_sheet.items():
            sheet = book.add_worksheet(_sheet_name(name, taken))
            rows = [[*refused[0]["header"], *titles]]
            rows += [[*line["cells"], str(line["row"]), say(line)] for line in refused]
            _write(sheet, rows, book.add_format({"quote_prefix": True}))
    return target.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, rows: list[list[str]], quoted: Any) -> None:
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            sheet.write_string(number, place, cell, quoted if is_risky(cell) else None)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(rows[0]) - 1, 16)


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that a workbook allows: 31 characters, none of its signs, once."""
    plain = _FORBIDDEN.sub(" ", name).strip()[:28] or "Sheet"
    free = next(
        each
        for each in (plain, *(f"{plain} {count}" for count in range(2, 100)))
        if each.lower() not in taken
    )
    taken.add(free.lower())
    return free
