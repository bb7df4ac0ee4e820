"""A calendar as programs read it (RFC 5545), and the weeks of a month. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

MOST = 5
"""Addresses that one person has in use at a time."""
EVERY = timedelta(hours=1)
"""How often a program is asked to fetch it."""


@dataclass(frozen=True)
class Due:
    """A duty as a calendar shows it: what, where, until when. Nothing in it names a person."""

    uid: str
    clause: str
    title: str
    place: str
    due: datetime


def calendar_of(name: str, dues: Iterable[Due], *, made_at: datetime) -> bytes:
    """Return a calendar: an event for each duty at the moment at which it is due, in UTC, its identity kept for ever."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hemu//duties//ZH")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    for each in dues:
        event = Event()
        event.add("uid", f"{each.uid}@hemu")
        event.add("dtstamp", made_at.astimezone(UTC).replace(microsecond=0))
        event.add("dtstart", each.due.astimezone(UTC))
        event.add("summary", f"{each.clause} {each.title}")
        event.add("location", each.place)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def weeks_of(month: date) -> list[list[date]]:
    """Return the weeks, Monday first, that hold the days of a month, whole ones."""
    first = month - timedelta(days=month.weekday())
    after = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    weeks = []
    while first < after:
        weeks.append([first + timedelta(days=number) for number in range(7)])
        first += timedelta(days=7)
    return weeks
