"""Notices: their kinds, where and how long they hang, and taking them down. Pure.

A notice is a paper (room `papers`) that is drafted, approved and sealed there; here it is posted with a photo and taken
down by the working day after it expires (NT-02 to NT-14).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
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
CHANNELS = ("board", "door", "letter_box", "app", "message", "screen", "group", "broadcast")
BY_PHONE = frozenset({"app", "message"})
"""Through which a notice reaches owners by itself once it is issued."""
BROADCAST = "broadcast"
"""Asks for the director's consent of its own (NT-04)."""
NEEDS_CONSENT = frozenset({"event"})
"""Kinds of which only who agreed to it is told by message (DESIGN §5); the others rest on the contract or the law."""
NEEDS_SEALED_SHEET = frozenset({"outage"})
"""Kinds that the law on electronic signatures leaves out (art. 3: stopping water, heat or gas)."""
ROLES = {"owner": ("owner", "co_owner", "company"), "tenant": ("tenant",)}
"""Whom of a household a notice may be for: by which ties to the home."""
MOST_PLACES = 40
LONGEST_HANGING = timedelta(days=366)


class State(StrEnum):
    """How a notice stands; up to APPROVED it is the paper's state."""

    WRITTEN = "written"
    APPROVED = "approved"
    ISSUED = "issued"
    PUBLISHED = "published"
    ENDED = "ended"
    POSTED = "posted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    VOID = "void"


def state_of(
    paper: str, *, published: bool, posted: bool, withdrawn: bool, until: date, today: date
) -> State:
    """Return how a notice stands on a day.

    Args:
        paper: the state of its paper.
        published: owners can read it by phone.
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
    if published:
        return State.ENDED if today > until else State.PUBLISHED
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


@dataclass(frozen=True)
class Audience:
    """Whom a notice is for; one that names neither building nor unit nor home is for the whole community.

    Attributes:
        units: (building, unit).
        homes: as homes are written.
        roles: keys of ``ROLES``; none: whoever is bound to a home.
    """

    buildings: tuple[str, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    homes: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    @property
    def everywhere(self) -> bool:
        """Tell whether it names no place, and so all of them."""
        return not (self.buildings or self.units or self.homes)

    @property
    def ties(self) -> tuple[str, ...]:
        """Return the ties by which somebody belongs to it; empty: any."""
        return tuple(tie for role in self.roles for tie in ROLES[role])

    @property
    def parts(self) -> list[str]:
        """Return what it names, as people write it."""
        return [*self.buildings, *(f"{building}-{unit}" for building, unit in self.units), *self.homes]

    def reaches(self, *, building: str, unit: str, written: str, tie: str) -> bool:
        """Tell whether it is for somebody of a home."""
        here = building in self.buildings or (building, unit) in self.units or written in self.homes
        return (self.everywhere or here) and (not self.roles or tie in self.ties)


def check_roles(roles: Collection[str]) -> list[str]:
    """Return whom of a household a notice is for, in the order of the table.

    Raises:
        RuleViolation: ``notice.unknown_role`` (role, known).
    """
    for each in roles:
        if each not in ROLES:
            raise RuleViolation("notice.unknown_role", role=each, known=list(ROLES))
    return [each for each in ROLES if each in roles]
