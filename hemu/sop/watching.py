"""Which clauses are watched in a community: switched on by package or singly from a day, and only where they apply."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hemu.foundation.errors import RuleViolation
from hemu.sop.profiles import facts_known, facts_needed
from hemu.sop.register import load_register

PACKAGES: dict[str, tuple[str, ...]] = {
    "desk": ("RQ", "RV"),
    "notices": ("NT", "RP"),
    "visits": ("VS", "SV"),
    "committee": ("OC",),
    "internal": ("IN",),
    "programme": ("CM",),
    "takeover": ("HO",),
    "quality": ("QA",),
    "rounds": ("EQ",),
    "billing": ("FE",),
}
"""Package → areas of the register, in the order in which an office takes them up."""


@dataclass(frozen=True)
class Dated:
    """Something that holds, or holds no more, from a day on: a switch of a clause or package, a fact of a community."""

    what: str
    since: date
    on: bool


@dataclass(frozen=True)
class Watching:
    """What a community says of the clauses: its switches and its facts."""

    switches: tuple[Dated, ...] = ()
    facts: tuple[Dated, ...] = ()

    def says(self, clause_id: str, day: date) -> bool | None:
        """Return whether the clause is switched on or off on a day; None where nobody said anything.

        What is said of the clause itself wins over what is said of its package.
        """
        said = _last(self.switches, clause_id, day) or _last(self.switches, package_of(clause_id), day)
        return said.on if said else None

    def said(self, day: date) -> dict[str, bool]:
        """Return what is switched on or off on a day: package or clause → on."""
        rows = {each.what: _last(self.switches, each.what, day) for each in self.switches}
        return {what: row.on for what, row in rows.items() if row}

    def applies(self, clause_id: str, day: date) -> bool:
        """Tell whether the community is such that the clause applies to it on a day (profiles.toml [applies])."""
        return all(
            (said := _last(self.facts, fact, day)) is not None and said.on for fact in facts_needed(clause_id)
        )


def package_of(clause_id: str) -> str:
    """Return the package to which a clause belongs."""
    return next(name for name, areas in PACKAGES.items() if clause_id[:2] in areas)


def check_switch(what: str) -> str:
    """Return the name of a package or the id of a clause as the register writes it.

    Raises:
        RuleViolation: ``clause.unknown`` (clause).
    """
    return what if what in PACKAGES else load_register().clause(what).id


def check_fact(fact: str) -> str:
    """Return the name of a fact of a community.

    Raises:
        RuleViolation: ``fact.unknown`` (fact, known).
    """
    if fact not in facts_known():
        raise RuleViolation("fact.unknown", fact=fact, known=list(facts_known()))
    return fact


def _last(rows: Iterable[Dated], what: str, day: date) -> Dated | None:
    return max(
        (each for each in rows if each.what == what and each.since <= day),
        key=lambda each: each.since,
        default=None,
    )
