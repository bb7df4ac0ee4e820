"""Daily hours of an office: when it is open, who is on duty, when a day and a shift end."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hemu.foundation.calendar import WorkCalendar
from hemu.foundation.errors import RuleViolation

DAY_MINUTES = 24 * 60
END_OF_DAY = "end of day"
CLOSING_TIME = "closing time"
EVERY_DAY = "every day"
WORKING_DAYS = "working days"
_ONE_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_INTERVAL = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)", re.ASCII)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, order=True)
class Interval:
    """Minutes from a day's midnight, ``start`` inclusive; an ``end`` above 1440 lies in the next day."""

    start: int
    end: int


def parse_interval(text: str) -> Interval:
    """Read ``08:30-12:00``; ``20:00-08:00`` runs over midnight, ``08:00-08:00`` for 24 hours.

    Raises:
        RuleViolation: ``hours.unreadable``.
    """
    found = _INTERVAL.fullmatch(text)
    if not found:
        raise RuleViolation("hours.unreadable", text=text)
    start = int(found[1]) * 60 + int(found[2])
    end = int(found[3]) * 60 + int(found[4]) if found[3] else DAY_MINUTES
    return Interval(start, end if end > start else end + DAY_MINUTES)


@dataclass(frozen=True)
class OfficeTime:
    """The clock of one office: its zone, calendar and hours.

    Sums run by the wall clock of ``tz``; China's has not shifted since 1991.

    Args:
        tz: the office's zone.
        calendar: its working days.
        office: hours of business on working days.
        frontdesk_on_duty: hours of the front desk, on ``frontdesk_days``; at least one interval.
        technician_shifts: shifts on every day; at least one.
        period_ends: ``end of day``, or ``closing time`` (Civil Code art. 203).
        frontdesk_days: ``every day`` or ``working days``.
    """

    tz: ZoneInfo
    calendar: WorkCalendar
    office: tuple[Interval, ...]
    frontdesk_on_duty: tuple[Interval, ...]
    technician_shifts: tuple[Interval, ...]
    period_ends: str = END_OF_DAY
    frontdesk_days: str = EVERY_DAY

    def __post_init__(self) -> None:
        if not (self.office and self.frontdesk_on_duty and self.technician_shifts):
            raise RuleViolation("hours.empty")
        if self.period_ends not in (END_OF_DAY, CLOSING_TIME):
            raise RuleViolation("hours.unreadable", text=self.period_ends)
        if self.frontdesk_days not in (EVERY_DAY, WORKING_DAYS):
            raise RuleViolation("hours.unreadable", text=self.frontdesk_days)

    @classmethod
    def of(cls, hours: Mapping[str, object], *, calendar: WorkCalendar, tz: ZoneInfo) -> "OfficeTime":
        """Build it from the ``hours`` of a profile, as texts.

        Raises:
            RuleViolation: ``hours.unreadable``, ``hours.empty``.
        """
        return cls(
            tz=tz,
            calendar=calendar,
            office=_intervals(hours["office"]),
            frontdesk_on_duty=_intervals(hours["frontdesk_on_duty"]),
            technician_shifts=_intervals(hours["technician_shifts"]),
            period_ends=str(hours.get("period_ends", END_OF_DAY)),
            frontdesk_days=str(hours.get("frontdesk_days", EVERY_DAY)),
        )

    def local(self, moment: datetime) -> datetime:
        """Return ``moment`` in the office's zone.

        Raises:
            RuleViolation: ``time.naive`` for a moment without a zone.
        """
        if moment.tzinfo is None:
            raise RuleViolation("time.naive", moment=moment.isoformat())
        return moment.astimezone(self.tz)

    def at(self, day: date, minutes: int = 0) -> datetime:
        """Return the moment ``minutes`` after the midnight that begins ``day``; 1440 is the next midnight."""
        return datetime.combine(day, time(), self.tz) + timedelta(minutes=minutes)

    def end_of_day(self, day: date) -> datetime:
        """Return 23:59:59, the last second of ``day`` that still counts."""
        return self.at(day, DAY_MINUTES) - _SECOND

    def close_of(self, day: date) -> datetime:
        """Return the closing time by the office's hours, also of a day on which it does not open."""
        return min(self.at(day, max(each.end for each in self.office)), self.end_of_day(day))

    def last_moment(self, day: date) -> datetime:
        """Return the last second of ``day`` for a period that ends on it, as ``period_ends`` says."""
        return self.close_of(day) if self.period_ends == CLOSING_TIME else self.end_of_day(day)

    def is_open(self, moment: datetime) -> bool:
        """Tell whether the office does business at ``moment``; closing time itself is closed."""
        now = self.local(moment)
        days = [day for day in (now.date() - _ONE_DAY, now.date()) if self.calendar.is_working_day(day)]
        return any(opens <= now < closes for opens, closes in self._spans(self.office, days))

    def shift_end(self, moment: datetime) -> datetime:
        """Return the end of the technician shift that holds ``moment``, or of the next one if none does.

        A shift holds its first moment and not its last. Where two overlap, the one that ends first.
        """
        now = self.local(moment)
        shifts = list(self._spans(self.technician_shifts, _days_from(now.date() - _ONE_DAY, 3)))
        holding = [ends for begins, ends in shifts if begins <= now < ends]
        return min(holding) if holding else min(shift for shift in shifts if shift[0] > now)[1]

    def add_on_duty(self, start: datetime, minutes: int | timedelta) -> datetime:
        """Return the moment when the front desk has been on duty for ``minutes`` since ``start``.

        Outside its hours the clock stands; time that ends with the hours ends at closing, not next morning.
        """
        now = self.local(start)
        left = minutes if isinstance(minutes, timedelta) else timedelta(minutes=minutes)
        if not left:
            return now
        for begins, ends in self._duty_from(now):
            if begins + left <= ends:
                return begins + left
            left -= ends - begins
        raise AssertionError("duty goes on for ever")

    def on_duty_between(self, start: datetime, end: datetime) -> timedelta:
        """Return how long the front desk is on duty from ``start`` to ``end``; 0 if ``end`` is not later."""
        until, total = self.local(end), timedelta()
        for begins, ends in self._duty_from(self.local(start)):
            if begins >= until:
                break
            total += min(ends, until) - begins
        return total

    def _duty_from(self, now: datetime) -> Iterator[Span]:
        """Yield what is left of the front desk's hours from ``now`` on, in order and without overlap."""
        every_day = self.frontdesk_days == EVERY_DAY
        days = (
            day for day in _days_from(now.date() - _ONE_DAY) if every_day or self.calendar.is_working_day(day)
        )
        for begins, ends in self._spans(self.frontdesk_on_duty, days):
            if ends > now:
                yield max(begins, now), ends
                now = ends

    def _spans(self, intervals: Sequence[Interval], days: Iterable[date]) -> Iterator[Span]:
        for day in days:
            for each in sorted(intervals):
                yield self.at(day, each.start), self.at(day, each.end)


def _days_from(first: date, count: int | None = None) -> Iterator[date]:
    while count is None or count > 0:
        yield first
        first += _ONE_DAY
        count = None if count is None else count - 1


def _intervals(texts: object) -> tuple[Interval, ...]:
    if not isinstance(texts, list | tuple):
        raise RuleViolation("hours.unreadable", text=str(texts))
    return tuple(parse_interval(str(text)) for text in texts)
