"""The shapes that a roster takes on its way from the file to the plan."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

Kind = Literal["owner", "co_owner", "tenant", "company", "contact"]
Occupancy = Literal["occupied", "not_moved_in", "not_handed_over", "vacant", "let", "business", "unknown"]
OWNERS: frozenset[str] = frozenset({"owner", "co_owner", "company"})


class Source(NamedTuple):
    """Where something stands: the sheet's name and the row as Excel counts it, from 1."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: clean cells, merged cells filled downwards, and where cells are merged sideways.

    Args:
        rows: equally long rows; row 1 of the sheet is ``rows[0]``.
        wide: ``(row, first column, last column)`` of each cell merged sideways, from 0.
    """

    name: str
    rows: list[list[str]]
    wide: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A warning or a refusal: its code, the values its sentence needs, where it stands."""

    source: Source
    code: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken, with its cells as they were read."""

    source: Source
    code: str
    params: dict[str, str]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """A home's place. ``key`` tells homes apart; ``written`` is its one written form and reads back as itself."""

    building: str
    unit: str
    room: str
    floor: int | None = field(default=None, compare=False)

    @property
    def key(self) -> tuple[str, str, str]:
        return self.building, self.unit, self.room

    @property
    def written(self) -> str:
        if not self.building and self.unit:
            return f"{self.unit}单元{self.room}"
        return "-".join(part for part in self.key if part)


@dataclass(slots=True)
class ParsedPerson:
    """A person or company named on a home. ``name`` is empty where the file has only a number."""

    kind: Kind
    name: str
    phones: list[str] = field(default_factory=list)
    is_company: bool = False


@dataclass(slots=True)
class ParsedHome:
    """A home as the file describes it. What the file leaves blank is ``None`` or empty.

    Args:
        area_centi: 0.01 m².
        handed_over_on: of a bare month or year its first day.
        flags: codes, sorted.
    """

    at: Room
    area_centi: int | None = None
    occupancy: Occupancy = "unknown"
    handed_over_on: date | None = None
    parking: str = ""
    remark: str = ""
    flags: list[str] = field(default_factory=list)
    people: list[ParsedPerson] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    @property
    def written(self) -> str:
        return self.at.written


@dataclass(slots=True)
class ParsedRoster:
    """All that was read from one file.

    Args:
        digest: SHA-256 of the file.
        rows: data rows read, the refused ones among them; no titles, headers, blanks, remarks, totals.
        headers: the header's words of each sheet that has one, for giving refused rows back.
    """

    digest: str
    rows: int = 0
    homes: list[ParsedHome] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    headers: dict[str, list[str]] = field(default_factory=dict)

    @property
    def household_count(self) -> int:
        """Return the households in the file: homes with at least one person."""
        return sum(1 for home in self.homes if home.people)
