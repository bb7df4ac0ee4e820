"""The shapes of a comparison: what is known, what would change, what is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from hemu.estate.roster.shapes import ParsedHome, ParsedPerson

Value = str | int | list[str] | None
Sale = Literal["sold", "spelling"]
BLANK: tuple[Value, ...] = (None, "", [], "unknown")
FIELDS = ("floor", "area_centi", "occupancy", "handed_over_on", "parking", "remark")


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody bound to a home now, by the tie ``tie``."""

    tie: UUID
    person: UUID
    kind: str
    name: str
    phones: tuple[str, ...] = ()
    is_company: bool = False
    since: date | None = None


@dataclass(frozen=True, slots=True)
class KnownHome:
    """A home of the community as it stands.

    Args:
        values: by the names of ``FIELDS``, a date in ISO form.
        place: its building, unit, room and written form as the row has them.
    """

    id: UUID
    written: str
    values: Mapping[str, Value]
    flags: tuple[str, ...] = ()
    people: tuple[KnownPerson, ...] = ()
    imported: Mapping[str, object] = field(default_factory=dict)
    place: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the desk said of a new owner's name; ``on`` is the day of the sale."""

    choice: Sale
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after. ``people`` and ``phones`` name the person in ``before`` or ``after``."""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Question:
    """New owners' names on a home: sold, or a spelling? ``guess`` is what the names and numbers suggest."""

    home: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    guess: Sale


@dataclass(slots=True)
class HomeChange:
    """What changes on one home.

    Args:
        joining: people to be bound to it, from the day where there is one.
        phones: numbers to be added to a person.
        naming: names to be given to a person.
        ending: ties that end, and on which day.
    """

    home: KnownHome
    parsed: ParsedHome
    changes: list[Change] = field(default_factory=list)
    kept: list[Change] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)
    joining: list[tuple[ParsedPerson, date | None]] = field(default_factory=list)
    phones: list[tuple[KnownPerson, list[str]]] = field(default_factory=list)
    naming: list[tuple[KnownPerson, str]] = field(default_factory=list)
    ending: list[tuple[KnownPerson, date]] = field(default_factory=list)
    missing: list[KnownPerson] = field(default_factory=list)
    imported: dict[str, object] = field(default_factory=dict)
    question: Question | None = None


@dataclass(slots=True)
class Plan:
    """All that an import would do. ``created`` + ``updated`` + ``unchanged`` are the homes of the file.

    Args:
        unchanged: among them homes of which only the note of what was last imported moves.
        missing: homes that the file does not have, by their written form.
    """

    created: list[ParsedHome] = field(default_factory=list)
    updated: list[HomeChange] = field(default_factory=list)
    unchanged: list[HomeChange] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def _all(self) -> Iterable[HomeChange]:
        yield from self.updated
        yield from self.unchanged

    @property
    def questions(self) -> list[Question]:
        return [change.question for change in self._all() if change.question]

    @property
    def kept(self) -> list[tuple[str, Change]]:
        """Return home and difference of what was mended by hand."""
        return [(change.home.written, kept) for change in self._all() for kept in change.kept]

    @property
    def missing_people(self) -> list[tuple[str, str]]:
        """Return home and name of those whom the file does not name any more."""
        return [(change.home.written, person.name) for change in self._all() for person in change.missing]
