"""Values that hold from a day on: the day of the fact picks the value."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

from hemu.foundation.errors import RuleViolation

T = TypeVar("T")


@dataclass(frozen=True)
class Since(Generic[T]):
    """One value and the first day on which it holds (inclusive)."""

    start: date
    value: T
    clause: str = ""


@dataclass(frozen=True)
class Dated(Generic[T]):
    """Values in order of their first days; each holds until the next one begins."""

    sinces: tuple[Since[T], ...]

    def on(self, day: date) -> T:
        """Return the value in force on ``day``.

        Raises:
            RuleViolation: ``dated.nothing_in_force`` before the first day.
        """
        place = bisect_right([each.start for each in self.sinces], day)
        if place == 0:
            raise RuleViolation("dated.nothing_in_force", day=day.isoformat())
        return self.sinces[place - 1].value


def since(start: date, value: T, *, clause: str = "") -> Since[T]:
    """Say that ``value`` holds from ``start`` on, by ``clause``."""
    return Since(start, value, clause)


def dated(*sinces: Since[T]) -> Dated[T]:
    """Collect values in any order.

    Raises:
        RuleViolation: ``dated.two_on_one_day`` when two values begin on the same day.
    """
    ordered = tuple(sorted(sinces, key=lambda each: each.start))
    for earlier, later in pairwise(ordered):
        if earlier.start == later.start:
            raise RuleViolation("dated.two_on_one_day", day=later.start.isoformat())
    return Dated(ordered)
