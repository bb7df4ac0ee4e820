"""The span of a sheet of what is owed to the committee, and how one duty on it stands. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hemu.foundation.periods import add_months

_PERIOD = re.compile(r".*:(20\d\d(?:-\w+)*)")
_SPAN = re.compile(r"(20\d\d)-(?:(0[1-9]|1[0-2])|Q([1-4]))")


class Standing(StrEnum):
    """How a duty towards the committee stands."""

    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"
    AHEAD = "ahead"
    EXCUSED = "excused"


@dataclass(frozen=True)
class Span:
    """A month or a quarter: ``first`` inclusive, ``end`` exclusive."""

    key: str
    first: date
    end: date

    @property
    def is_quarter(self) -> bool:
        """Tell a quarter from a month."""
        return "Q" in self.key


def span_of(text: str, *, today: date) -> Span:
    """Return the month (2026-11) or quarter (2026-Q4) that a text names; the month of today where it names none."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return month_of(today)
    year, month, quarter = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    return quarter_of(date(year, quarter * 3, 1)) if quarter else month_of(date(year, month, 1))


def month_of(day: date) -> Span:
    """Return the month of a day."""
    first = day.replace(day=1)
    return Span(f"{first:%Y-%m}", first, add_months(first, 1))


def quarter_of(day: date) -> Span:
    """Return the quarter of a day."""
    number = (day.month + 2) // 3
    first = date(day.year, number * 3 - 2, 1)
    return Span(f"{day.year}-Q{number}", first, add_months(first, 3))


def beside(span: Span, *, step: int) -> Span:
    """Return the span of the same length before (-1) or after (1)."""
    first = add_months(span.first, step * (3 if span.is_quarter else 1))
    return quarter_of(first) if span.is_quarter else month_of(first)


def standing_of(
    *, state: str, due_at: datetime | None, fulfilled_at: datetime | None, late: bool, now: datetime
) -> Standing:
    """Return how a duty stands: what was done after its time stays late for ever.

    Args:
        state: as ``duties.models.Duty.State``.
        late: its lateness was found already, whenever it was done.
    """
    if state == "excused":
        return Standing.EXCUSED
    if fulfilled_at:
        return Standing.LATE if late or (due_at is not None and fulfilled_at > due_at) else Standing.IN_TIME
    return Standing.MISSING if late or (due_at is not None and now > due_at) else Standing.AHEAD


def period_in(subject: str) -> str:
    """Return the period that a subject ends with, such as 2026-09; empty where it names none."""
    found = _PERIOD.fullmatch(subject)
    return found[1] if found else ""
