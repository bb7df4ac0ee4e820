"""The register of clauses, roles and forms, as ``clauses.toml`` has it, every field checked when read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from hemu.foundation.due_language import Due, parse
from hemu.foundation.errors import RuleViolation
from hemu.sop import checks
from hemu.sop.patterns import EntryPattern, Evidence, parse_evidence, parse_pattern

Target = int | str | tuple[Mapping[str, object], ...] | Mapping[str, object]


@dataclass(frozen=True)
class Role:
    """Somebody who owes duties."""

    key: str
    title: str


@dataclass(frozen=True)
class Clause:
    """One clause; the header of ``clauses.toml`` says what each field means. Absent fields are ``None``."""

    id: str
    title: str
    kind: str
    actors: tuple[str, ...]
    evidence: str
    source: tuple[str, ...]
    per: str = "community"
    every: str | None = None
    due: str | None = None
    trigger: str | None = None
    target: Target | None = None
    of: str | None = None
    counts: str | None = None
    rate: Decimal | None = None
    ceiling: Decimal | None = None
    profile: str | None = None
    varies: str | None = None
    assumed: tuple[str, ...] = ()

    @cached_property
    def due_rule(self) -> Due | None:
        """``due`` as the algebra reads it."""
        return parse(self.due, self.every) if self.due else None

    @cached_property
    def trigger_pattern(self) -> EntryPattern | None:
        """The entry that starts the clock, or makes up the cohort of a rate."""
        return parse_pattern(self.trigger) if self.trigger else None

    @cached_property
    def evidence_rule(self) -> Evidence:
        """What fulfils the clause."""
        return parse_evidence(self.evidence)


@dataclass(frozen=True)
class Form:
    """A paper that someone fills in or signs; ``fields`` only where the source gives them."""

    id: str
    name: str
    clauses: tuple[str, ...]
    source: tuple[str, ...]
    fields: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    code: str | None = None
    unmarked: bool = False


@dataclass(frozen=True)
class Register:
    """All of it; ``clauses`` by id in the order of the file."""

    roles: Mapping[str, Role]
    clauses: Mapping[str, Clause]
    forms: Mapping[str, Form] = field(default_factory=dict)

    def clause(self, clause_id: str) -> Clause:
        """Return a clause by its id, however its letters are cased.

        Raises:
            RuleViolation: ``clause.unknown`` (clause).
        """
        if clause_id in self.clauses:
            return self.clauses[clause_id]
        for known, clause in self.clauses.items():
            if known.lower() == clause_id.strip().lower():
                return clause
        raise RuleViolation("clause.unknown", clause=clause_id)

    def variants_of(self, clause_id: str) -> list[Clause]:
        """Return the clauses that replace this one under some profile."""
        return [clause for clause in self.clauses.values() if clause.varies == clause_id]

    @property
    def profiles(self) -> frozenset[str]:
        """The profiles that clauses name."""
        return frozenset(clause.profile for clause in self.clauses.values() if clause.profile)


@lru_cache(maxsize=1)
def load_register() -> Register:
    """Return the register that the product carries, read once."""
    return read_register(Path(__file__).with_name("clauses.toml").read_text("utf-8"))


def read_register(text: str) -> Register:
    """Read a register.

    Raises:
        RuleViolation: ``register.bad`` (item: the id, field, value) at the first field that does not fit.
    """
    raw = tomllib.loads(text, parse_float=Decimal)
    checks.document(raw)
    roles = {item["key"]: Role(**item) for item in raw["role"]}
    clauses: dict[str, Clause] = {}
    for item in raw["clause"]:
        checks.clause(item, roles=roles.keys(), before=clauses.keys())
        clauses[item["id"]] = _clause(item)
    forms: dict[str, Form] = {}
    for item in raw.get("form", []):
        checks.form(item, clauses=clauses.keys(), before=forms.keys())
        forms[item["id"]] = Form(**_frozen(item))
    return Register(roles, clauses, forms)


def _clause(item: dict[str, Any]) -> Clause:
    fields = _frozen(item)
    actor = fields.pop("actor", None)
    return Clause(**fields | ({"actors": (actor,)} if actor else {}))


def _frozen(item: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in item.items()}
