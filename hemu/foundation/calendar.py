"""The Chinese work calendar with adjusted working days (调休) and the days an office adds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class _Year:
    """What the State Council ordered for one year."""

    days_off: frozenset[date]
    weekends_worked: frozenset[date]


@lru_cache(maxsize=64)
def _ordered(year: int) -> _Year:
    # Imported here: the library takes a while to load, and most commands need no calendar.
    import holidays

    table = holidays.country_holidays("CN", years=year)
    # `weekend_workdays` also holds fixed dates of old years whatever year was asked for.
    worked = frozenset(day for day in table.weekend_workdays if day.year == year)
    return _Year(frozenset(day for day in table if day.year == year), worked)


@dataclass(frozen=True)
class WorkCalendar:
    """Working days of one office.

    Args:
        overrides: days the office sets itself; ``True`` works, ``False`` rests. They win over the order
            of the State Council.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """Tell whether people work on ``day``; an unpublished year knows only weekends and feasts."""
        if day in self.overrides:
            return self.overrides[day]
        year = _ordered(day.year)
        if is_weekend(day):
            return day in year.weekends_worked
        return day not in year.days_off

    def next_working_day(self, day: date) -> date:
        """Return the first working day after ``day``."""
        return self.add_working_days(day, 1)

    def add_working_days(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day`` (before it if negative); 0 is ``day`` itself."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """Count the working days later than ``after`` and not later than ``until``; 0 if there are none."""
        span = (until - after).days
        return sum(self.is_working_day(after + timedelta(days=n)) for n in range(1, span + 1))

    def is_published(self, year: int) -> bool:
        """Tell whether the year's adjusted working days are known.

        They are when the library has any, or when the office entered the notice itself: its days for that
        year then hold a worked weekend and a weekday off. One Saturday of the office's own is no notice.
        """
        if _ordered(year).weekends_worked:
            return True
        own = [(day, works) for day, works in self.overrides.items() if day.year == year]
        worked_weekend = any(works and is_weekend(day) for day, works in own)
        return worked_weekend and any(not works and not is_weekend(day) for day, works in own)

    def unpublished(self, first: date, last: date) -> list[int]:
        """Return the unpublished years among those from ``first`` to ``last``, both inclusive, in order."""
        return [year for year in range(first.year, last.year + 1) if not self.is_published(year)]


def is_weekend(day: date) -> bool:
    """Tell whether ``day`` is a Saturday or Sunday."""
    return day.weekday() >= SATURDAY
