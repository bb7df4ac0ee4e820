"""What the forms of meetings bring: moments, days, ids."""

from datetime import date, datetime, time
from uuid import UUID

from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, typed_day


def read_day(text: str) -> date | None:
    """Return a day as forms send it; None for anything else."""
    try:
        return typed_day(text)
    except ValueError:
        return None


def read_start(day: str, clock: str) -> datetime | None:
    """Return a day and a time of the office as a moment; None where either is missing."""
    read = read_day(day)
    try:
        return datetime.combine(read, time.fromisoformat(clock), OFFICE_ZONE) if read else None
    except ValueError:
        return None


def read_end_of_day(day: str) -> datetime:
    """Return the last minute of a day.

    Raises:
        RuleViolation: ``meeting.no_day``.
    """
    read = read_day(day)
    if read is None:
        raise RuleViolation("meeting.no_day")
    return datetime.combine(read, time(23, 59), OFFICE_ZONE)


def read_id(text: str) -> UUID | None:
    """Return an id; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
