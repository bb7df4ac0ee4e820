"""Moments as text."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")
FIRST_YEAR, LAST_YEAR = 1800, 9000


def office_day(moment: datetime) -> date:
    """Return the day that an aware moment falls on at the offices."""
    return moment.astimezone(OFFICE_ZONE).date()


def iso_utc(moment: datetime) -> str:
    """Return a moment as the ledger writes it: UTC, six digits of a second, ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def iso_local(moment: datetime | None) -> str | None:
    """Return a moment in the office's zone with its offset, to the second; None stays None."""
    return moment.astimezone(OFFICE_ZONE).isoformat(timespec="seconds") if moment else None


def is_reckonable(day: date) -> bool:
    """Tell whether days before and after it, and its moments in every zone, exist: at the ends of the calendar they do not."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def parse_moment(text: str) -> datetime:
    """Read an ISO 8601 moment; without an offset it is the office's local time.

    Raises:
        ValueError: the text is no moment.
    """
    moment = datetime.fromisoformat(text.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=OFFICE_ZONE)


def typed_moment(text: str) -> datetime:
    """Read what somebody typed, as `parse_moment`.

    Raises:
        ValueError: the text is no moment, or one at the ends of the calendar, which not every zone has.
    """
    moment = parse_moment(text)
    if not is_reckonable(moment):
        raise ValueError(text)
    return moment


def typed_day(text: str) -> date:
    """Read a day that somebody typed, ``2026-10-20``.

    Raises:
        ValueError: the text is no day, or one at the ends of the calendar.
    """
    day = date.fromisoformat(text)
    if not is_reckonable(day):
        raise ValueError(text)
    return day
