"""The shapes of a comparison of a staff list with the staff: what is known, what would change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from hemu.estate.roster.shapes import Note, Refused
from hemu.staffing.staff_sheet.shapes import ParsedMember


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post that somebody holds, or will hold. ``office`` None: of the whole company."""

    id: int
    role: str
    office: UUID | None
    department: str
    since: date
    until: date | None
    by_sheet: bool
    beats: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A member of staff as they stand, with the posts that are not over."""

    id: UUID
    name: str
    number: str
    phone: str
    login: str
    left_on: date | None
    posts: tuple[KnownPost, ...] = ()


@dataclass(frozen=True)
class World:
    """What a list is compared with.

    Args:
        members: those whom the writer sees; to a list the others are not there.
        logins: that are taken, also those of others.
        offices: name → id.
        communities: name → (id, office).
        mine: the offices whose staff the writer may change; None among them: those of the whole company.
        writer: who writes, where it is a member of staff; nobody changes their own posts.
        today: the office's day.
    """

    members: tuple[KnownMember, ...]
    logins: frozenset[str]
    offices: Mapping[str, UUID]
    communities: Mapping[str, tuple[UUID, UUID]]
    mine: frozenset[UUID | None]
    writer: UUID | None
    today: date


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post as it will be. ``beats``: community → buildings, none for the whole of it."""

    role: str
    trade: str
    office: UUID | None
    department: str
    since: date
    until: date | None
    beats: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after: ``phone``, ``number``, ``post`` (role and office), ``left_on`` …"""

    field: str
    before: object
    after: object


@dataclass(slots=True)
class MemberChange:
    """What changes for one person; ``known`` None: a new one.

    Args:
        login: the log-in of a new one, given or proposed.
        values: columns of the person that change.
        giving: posts to be given.
        changing: posts that go on otherwise.
        ending: posts that end, and their last day.
        leaving_on: the day from which the person belongs to the company no more.
    """

    parsed: ParsedMember
    known: KnownMember | None = None
    login: str = ""
    returning: bool = False
    values: dict[str, str] = field(default_factory=dict)
    giving: list[PlannedPost] = field(default_factory=list)
    changing: list[tuple[KnownPost, PlannedPost]] = field(default_factory=list)
    ending: list[tuple[KnownPost, date]] = field(default_factory=list)
    kept: list[KnownPost] = field(default_factory=list)
    leaving_on: date | None = None
    changes: list[Change] = field(default_factory=list)


@dataclass(slots=True)
class StaffPlan:
    """All that a list would do."""

    created: list[MemberChange] = field(default_factory=list)
    updated: list[MemberChange] = field(default_factory=list)
    unchanged: list[MemberChange] = field(default_factory=list)
    missing: list[KnownMember] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)

    @property
    def leaving(self) -> list[MemberChange]:
        """Return those of the updated who leave."""
        return [change for change in self.updated if change.leaving_on]
