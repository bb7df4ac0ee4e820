"""Moments as text."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")


def office_day(moment: datetime) -> date:
    """Return the day that an aware moment falls on at the offices."""
    return moment.astimezone(OFFICE_ZONE).date()


def iso_utc(moment: datetime) -> str:
    """Return a moment as the ledger writes it: UTC, six digits of a second, ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def iso_local(moment: datetime | None) -> str | None:
    """Return a moment in the office's zone with its offset, to the second; None stays None."""
    return moment.astimezone(OFFICE_ZONE).isoformat(timespec="seconds") if moment else None


def parse_moment(text: str) -> datetime:
    """Read an ISO 8601 moment; without an offset it is the office's local time.

    Raises:
        ValueError: the text is no moment.
    """
    moment = datetime.fromisoformat(text.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=OFFICE_ZONE)
