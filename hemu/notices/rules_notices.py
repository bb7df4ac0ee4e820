"""Notices: their kinds, where and how long they hang, and taking them down. Pure.

A notice is a paper (room `papers`) that is drafted, approved and sealed there; here it is posted with a photo and taken
down by the working day after it expires (NT-02 to NT-14).
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from enum import StrEnum

from hemu.foundation.errors import RuleViolation
from hemu.notices import rules_works

KINDS = (
    *rules_works.KINDS,
    "event",
    "fire_and_law",
    "annual_plan",
    "survey_measures",
    "complaint_digest",
    "hotlines",
    "emergency",
    "external",
    "general",
)
CHANNELS = ("board", "door", "letter_box", "app", "screen", "group", "broadcast")
BROADCAST = "broadcast"
"""Asks for the director's consent of its own (NT-04)."""
MOST_PLACES = 40
LONGEST_HANGING = timedelta(days=366)


class State(StrEnum):
    """How a notice stands; up to APPROVED it is the paper's state."""

    WRITTEN = "written"
    APPROVED = "approved"
    ISSUED = "issued"
    POSTED = "posted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    VOID = "void"


def state_of(paper: str, *, posted: bool, withdrawn: bool, until: date, today: date) -> State:
    """Return how a notice stands on a day.

    Args:
        paper: the state of its paper.
        posted: hangs or hung somewhere.
        withdrawn: was taken down everywhere.
        until: the last day on which it hangs.
    """
    if withdrawn:
        return State.WITHDRAWN
    if paper == "void":
        return State.VOID
    if posted:
        return State.EXPIRED if today > until else State.POSTED
    return {"approved": State.APPROVED, "issued": State.ISSUED}.get(paper, State.WRITTEN)


def check_kind(kind: str) -> str:
    """Return a kind of notice.

    Raises:
        RuleViolation: ``notice.unknown_kind`` (kind, known).
    """
    if kind not in KINDS:
        raise RuleViolation("notice.unknown_kind", kind=kind, known=list(KINDS))
    return kind


def check_channels(channels: Collection[str]) -> list[str]:
    """Return the channels in the order of the table, at least one.

    Raises:
        RuleViolation: ``notice.no_channel``, ``notice.unknown_channel`` (channel, known).
    """
    for each in channels:
        if each not in CHANNELS:
            raise RuleViolation("notice.unknown_channel", channel=each, known=list(CHANNELS))
    if not channels:
        raise RuleViolation("notice.no_channel")
    return [each for each in CHANNELS if each in channels]


def check_hanging(since: date | None, until: date | None, *, today: date) -> tuple[date, date]:
    """Return from when to when a notice hangs, both days included (起止日期).

    Raises:
        RuleViolation: ``notice.no_days``, ``notice.days_over``, ``notice.hangs_too_long``.
    """
    if since is None or until is None:
        raise RuleViolation("notice.no_days")
    if until < today or until < since:
        raise RuleViolation("notice.days_over")
    if until - since > LONGEST_HANGING:
        raise RuleViolation("notice.hangs_too_long")
    return since, until


def check_place(place: str, places: Sequence[str]) -> str:
    """Return the place where a notice is posted.

    Args:
        places: where it hangs or hung already.

    Raises:
        RuleViolation: ``notice.no_place``, ``notice.place_taken``, ``notice.too_many_places`` (limit).
    """
    place = " ".join(place.split())[:60]
    if not place:
        raise RuleViolation("notice.no_place")
    if place in places:
        raise RuleViolation("notice.place_taken")
    if len(places) >= MOST_PLACES:
        raise RuleViolation("notice.too_many_places", limit=MOST_PLACES)
    return place


def is_for(building: str, buildings: Collection[str]) -> bool:
    """Tell whether a notice is for the homes of a building; one that names none is for all."""
    return not buildings or building in buildings
