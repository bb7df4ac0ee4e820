"""The language of ``due``: its sentences, read into a small tree.

The grammar stands at the head of ``sop/clauses.toml``. "-N … on duty" is not spoken here.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from hemu.foundation.errors import RuleViolation
from hemu.foundation.periods import HOURS, PERIOD_WORDS, read_every


@dataclass(frozen=True)
class After:
    """``count`` units on from the event."""

    count: int
    unit: str
    on_duty: bool = False


@dataclass(frozen=True)
class Before:
    """``count`` units back from the event."""

    count: int
    unit: str


@dataclass(frozen=True)
class At:
    """A moment somebody else gives: the trigger, the rota, the table of limits."""

    moment: str


@dataclass(frozen=True)
class Day:
    """``number`` of a span, counted from 1; or ``name``: last day, last working day, end."""

    name: str
    number: int = 0


@dataclass(frozen=True)
class Inside:
    """A day, or from ``first`` to ``last``, of a period, or of its ``month``-th month where that is not 0."""

    first: Day | None
    kept_up: bool
    last: Day
    month: int
    next: bool
    period: str


Due = After | Before | At | Inside

LIMIT = "the limit in the table"
SHIFT_END = "the end of the shift"
FACT_OF = {
    "the planned time": "planned_at",
    "the promised time": "promised_at",
    "the next meeting": "next_meeting_at",
    LIMIT: "limit",
}
"""The fact that each moment needs; the end of the shift needs none."""

_OFFSET = re.compile(
    r"([+-])(\d{1,4}) (?:(minute|hour)s?( on duty)?|(working day|day|month)s?)",
    re.ASCII,
)
_AT = re.compile(f"at ({'|'.join([*FACT_OF, SHIFT_END])})")
_DAY = r"day \d{1,3}|last day|last working day|end"
_INSIDE = re.compile(
    rf"(?:({_DAY}) (to|through) )?({_DAY}) of (?:month (\d{{1,2}}) of )?the (next )?([a-z-]+)", re.ASCII
)
_MONTHS_IN = {"quarter": 3, "half-year": 6, "year": 12}
_DAYS_IN = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half-year": 184, "year": 366}


@lru_cache(maxsize=512)
def parse(expr: str, every: str | None = None) -> Due:
    """Read a sentence of the language.

    Args:
        expr: the sentence, spelled exactly as the grammar has it.
        every: the clause's ``every``; a sentence about a period must speak of that period.

    Raises:
        RuleViolation: ``due.unreadable`` (expr, every).
    """
    if found := _OFFSET.fullmatch(expr):
        return _offset(found, expr)
    if found := _AT.fullmatch(expr):
        return At(found[1])
    if found := _INSIDE.fullmatch(expr):
        due = Inside(
            first=_day(found[1]) if found[1] else None,
            kept_up=found[2] == "through",
            last=_day(found[3]),
            month=int(found[4] or 0),
            next=bool(found[5]),
            period=found[6],
        )
        if _makes_sense(due, every, has_month=found[4] is not None):
            return due
    raise RuleViolation("due.unreadable", expr=expr, every=every)


def _offset(found: re.Match[str], expr: str) -> Due:
    sign, count, clock_unit, on_duty, day_unit = found.groups()
    if sign == "+":
        return After(int(count), clock_unit or day_unit, on_duty=bool(on_duty))
    if on_duty:
        raise RuleViolation("due.unreadable", expr=expr, every=None)
    return Before(int(count), clock_unit or day_unit)


def _day(text: str) -> Day:
    return Day("day", int(text[4:])) if text.startswith("day ") else Day(text)


def _makes_sense(due: Inside, every: str | None, *, has_month: bool) -> bool:
    if every is None:
        if due.period not in PERIOD_WORDS:
            return False
        days = _DAYS_IN[due.period]
    else:
        count, unit = read_every(every)
        if due.period != ("period" if count else every):
            return False
        if unit == HOURS:
            return not has_month and due.first is None and due.last == Day("end")
        days = count or _DAYS_IN[every]
    if has_month:
        if not 1 <= due.month <= _MONTHS_IN.get(due.period, 0):
            return False
        days = 31
    numbers = [day.number for day in (due.first, due.last) if day is not None and day.name == "day"]
    return all(1 <= number <= days for number in numbers) and numbers == sorted(numbers)
