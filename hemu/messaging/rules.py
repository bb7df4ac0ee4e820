"""How a message goes out: by which channel, when, how often it is tried, and when nobody may repeat it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta, tzinfo
from enum import IntEnum, StrEnum
from typing import TypeVar

from hemu.foundation.hours import parse_interval

T = TypeVar("T")


class Channel(StrEnum):
    """The way a message takes; `copy` is a text that a person copies and sends by another way."""

    IN_APP = "in_app"
    SMS = "sms"
    EMAIL = "email"
    WECOM = "wecom"
    COPY = "copy"


class State(StrEnum):
    """Where a message stands. *unknown*: it may have gone out, so only a person sends it again."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    TAKEN_BACK = "taken_back"


class Recipient(StrEnum):
    """Who is told: a member of staff, an owner by number or address, the office's group."""

    STAFF = "staff"
    OWNER = "owner"
    GROUP = "group"


class Place(IntEnum):
    """What somebody waits for, by who waits least well: it goes before what is told to many, which has no place."""

    CODE = 1
    """A code to log in with: somebody sits before the page, and in five minutes it is worth nothing."""
    DANGER = 2
    REPLY = 3
    """A word to one owner about their own case."""


S = State
OUTWARD = (Channel.SMS, Channel.EMAIL, Channel.WECOM)
"""Channels through which the worker sends to the outside."""
GONE = (S.SENT, S.DELIVERED)
UNSETTLED = (S.FAILED, S.UNKNOWN)
"""What did not surely arrive: a person sees to it."""

TURN = 5
"""Messages outward in one turn: the last of them is the one that has waited longest, whatever its place."""


def next_in_turn(*, placed: Sequence[T], longest: Sequence[T]) -> list[T]:
    """Return what goes out in the next turn, in order: what has a place first, and always one by its age.

    So what somebody waits for stands behind five messages at most, however many are told at once, and of what is told
    to many at least every fifth goes out, however much is said to single owners.

    Args:
        placed: what has a place, best first.
        longest: what has waited longest, with a place or without, longest first.
    """
    chosen = list(placed[: TURN - 1])
    return chosen + [each for each in longest if each not in chosen][: TURN - len(chosen)]


RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 20, 60))
ASK_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 360))


def retry_at(*, tries: int, now: datetime) -> datetime | None:
    """Return when to try again after a clear refusal that may pass; None after five tries.

    Args:
        tries: how often it was tried, 1 or more.
    """
    return now + RETRY_AFTER[tries - 1] if tries <= len(RETRY_AFTER) else None


def ask_at(*, asked: int, now: datetime) -> datetime | None:
    """Return when to ask the gateway what became of a message, asked ``asked`` times so far; None after five."""
    return now + ASK_AFTER[asked] if asked < len(ASK_AFTER) else None


def out_of_quiet(moment: datetime, *, quiet: str, zone: tzinfo) -> datetime:
    """Return ``moment``, or the end of the quiet hours in which it lies (profiles.toml [hours] quiet).

    Args:
        quiet: ``21:00-08:00``; the start is quiet, the end is not.
    """
    hours = parse_interval(quiet)
    local = moment.astimezone(zone)
    for days in (1, 0):
        midnight = datetime.combine(local.date() - timedelta(days=days), time(), zone)
        if midnight + timedelta(minutes=hours.start) <= local < midnight + timedelta(minutes=hours.end):
            return midnight + timedelta(minutes=hours.end)
    return moment


def chosen_channel(
    *, preferred: Sequence[str], addresses: Mapping[str, str], ready: Collection[str]
) -> tuple[Channel, str]:
    """Return the first preferred channel that is ready and has an address, with that address; else `copy`."""
    for name in preferred:
        if name == Channel.COPY:
            break
        if name in ready and addresses.get(name):
            return Channel(name), addresses[name]
    return Channel.COPY, ""
