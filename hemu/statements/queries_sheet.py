"""Reading an accountant's spreadsheet, within the bounds of the roster's reader."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from hemu.estate.roster.reading import read_sheets
from hemu.statements.rules import EXPENSE, INCOME, Figures, check_month
from hemu.statements.rules_sheet import read_statement


@dataclass(frozen=True)
class ReadFile:
    """What a spreadsheet says of a month.

    Attributes:
        digest: SHA-256 of the file.
        remarks: what a person should know of how it was read: code, row, params.
    """

    figures: Figures
    digest: str
    sheet: str
    remarks: list[dict[str, Any]]


def read_file(content: bytes, filename: str, *, month: str) -> ReadFile:
    """Return what a spreadsheet says of a month; nothing is written.

    Raises:
        RuleViolation: ``statement.bad_month``, ``statement.no_table``, ``statement.too_many_lines``, and those of
            ``read_sheets``.
    """
    sheets, _hidden = read_sheets(content, filename)
    read = read_statement(sheets, month=check_month(month))
    figures = Figures(
        month,
        tuple(read.lines),
        read.opening,
        read.closing,
        read.stated.get(INCOME),
        read.stated.get(EXPENSE),
        read.budget_for,
        read.rounding,
        {key: note for key, note in read.notes.items() if note},
    )
    remarks = [asdict(each) for each in read.remarks]
    return ReadFile(figures, hashlib.sha256(content).hexdigest(), read.sheet, remarks)
