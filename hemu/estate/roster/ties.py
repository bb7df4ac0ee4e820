"""Comparing the people of a home, side by side: the owners, the tenants, the contacts."""

from collections.abc import Iterable
from datetime import date

from hemu.estate.roster.changes import Answer, Change, HomeChange, KnownPerson, Question, Sale
from hemu.estate.roster.shapes import OWNERS, ParsedPerson
from hemu.foundation.errors import RuleViolation

_SIDES = ("owner", "tenant", "contact")


def side_of(kind: str) -> str:
    """Return the side a tie's kind is on; owners, co-owners and companies are one."""
    return "owner" if kind in OWNERS else kind


def stamped_people(people: Iterable[ParsedPerson]) -> list[list[object]]:
    """Return side, name and numbers of people as a home remembers them of an import, in one order."""
    stamp: dict[tuple[str, str], set[str]] = {}
    for person in people:
        stamp.setdefault((side_of(person.kind), person.name), set()).update(person.phones)
    return _stamp(stamp)


def _stamp(people: dict[tuple[str, str], set[str]]) -> list[list[object]]:
    return [[side, name, sorted(phones)] for (side, name), phones in sorted(people.items())]


def compare_people(change: HomeChange, answer: Answer | None) -> None:
    """Add to the change what becomes of the home's people.

    Raises:
        RuleViolation: ``roster.sold_before_bought`` (``home``): the sale's day lies before the old tie's.
    """
    remembered = change.home.imported.get("people")
    stamp: dict[tuple[str, str], set[str]] = {
        (side, name): set(phones)
        for side, name, phones in (remembered if isinstance(remembered, list) else [])
    }
    for side in _SIDES:
        _Side(change, side, stamp).compare(answer)
    change.imported["people"] = _stamp(stamp)


class _Side:
    """One side of a home: who is known (``left``: not yet found in the file) and who is new in the file."""

    def __init__(self, change: HomeChange, side: str, stamp: dict[tuple[str, str], set[str]]) -> None:
        self.change = change
        self.side = side
        self.stamp = stamp
        self.known = [person for person in change.home.people if side_of(person.kind) == side]
        self.left = list(self.known)
        self.new: list[ParsedPerson] = []

    def compare(self, answer: Answer | None) -> None:
        parsed = [person for person in self.change.parsed.people if side_of(person.kind) == self.side]
        for person in sorted(parsed, key=lambda person: not person.name):
            self._place(person)
        if self.side == "owner" and self.new and self.left:
            self._settle(answer)
            return
        for person in self.new:
            self._join(person, None)
        if parsed:
            self.change.missing += self.left

    def _place(self, person: ParsedPerson) -> None:
        """Find a person of the file among the known, or count them as new."""
        if found := self._found(person):
            self._add_phones(found, person)
        elif person.name and (nameless := next((known for known in self.left if not known.name), None)):
            self._name(nameless, person)
        elif person.name and (self.side, person.name) in self.stamp:
            self._keep(person)
        else:
            self.new.append(person)

    def _found(self, person: ParsedPerson) -> KnownPerson | None:
        if person.name:
            found = next((known for known in self.left if known.name == person.name), None)
        else:
            sharing = (known for known in self.known if set(known.phones) & set(person.phones))
            found = next(sharing, self.known[0] if self.known else None)
        if found in self.left:
            self.left.remove(found)
        return found

    def _add_phones(self, known: KnownPerson, person: ParsedPerson) -> None:
        stamped = self.stamp.setdefault((self.side, person.name), set())
        new = [phone for phone in person.phones if phone not in known.phones]
        removed_by_hand = [phone for phone in new if phone in stamped]
        added = [phone for phone in new if phone not in stamped]
        if removed_by_hand:
            self.change.kept.append(Change("phones", list(known.phones), list(person.phones)))
        if added:
            self.change.phones.append((known, added))
            self.change.changes.append(Change("phones", list(known.phones), [*known.phones, *added]))
        stamped.update(person.phones)

    def _name(self, known: KnownPerson, person: ParsedPerson) -> None:
        """Give a known person the file's name."""
        if known in self.left:
            self.left.remove(known)
        self.stamp.pop((self.side, known.name), None)
        self.change.naming.append((known, person.name))
        self.change.changes.append(Change("people", [known.name], [person.name]))
        self._add_phones(known, person)

    def _keep(self, person: ParsedPerson) -> None:
        """Keep what was mended by hand: the file says again what it said before, and the home another thing."""
        self.change.kept.append(Change("people", [known.name for known in self.known], person.name))
        by_hand = next((known for known in self.left if (self.side, known.name) not in self.stamp), None)
        if by_hand:
            self.left.remove(by_hand)

    def _join(self, person: ParsedPerson, since: date | None) -> None:
        self.change.joining.append((person, since))
        self.change.changes.append(Change("people", None, [person.name]))
        self.stamp.setdefault((self.side, person.name), set()).update(person.phones)

    def _settle(self, answer: Answer | None) -> None:
        """New owners where known ones are not in the file: by the answer, or ask."""
        if answer and answer.choice == "spelling":
            named = len(self.left)
            for known, person in zip(list(self.left), self.new, strict=False):
                self._name(known, person)
            for person in self.new[named:]:
                self._join(person, None)
            self.change.missing += self.left
        elif answer and answer.on:
            self._sell(answer.on)
        else:
            before = tuple(known.name for known in self.left)
            after = tuple(person.name for person in self.new)
            guess = _guess(self.left, self.new)
            self.change.question = Question(self.change.home.written, before, after, guess)

    def _sell(self, on: date) -> None:
        for known in self.left:
            if known.since and on < known.since:
                raise RuleViolation("roster.sold_before_bought", home=self.change.home.written)
            self.change.ending.append((known, on))
            self.stamp.pop((self.side, known.name), None)
        before = [known.name for known in self.left]
        self.change.changes.append(Change("people", before, [person.name for person in self.new]))
        for person in self.new:
            self.change.joining.append((person, on))
            self.stamp.setdefault((self.side, person.name), set()).update(person.phones)


def _guess(left: list[KnownPerson], new: list[ParsedPerson]) -> Sale:
    """Return *spelling* where a number stayed the same, or where one sign differs and no numbers speak against it."""
    before = {phone for known in left for phone in known.phones}
    after = {phone for person in new for phone in person.phones}
    alike = any(_one_sign_apart(known.name, person.name) for known in left for person in new)
    return "spelling" if before & after or (alike and not (before and after)) else "sold"


def _one_sign_apart(old: str, new: str) -> bool:
    if len(old) != len(new) or old[:1] != new[:1]:
        return False
    return sum(1 for before, after in zip(old, new, strict=True) if before != after) == 1
