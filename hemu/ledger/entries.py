"""What a room declares about its entries: the kind, its facts, the least proof, who may read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hemu.ledger.models import Entry


class Proof(StrEnum):
    """On what an entry rests, weakest first."""

    WORD = "word"
    SECOND = "second"
    DEVICE = "device"
    OWN = "own"

    @property
    def weight(self) -> int:
        return list(Proof).index(self)


class Audience(StrEnum):
    """Who may read an entry of a kind, apart from those who may audit the whole book."""

    OWNER = "owner"
    STAFF = "staff"
    COMMITTEE = "committee"
    CLOSED = "closed"


@dataclass(frozen=True)
class Kind:
    """One kind of entry.

    Attributes:
        name: ``noun.verb``, past tense, as the register of clauses writes it.
        facts: the facts an entry of this kind may carry, with their type; facts never name a person.
        required: those of them that it must carry.
        least_proof: the weakest proof accepted.
        audience: who may read it.
        roles: for ``CLOSED``, the roles that may.
        restates: its facts take the place of what the subject's entries stated before under the same names.
        values: of a fact whose values say what it is (`kind`), those that some room writes.
        brings: triggers that are no act but a moment to come (a notice expires), each with the fact that says when.
        annuls: its subject was no matter of its own after all and counts in no rate.
    """

    name: str
    facts: Mapping[str, type] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    least_proof: Proof = Proof.WORD
    audience: Audience = Audience.STAFF
    roles: frozenset[str] = frozenset()
    restates: bool = False
    annuls: bool = False
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    brings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reaction:
    """A function that runs in the transaction of every entry of a kind ("*": of every entry)."""

    kind: str
    run: Callable[["Entry"], None]


SYSTEM_KINDS = (
    Kind("duty.late", {"clause": str, "due": str, "owed_role": str}, frozenset({"clause", "due"})),
    Kind(
        "duty.escalated",
        {"clause": str, "rung": int, "role": str, "told": bool},
        frozenset({"clause", "rung"}),
    ),
    Kind(
        "figure.frozen",
        {"clause": str, "period": str, "met": int, "cohort": int, "digest": str},
        frozenset({"clause", "period", "met", "cohort", "digest"}),
        audience=Audience.COMMITTEE,
    ),
)
"""What the clock alone writes: nothing here fulfils a duty."""

ROOT_PUBLISHED = Kind(
    "root.published",
    {"seal": int, "code": str, "place": str},
    frozenset({"seal", "code", "place"}),
    audience=Audience.OWNER,
)
"""The code of a seal was made public; the act's ``at`` says when, ``place`` where, one of ``PLACES``."""
PLACES = ("board", "paper", "mail", "group", "other")

KINDS = (*SYSTEM_KINDS, ROOT_PUBLISHED)
