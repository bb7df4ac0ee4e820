"""The rows that a plan writes: homes, people, numbers, ties, each as the columns of its table."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from hemu.estate.roster.changes import HomeChange, KnownHome, KnownPerson, Plan
from hemu.estate.roster.identity import PeopleIndex
from hemu.estate.roster.plan import stamp_of, values_of
from hemu.estate.roster.shapes import ParsedHome, ParsedPerson
from hemu.infra.identity import new_id

Columns = dict[str, Any]


@dataclass
class Drafts:
    """Rows by table. A home, person or tie whose id is known already is changed, the others are new.

    A home to be changed carries what it ``was``, to see whether it still stands so.
    """

    homes: list[Columns] = field(default_factory=list)
    people: dict[UUID, Columns] = field(default_factory=dict)
    phones: list[Columns] = field(default_factory=list)
    ties: list[Columns] = field(default_factory=list)


def rising_ids(now: datetime) -> Iterator[UUID]:
    """Yield version 7 ids of one moment that rise, so that thousands of rows land at an index's end in order."""
    value = new_id(now).int & ~(1 << 61)  # room to rise: 2**61 steps before the variant's bits
    while True:
        yield UUID(int=value)
        value += secrets.randbelow(2**32) + 1


def draft(
    plan: Plan,
    known: Iterable[KnownHome],
    *,
    community: UUID,
    now: datetime,
    initials: Callable[[str], str],
) -> Drafts:
    """Return the rows of a plan.

    Args:
        known: all homes of the community; a new name with a known number is a known person.
        initials: turns a name into the letters by which it is found.
    """
    return _Drafting(known, community, now, initials).all(plan)


class _Drafting:
    def __init__(
        self, known: Iterable[KnownHome], community: UUID, now: datetime, initials: Callable[[str], str]
    ) -> None:
        self.rows = Drafts()
        self.community = community
        self.ids = rising_ids(now)
        self.initials = initials
        self.index: PeopleIndex[UUID] = PeopleIndex()
        self.numbers: dict[UUID, list[str]] = {}
        for home in known:
            for person in home.people:
                self._remember(
                    person.person, person.name, person.phones, home.written, is_company=person.is_company
                )

    def all(self, plan: Plan) -> Drafts:
        for parsed in plan.created:
            self._create(parsed)
        for change in (*plan.updated, *plan.unchanged):
            self._change(change)
        return self.rows

    def _remember(self, who: UUID, name: str, phones: Iterable[str], home: str, *, is_company: bool) -> None:
        self.index.add(who, name, phones, home=home, is_company=is_company)
        known = self.numbers.setdefault(who, [])
        known += [phone for phone in phones if phone not in known]

    def _create(self, parsed: ParsedHome) -> None:
        home = next(self.ids)
        building, unit, room = parsed.at.key
        place = {"building": building, "unit": unit, "room": room, "written": parsed.written}
        values = {**values_of(parsed), "flags": parsed.flags, "imported": stamp_of(parsed)}
        self.rows.homes.append({"id": home, "community_id": self.community, **place, **values})
        for person in parsed.people:
            self._bind(person, home, parsed.written, None)

    def _change(self, change: HomeChange) -> None:
        home = change.home
        if change.values or change.imported != home.imported:
            was = {**home.values, "flags": list(home.flags)}
            values = {**was, **change.values, "imported": change.imported, "was": was}
            self.rows.homes.append({"id": home.id, "community_id": self.community, **home.place, **values})
        for person, name in change.naming:
            self._person(person.person, name, person.is_company)
            self._remember(person.person, name, person.phones, home.written, is_company=person.is_company)
        for person, phones in change.phones:
            self._add_phones(person.person, phones)
        for person, on in change.ending:
            self.rows.ties.append(_tie(person.tie, person.person, home.id, person.kind, person.since, on))
        for joining, since in change.joining:
            self._bind(joining, home.id, home.written, since)

    def _bind(self, person: ParsedPerson, home: UUID, written: str, since: date | None) -> None:
        who = self.index.find(person.name, person.phones, home=written, is_company=person.is_company)
        if who is None:
            who = next(self.ids)
            self._person(who, person.name, person.is_company)
        new = [phone for phone in person.phones if phone not in self.numbers.get(who, ())]
        self._add_phones(who, new)
        self._remember(who, person.name, person.phones, written, is_company=person.is_company)
        self.rows.ties.append(_tie(next(self.ids), who, home, person.kind, since, None))

    def _person(self, who: UUID, name: str, is_company: bool) -> None:
        self.rows.people[who] = {
            "id": who, "name": name, "initials": name and self.initials(name), "is_company": is_company,
        }  # fmt: skip

    def _add_phones(self, who: UUID, phones: Iterable[str]) -> None:
        known = self.numbers.setdefault(who, [])
        for phone in phones:
            if phone not in known:
                row = {"id": next(self.ids), "person_id": who, "number": phone, "position": len(known)}
                self.rows.phones.append(row)
                known.append(phone)


def _tie(tie: UUID, person: UUID, home: UUID, kind: str, since: date | None, until: date | None) -> Columns:
    ends = [each.isoformat() if each else None for each in (since, until)]
    return {"id": tie, "person_id": person, "home_id": home, "kind": kind, "since": ends[0], "until": ends[1]}


def ended(plan: Plan) -> list[tuple[KnownHome, KnownPerson, date]]:
    """Return the ties that a plan ends."""
    return [(change.home, person, on) for change in plan.updated for person, on in change.ending]
