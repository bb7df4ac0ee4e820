"""A meeting as a calendar file that phones read (RFC 5545). Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

LASTS = timedelta(hours=2)
"""How long a calendar keeps free for a meeting; nobody says when one will end."""


@dataclass(frozen=True)
class Invitation:
    """What stands in the calendar: ``serial`` grows with every move, so that a program replaces what it had."""

    uid: str
    title: str
    place: str
    topics: tuple[str, ...]
    starts: datetime
    serial: int = 0
    cancelled: bool = False


def calendar_of(invitation: Invitation, *, made_at: datetime) -> bytes:
    """Return the file: one event in UTC, its identity kept when the meeting moves; nothing in it names a person."""
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Hemu//meetings//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event.add("uid", f"{invitation.uid}@hemu")
    event.add("sequence", invitation.serial)
    event.add("dtstamp", made_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", invitation.starts.astimezone(UTC))
    event.add("dtend", (invitation.starts + LASTS).astimezone(UTC))
    event.add("summary", invitation.title)
    event.add("location", invitation.place)
    event.add("description", "\n".join(f"{at}. {each}" for at, each in enumerate(invitation.topics, start=1)))
    event.add("status", "CANCELLED" if invitation.cancelled else "CONFIRMED")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
