"""Which clauses the product keeps: clause → rules → operations → tests → screens, worked out from its source.

A clause is kept when every entry that fulfils it, and the entry that starts its clock, is

- declared in its room's ``entries``, with the facts the clause asks for,
- written by an operation: a module of ``operations`` that appends to the ledger and names the kind, itself or
  through the rules (the step table) it imports,
- and within reach: a page, API or command imports that operation, directly or through others.

That nobody reaches it by mistake, or that the operation works, is for the tests to show.
"""

from dataclasses import dataclass, field
from typing import Any

from hemu.sop.patterns import FAMILIES, EntryPattern
from hemu.sop.register import Clause, load_register
from hemu.sop.sources import Module, Sources, read_sources

LEDGER = "hemu.ledger.operations"
SCREENS = ("web", "management", "api")


@dataclass(frozen=True)
class Row:
    """What was found for one clause; ``missing`` says what keeps it from being kept."""

    clause: str
    evidence: str
    rules: tuple[str, ...]
    operations: tuple[str, ...]
    tests: tuple[str, ...]
    screens: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def by(self) -> str:
        """Which rooms keep it; ``hand`` where it has a clock or a trigger and no room does; else empty."""
        if self.kept:
            return " ".join(sorted({name.split(".")[1] for name in self.operations}))
        clause = load_register().clauses[self.clause]
        return "hand" if clause.every or clause.trigger else ""

    @property
    def kept(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    def as_json(self) -> dict[str, Any]:
        """Return the row as plain values."""
        lists = ("rules", "operations", "tests", "screens", "missing")
        return {
            "clause": self.clause,
            "kept": self.kept,
            "by": self.by,
            "evidence": self.evidence,
            **{name: list(getattr(self, name)) for name in lists},
        }

    def as_line(self) -> str:
        """Return the row as a line of a table."""
        if not self.kept:
            return f"  {self.clause:<7} {self.evidence:<58} – {'; '.join(self.missing)}"
        counts = f"{len(self.rules)} → {len(self.operations)} → {len(self.tests)} → {len(self.screens)}"
        return f"✓ {self.clause:<7} {self.evidence:<58} {counts}"


@dataclass
class _House:
    """The sources, and what has been worked out from them once."""

    sources: Sources
    writers: dict[str, set[str]] = field(default_factory=dict)
    screens: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for module in self.sources.of_layer("operations"):
            for kind in self._written(module):
                self.writers.setdefault(kind, set()).add(module.name)
        for screen in self.sources.of_layer(*SCREENS):
            if "demo" in screen.name:  # invented cases are nobody's screen
                continue
            for reached in self._reached(screen):
                self.screens.setdefault(reached, set()).add(screen.name)

    def _written(self, module: Module) -> set[str]:
        """Return the strings, kinds among them, that an operation which appends can name."""
        if not any(target == LEDGER for target, _ in module.imports):
            return set()
        named = set(module.strings)
        for name in self.sources.imported_by(module):
            rules = self.sources.modules[name]
            if rules.layer == "rules" and rules.room == module.room:
                named |= rules.strings
        return {string for string in named if "." in string}

    def _reached(self, screen: Module) -> set[str]:
        reached: set[str] = set()
        waiting = [screen]
        while waiting:
            for name in self.sources.imported_by(waiting.pop()) - reached:
                module = self.sources.modules[name]
                if module.layer == "operations":
                    reached.add(name)
                    waiting.append(module)
        return reached

    def strings_of(self, room: str, *layers: str) -> frozenset[str]:
        """Return the strings of a room's modules of these layers."""
        modules = [module for module in self.sources.of_layer(*layers) if module.room == room]
        return frozenset().union(*(module.strings for module in modules))

    def lacks(self, pattern: EntryPattern) -> str | None:
        """Return what is missing for such entries to be written by somebody, if anything is."""
        declared = self.sources.of_layer("entries")
        if any(pattern.kind in each.brings for each in declared):
            return None
        entries = [each for each in declared if pattern.kind in each.strings]
        if not entries:
            return f"{pattern.kind}: not declared"
        room = entries[0].room
        known = self.strings_of(room, "entries", "rules", "operations")
        for name, value in pattern.facts:
            if name not in known or not _speaks_of(known, name, value):
                return f"{pattern}: no such fact"
        if pattern.kind not in self.writers:
            return f"{pattern.kind}: no operation"
        if not any(writer in self.screens for writer in self.writers[pattern.kind]):
            return f"{pattern.kind}: not within reach"
        return None


def kept_clauses(sources: Sources | None = None) -> list[Row]:
    """Return a row for every clause of the register, in its order."""
    house = _House(sources or read_sources())
    return [_row(clause, house) for clause in load_register().clauses.values()]


def _row(clause: Clause, house: _House) -> Row:
    kinds = clause.evidence_rule.kinds()
    operations = {writer for kind in kinds for writer in house.writers.get(kind, ())}
    rules = [
        module.name
        for module in house.sources.modules.values()
        if (module.layer == "rules" or module.room == "sop") and clause.id in module.strings
    ]
    tests = [
        path
        for path, words in house.sources.words_of_tests.items()
        if clause.id in words or kinds & words or _quotes(house.sources.tests[path], clause.due)
    ]
    return Row(
        clause=clause.id,
        evidence=clause.evidence,
        rules=tuple(sorted(rules)),
        operations=tuple(sorted(operations)),
        tests=tuple(tests),
        screens=tuple(sorted({screen for name in operations for screen in house.screens.get(name, ())})),
        missing=tuple(_missing(clause, house)),
    )


def _missing(clause: Clause, house: _House) -> list[str]:
    ways = [
        [lack for each in way if (lack := house.lacks(each))] for way in clause.evidence_rule.alternatives
    ]
    missing = min(ways, key=len)
    trigger = clause.trigger_pattern
    if trigger and (lack := house.lacks(trigger)):
        missing = [*missing, lack]
    return missing


def _speaks_of(known: frozenset[str], name: str, value: str) -> bool:
    if value in ("true", "false"):
        return True
    return not known.isdisjoint(FAMILIES.get((name, value), (value,)))


def _quotes(text: str, due: str | None) -> bool:
    return due is not None and f'"{due}"' in text
