"""Giving refused rows back as a workbook that can be mended and brought in again."""

import io
import re
from collections.abc import Callable

import xlsxwriter

from hemu.estate.roster.shapes import ParsedRoster, Refused

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def refused_workbook(
    roster: ParsedRoster, *, titles: tuple[str, str], say: Callable[[Refused], str]
) -> bytes:
    """Return the refused rows as xlsx: each sheet under its name, its own columns, then row number and reason.

    All cells are text, so that nothing a file brought is taken for a formula.

    Args:
        titles: the headings of the two added columns, row number and reason.
        say: turns a refusal into words.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        taken: set[str] = set()
        for name, header in roster.headers.items():
            refused = [row for row in roster.refused if row.source.sheet == name]
            if refused:
                _write(book.add_worksheet(_sheet_name(name, taken)), header, refused, titles, say)
    return target.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    header: list[str],
    refused: list[Refused],
    titles: tuple[str, str],
    say: Callable[[Refused], str],
) -> None:
    rows = [(*header, *titles), *((*row.cells, str(row.source.row), say(row)) for row in refused)]
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            sheet.write_string(number, place, cell)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(header) + 1, 16)


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
