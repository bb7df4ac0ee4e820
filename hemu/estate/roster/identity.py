"""Who is who: when two rows of a roster mean one person."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from hemu.estate.roster.shapes import ParsedHome

T = TypeVar("T")


class PeopleIndex(Generic[T]):
    """People found again by name and number.

    A company is one by its name. Two people of one name are one when they share a number, or when the
    home is the same; without a number nobody can say it of two homes.
    """

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, ...], T] = {}

    def find(self, name: str, phones: Iterable[str], *, home: str, is_company: bool) -> T | None:
        """Return who is known under this name and one of these numbers; ``home`` is its written form."""
        keys = _keys(name, phones, home, is_company)
        return next((self._by_key[key] for key in keys if key in self._by_key), None)

    def add(self, who: T, name: str, phones: Iterable[str], *, home: str, is_company: bool) -> None:
        """Remember somebody; the first one under a key stays."""
        for key in _keys(name, phones, home, is_company):
            self._by_key.setdefault(key, who)


def _keys(name: str, phones: Iterable[str], home: str, is_company: bool) -> list[tuple[str, ...]]:
    if is_company:
        return [("company", name)]
    shared = [("person", name, phone) for phone in phones if name]
    return [*shared, ("at home", home, name)]


def people_count(homes: Iterable[ParsedHome]) -> int:
    """Return how many distinct people and companies the homes name."""
    index: PeopleIndex[int] = PeopleIndex()
    count = 0
    for home in homes:
        for person in home.people:
            at = {"home": home.written, "is_company": person.is_company}
            who = index.find(person.name, person.phones, **at)  # type: ignore[arg-type]
            if who is None:
                who, count = count, count + 1
            index.add(who, person.name, person.phones, **at)  # type: ignore[arg-type]
    return count
