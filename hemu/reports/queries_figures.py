"""A report's figures as the page and the paper show them: groups of lines with the month before beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hemu.reports.rules import MONTHLY, Report
from hemu.reports.wording import DONE_OF_COMPLAINTS, FIGURES, GROUPS, code_words


@dataclass(frozen=True)
class Line:
    """One number: what it counts, the month before (None where nothing is compared), whether it is to be warned of."""

    words: str
    count: int
    before: int | None = None
    rising: bool = False


@dataclass(frozen=True)
class Group:
    """Numbers that belong together; the first group of a report has no title."""

    title: str
    lines: tuple[Line, ...]
    compared: bool


def groups_of(report: Report, figures: Mapping[str, Any]) -> list[Group]:
    """Return the groups of a report's figures, empty ones left out."""
    before = figures.get("before")
    head = [
        Line(_head_words(report, name), count, before.get(name, 0) if before else None)
        for name, count in figures.items()
        if isinstance(count, int)
    ]
    found = [Group("", tuple(head), before is not None)]
    for name, title in GROUPS.items():
        if counts := figures.get(name):
            found.append(Group(str(title), _lines(name, counts, figures), before is not None))
    return found


def _head_words(report: Report, name: str) -> str:
    if name == "done" and report.clause != MONTHLY:
        return str(DONE_OF_COMPLAINTS)
    return str(FIGURES[name])


def _lines(name: str, counts: Mapping[str, int], figures: Mapping[str, Any]) -> tuple[Line, ...]:
    before = figures.get("before")
    rising = figures.get("rising", {}).get(name, ())
    return tuple(
        Line(
            str(code_words(name, code)),
            count,
            before.get(name, {}).get(code, 0) if before is not None else None,
            code in rising,
        )
        for code, count in counts.items()
    )


def warnings_of(figures: Mapping[str, Any]) -> list[str]:
    """Return what grew so much that it is to be warned of, in words."""
    return [
        str(code_words(name, code)) for name, codes in figures.get("rising", {}).items() for code in codes
    ]
