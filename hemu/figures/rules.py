"""Figures that can be opened: shares, the list behind a month, and which evidence on word is called again. Pure."""

from collections.abc import Collection, Iterable
from fractions import Fraction
from hashlib import sha256
from math import ceil, floor

from hemu.foundation.errors import RuleViolation
from hemu.foundation.merkle import canonical_json

CONFIRMED, DENIED, NOT_REACHED = "confirmed", "denied", "not_reached"
OUTCOMES = (CONFIRMED, DENIED, NOT_REACHED)
WAITING = "waiting"
SETTLED = frozenset({CONFIRMED, DENIED})
"""After these nobody calls again; who was not reached stays on the list."""
LONGEST = 2_000


def per_mille(met: int, cohort: int, *, ceiling: bool = False) -> int | None:
    """Return a share in tenths of a per cent, never flattering: cut off, of a ceiling rounded up. None of nobody."""
    if not cohort:
        return None
    share = Fraction(met, cohort) * 1000
    return ceil(share) if ceiling else floor(share)


def share_words(tenths: int | None) -> str:
    """Return a share as it is written: ``98.3%``, ``100%``; "–" of nobody."""
    if tenths is None:
        return "–"
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


def digest_of(met: Iterable[str], unmet: Iterable[str]) -> str:
    """Return the SHA-256 of the list behind a figure, whatever the order in which it is given."""
    return sha256(canonical_json({"met": sorted(met), "unmet": sorted(unmet)})).hexdigest()


def draw_count(count: int, *, share: float, at_least: int) -> int:
    """Return how many of a person's pieces of evidence in a month are called again: all where there are few."""
    return min(count, max(at_least, ceil(Fraction(str(share)) * count)))


def drawn(root: str, person: str, ids: Collection[str], *, share: float, at_least: int) -> list[str]:
    """Draw which of a person's pieces of evidence are called again.

    Anybody who has the root, which nobody knew while the month lasted, draws the same ones: those whose
    SHA-256 of ``root:person:id`` is least.

    Args:
        root: the head of the first seal made after the month.
        person: the actor's pseudonymous id.
        ids: of that month's entries of this person that fulfilled a duty on word alone, in any order.
        share: of them, 0 to 1.
        at_least: a person and month.
    """
    ranked = sorted(set(ids), key=lambda each: sha256(f"{root}:{person}:{each}".encode()).hexdigest())
    return ranked[: draw_count(len(ranked), share=share, at_least=at_least)]


def check_outcome(outcome: str) -> str:
    """Return what came of calling again.

    Raises:
        RuleViolation: ``recall.unknown_outcome`` (known).
    """
    if outcome not in OUTCOMES:
        raise RuleViolation("recall.unknown_outcome", known=list(OUTCOMES))
    return outcome


def check_words(words: str) -> str:
    """Return what was said.

    Raises:
        RuleViolation: ``recall.no_words``, ``recall.too_long`` (limit).
    """
    words = words.strip()
    if not words:
        raise RuleViolation("recall.no_words")
    if len(words) > LONGEST:
        raise RuleViolation("recall.too_long", limit=LONGEST)
    return words


def check_other_person(*, by: str, giver: str) -> None:
    """Refuse whoever gave the evidence: somebody else calls again.

    Raises:
        RuleViolation: ``recall.own_evidence``.
    """
    if by == giver:
        raise RuleViolation("recall.own_evidence")
