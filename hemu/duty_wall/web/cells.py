"""Cells and lines as the wall's template shows them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemu.duty_wall.queries import Line
from hemu.duty_wall.rules import CELLS, Cell, State
from hemu.duty_wall.wording import LEGEND, STATES
from hemu.infra.wording import Status

Column = tuple[Any, str]
"""What a column is about, and its word."""


@dataclass(frozen=True)
class Shown:
    """One line of a level: its name and where that leads, and where each of its cells leads."""

    name: str
    url: str
    line: Line
    to: Callable[[Any], str]
    tag: str = ""
    note: str = ""


def row_of(shown: Shown, columns: Sequence[Column], *, counts: bool) -> dict[str, Any]:
    """Return a line for the template.

    Args:
        counts: say how many there are of anything; otherwise only how many are late.
    """
    return {
        "name": shown.name,
        "url": shown.url,
        "tag": shown.tag,
        "note": shown.note,
        "late": shown.line.all.late,
        "cells": [
            _cell(shown.line.cells.get(key, Cell()), word, shown.to(key), counts=counts)
            for key, word in columns
        ],
    }


def _cell(cell: Cell, word: str, url: str, *, counts: bool) -> dict[str, Any] | None:
    if cell.state is State.NOTHING:
        return None
    many = {State.LATE: cell.late, State.MET_LATE: cell.met_late, State.MET: cell.met}.get(
        cell.state, cell.open
    )
    number = many if cell.late or (counts and many > 1) else ""
    return {
        "status": _status(cell.state, get_language()),
        "number": number,
        "word": word,
        "url": url,
        "title": in_words(cell, get_language()),
    }


@lru_cache(maxsize=64)
def _status(state: State, language: str) -> Status:
    """Return a state's word translated once, not once a cell."""
    found = STATES[state]
    return found._replace(word=str(found.word))


@lru_cache(maxsize=4_096)
def in_words(cell: Cell, language: str) -> str:
    """Return what a cell counts, in the words of the language that is spoken; most cells of a level are alike."""
    said = [
        (cell.late, _("逾期 %(n)s")),
        (cell.open - cell.late, _("待办 %(n)s")),
        (cell.met, _("按期办了 %(n)s")),
        (cell.met_late, _("补办 %(n)s")),
    ]
    return "，".join(words % {"n": number} for number, words in said if number)


def worst_first(lines: Iterable[Shown], column: Any = None) -> list[Shown]:
    """Return lines in the order of what is worst in them, or in one column; then by name."""

    def cell(shown: Shown) -> Cell:
        return shown.line.cells.get(column, Cell()) if column else shown.line.all

    return sorted(lines, key=lambda each: (-cell(each).state, -cell(each).late, each.name))


def columns_of(lines: Iterable[Line], words: dict[Any, Any]) -> list[Column]:
    """Return the columns of which any line has a cell, in the order of their words."""
    used = {key for line in lines for key in line.cells}
    return [(key, str(word)) for key, word in words.items() if key in used]


def page_of(
    lines: Sequence[Shown], columns: Sequence[Column], asked: str
) -> tuple[list[Shown], dict[str, Any]]:
    """Return the lines of the page asked for, no more than 2,000 cells, and the words of the pager."""
    per = max(1, CELLS // max(1, len(columns)))
    last = max(0, (len(lines) - 1) // per)
    number = min(int(asked), last) if asked.isdecimal() and len(asked) < 10 else 0
    some = list(lines[number * per : (number + 1) * per])
    pager = {
        "newer": f"?page={number - 1}" if number else "",
        "older": f"?page={number + 1}" if number < last else "",
        "shown": _("%(first)s – %(last)s，共 %(all)s 行")
        % {"first": number * per + 1, "last": number * per + len(some), "all": len(lines)}
        if last
        else "",
    }
    return some, pager


def legend() -> list[tuple[Any, Any]]:
    """Return the states with what they mean, the worst first."""
    return [(STATES[state], words) for state, words in LEGEND.items()]


def stats_of(lines: Iterable[Line], *, than: str) -> list[dict[str, Any]]:
    """Return what a level counts in all; what is kept by hand stands apart.

    Args:
        than: the words for `n` of `all` lines in which something is late.
    """
    lines = list(lines)
    all_of, by_hand = sum((each.all for each in lines), Cell()), sum((each.by_hand for each in lines), Cell())
    return [
        {"label": _("逾期"), "number": all_of.late, "unit": _("项"), "tone": "brick" if all_of.late else "",
         "than": than % {"n": sum(each.all.late > 0 for each in lines), "all": len(lines)}},
        {"label": _("其中手工"), "number": by_hand.late, "unit": _("项"), "tone": "brick" if by_hand.late else "",
         "than": _("手工待办 %(n)s 项") % {"n": by_hand.open}},
        {"label": _("待办"), "number": all_of.open, "unit": _("项"), "than": _("含逾期")},
        {"label": _("本月已办"), "number": all_of.met + all_of.met_late, "unit": _("项"),
         "than": _("其中补办 %(n)s 项") % {"n": all_of.met_late}},
    ]  # fmt: skip
