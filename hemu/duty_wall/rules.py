"""How a cell of the wall stands, and which months it shows. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import NamedTuple

CELLS = 2_000
"""No level of the wall shows more."""
_SECOND = timedelta(seconds=1)


class State(IntEnum):
    """How duties stand together; the worst of them is the greatest."""

    NOTHING = 0
    MET = 1
    AHEAD = 2
    MET_LATE = 3
    TODAY = 4
    LATE = 5


class Counts(NamedTuple):
    """What a row says: so many late, open (the late ones among them), met, met late; when the next open one is due."""

    late: int
    open: int
    met: int
    met_late: int
    next_due: datetime | None


@dataclass(frozen=True)
class Cell:
    """Duties counted together, as they stand at a moment."""

    late: int = 0
    open: int = 0
    met: int = 0
    met_late: int = 0
    today: bool = False

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(
            self.late + other.late,
            self.open + other.open,
            self.met + other.met,
            self.met_late + other.met_late,
            self.today or other.today,
        )

    @property
    def state(self) -> State:
        """How the worst of them stand."""
        if self.late:
            return State.LATE
        if self.today:
            return State.TODAY
        if self.met_late:
            return State.MET_LATE
        if self.open:
            return State.AHEAD
        return State.MET if self.met else State.NOTHING

    @property
    def all(self) -> int:
        """How many there are."""
        return self.open + self.met + self.met_late


def cell_of(row: Counts, *, now: datetime, ends: datetime) -> Cell:
    """Return how a counted row stands at ``now``.

    Where the next one was due meanwhile at least one more is late: it shows without waiting for the worker.

    Args:
        ends: the last second of today.
    """
    past = row.next_due is not None and row.next_due + _SECOND <= now
    today = row.next_due is not None and not past and row.next_due <= ends
    return Cell(min(row.open, row.late + past), row.open, row.met, row.met_late, today)


def together(cells: Iterable[Cell]) -> Cell:
    """Return cells counted as one."""
    return sum(cells, Cell())


def first_of_month(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def month_after(month: date, count: int = 1) -> date:
    """Return the first day of the month so many after ``month``; before it where ``count`` is negative."""
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def months_shown(last: date, *, clauses: int) -> list[date]:
    """Return the months of a community's level up to ``last``: twelve, fewer where they and one more were too many cells."""
    count = max(1, min(12, CELLS // max(1, clauses) - 1))
    return [month_after(last, number - count + 1) for number in range(count)]
