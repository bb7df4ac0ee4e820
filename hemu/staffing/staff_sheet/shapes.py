"""The shapes that a staff list takes on its way from the file to the plan."""

from dataclasses import dataclass, field
from datetime import date

from hemu.estate.roster.shapes import Note, Refused, Source


@dataclass(frozen=True, slots=True)
class ParsedPost:
    """A post as a row names it: office, department and communities in the file's own words.

    Args:
        trade: of the post or its department; empty where neither speaks of one.
        since, until: first and last day; None where the file says nothing.
        buildings: as the file writes them; none for whole communities.
    """

    role: str
    trade: str = ""
    office: str = ""
    department: str = ""
    communities: tuple[str, ...] = ()
    buildings: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(slots=True)
class ParsedMember:
    """A member of staff as the file describes them, all of their rows together.

    Args:
        left: the file marks them as gone; ``left_on`` is the day, where it says one.
    """

    name: str
    number: str = ""
    phone: str = ""
    login: str = ""
    posts: list[ParsedPost] = field(default_factory=list)
    left: bool = False
    left_on: date | None = None
    sources: list[Source] = field(default_factory=list)


@dataclass(slots=True)
class ParsedStaffList:
    """All that was read from one file.

    Args:
        digest: SHA-256 of the file.
        rows: data rows read, the refused ones among them.
        headers: the header's words of each sheet that has one, for giving refused rows back.
        cells: the cells of each row that was taken, for the same.
    """

    digest: str
    rows: int = 0
    members: list[ParsedMember] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    headers: dict[str, list[str]] = field(default_factory=dict)
    cells: dict[Source, tuple[str, ...]] = field(default_factory=dict)
