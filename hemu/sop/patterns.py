"""Entry patterns ``noun.verb[fact=value]`` and the evidence expressions made of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from hemu.foundation.errors import RuleViolation

Facts = Mapping[str, object]
FAMILIES = {("type", "repair"): ("repair_home", "repair_public")}
"""Values that stand for several: ``[type=repair]``."""

_KIND = r"[a-z]+(?:_[a-z]+)*(?:\.[a-z]+(?:_[a-z]+)*){1,2}"
_FACT = r"[a-z]+(?:_[a-z]+)*=[a-z0-9]+(?:_[a-z0-9]+)*"
_PATTERN = re.compile(rf"({_KIND})(?:\[({_FACT}(?:,{_FACT})*)\])?", re.ASCII)


@dataclass(frozen=True)
class EntryPattern:
    """A kind of entry and the facts it must carry, as texts; booleans are ``true`` and ``false``."""

    kind: str
    facts: tuple[tuple[str, str], ...] = ()

    def matches(self, kind: str, facts: Facts) -> bool:
        """Tell whether an entry of ``kind`` with ``facts`` fits; a fact that is missing does not."""
        return kind == self.kind and all(
            name in facts and _as_text(facts[name]) in FAMILIES.get((name, value), (value,))
            for name, value in self.facts
        )

    def is_narrower_than(self, other: "EntryPattern") -> bool:
        """Tell whether it asks all that ``other`` asks, and more."""
        return self.kind == other.kind and set(self.facts) > set(other.facts)

    def __str__(self) -> str:
        facts = ",".join(f"{name}={value}" for name, value in self.facts)
        return f"{self.kind}[{facts}]" if facts else self.kind


@dataclass(frozen=True)
class Evidence:
    """What fulfils a clause: any of the alternatives, each with all of its patterns."""

    alternatives: tuple[tuple[EntryPattern, ...], ...]

    @property
    def patterns(self) -> tuple[EntryPattern, ...]:
        """All patterns, in the order written."""
        return tuple(pattern for each in self.alternatives for pattern in each)

    def kinds(self) -> frozenset[str]:
        """Return the kinds of entries that can take part."""
        return frozenset(pattern.kind for pattern in self.patterns)

    def satisfied_by(self, entries: Iterable[tuple[str, Facts]]) -> bool:
        """Tell whether ``entries``, as (kind, facts), fulfil an alternative between them."""
        known = list(entries)
        return any(
            all(any(pattern.matches(kind, facts) for kind, facts in known) for pattern in each)
            for each in self.alternatives
        )


@lru_cache(maxsize=1024)
def parse_pattern(text: str) -> EntryPattern:
    """Read ``noun.(noun.)verb[fact=value,fact=value]``.

    Raises:
        RuleViolation: ``pattern.unreadable`` (text), also when a fact is named twice.
    """
    found = _PATTERN.fullmatch(text)
    pairs = [pair.split("=") for pair in found[2].split(",")] if found and found[2] else []
    if not found or len({name for name, _ in pairs}) < len(pairs):
        raise RuleViolation("pattern.unreadable", text=text)
    return EntryPattern(found[1], tuple((name, value) for name, value in pairs))


@lru_cache(maxsize=1024)
def parse_evidence(text: str) -> Evidence:
    """Read patterns joined by " + " (all) and " | " (any; the looser of the two).

    Raises:
        RuleViolation: ``pattern.unreadable``.
    """
    return Evidence(
        tuple(tuple(parse_pattern(each) for each in part.split(" + ")) for part in text.split(" | "))
    )


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
