"""The periods of recurring duties, as the ``every`` of a clause names them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import OfficeTime

PERIOD_WORDS = ("day", "week", "month", "quarter", "half-year", "year")
HOURS = "hours"
DAYS = "days"
ANCHOR_DATE = date(2025, 1, 1)
"""Where "every N days" begins to count, for every office and for ever."""

_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_EVERY = re.compile(r"([1-9]\d{0,2}) (hours?|days?)", re.ASCII)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """One period: ``start`` inclusive, ``end`` exclusive, both in the office's zone.

    ``key`` names it within its ``every``: 2026-11-22 · 2026-W47 (ISO) · 2026-11 · 2026-Q4 · 2026-H2 · 2026;
    the first day of N days; the first hour of N hours, as 2026-11-22T02.
    """

    start: datetime
    end: datetime
    key: str

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return self.start.date()

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return (self.end - timedelta(seconds=1)).date()


@lru_cache(maxsize=64)
def read_every(every: str) -> tuple[int, str]:
    """Return (0, word) for a period word, (N, ``hours`` or ``days``) for a number of them.

    Raises:
        RuleViolation: ``every.unreadable``, also for more than 24 hours.
    """
    if every in PERIOD_WORDS:
        return 0, every
    found = _EVERY.fullmatch(every)
    if not found or (found[2].startswith("hour") and int(found[1]) > 24):
        raise RuleViolation("every.unreadable", every=every)
    return int(found[1]), HOURS if found[2].startswith("hour") else DAYS


def period_of(every: str, moment: datetime, time: OfficeTime) -> Period:
    """Return the period that holds ``moment``.

    Hours count from the local midnight of each day, whose last period ends with it however short;
    days count from ``ANCHOR_DATE``; a week begins on Monday.

    Raises:
        RuleViolation: ``every.unreadable``, ``time.naive``.
    """
    count, unit = read_every(every)
    now = time.local(moment)
    if unit == HOURS:
        return _hours(count, now, time)
    first = _first_day(count, unit, now.date())
    following = _following(count, unit, first)
    return Period(time.at(first), time.at(following), _key(unit, first))


def next_period(every: str, period: Period, time: OfficeTime) -> Period:
    """Return the period that begins where ``period`` ends."""
    return period_of(every, period.end, time)


def periods_between(every: str, first: datetime, last: datetime, time: OfficeTime) -> list[Period]:
    """Return the periods that share time with ``first`` (inclusive) to ``last`` (exclusive), in order."""
    found: list[Period] = []
    period = period_of(every, first, time)
    while period.start < last:
        found.append(period)
        period = next_period(every, period, time)
    return found


def add_months(day: date, count: int) -> date:
    """Return the same day ``count`` months on (or back); a day that the month lacks is its last day."""
    index = day.year * 12 + day.month - 1 + count
    first = date(index // 12, index % 12 + 1, 1)
    return first.replace(day=min(day.day, _month_length(first)))


def last_of_month(day: date) -> date:
    """Return the last day of the month that holds ``day``."""
    return day.replace(day=_month_length(day))


def _month_length(day: date) -> int:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return (following - _ONE_DAY).day


def _hours(count: int, now: datetime, time: OfficeTime) -> Period:
    hour = now.hour - now.hour % count
    day = now.date()
    end = min(hour + count, 24)
    return Period(time.at(day, hour * 60), time.at(day, end * 60), f"{day.isoformat()}T{hour:02d}")


def _first_day(count: int, unit: str, day: date) -> date:
    if unit == DAYS:
        return day - timedelta(days=(day - ANCHOR_DATE).days % count)
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return date(day.year, day.month - (day.month - 1) % _MONTHS[unit], 1)


def _following(count: int, unit: str, first: date) -> date:
    if unit in _MONTHS:
        return add_months(first, _MONTHS[unit])
    return first + timedelta(days={"day": 1, "week": 7}.get(unit, count))


def _key(unit: str, first: date) -> str:
    if unit == "week":
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02d}"
    return {
        "month": f"{first:%Y-%m}",
        "quarter": f"{first.year}-Q{(first.month + 2) // 3}",
        "half-year": f"{first.year}-H{(first.month + 5) // 6}",
        "year": f"{first.year}",
    }.get(unit, first.isoformat())
