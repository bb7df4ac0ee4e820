"""The daily stock-take of complaints (RQ-13): what has to be said of each, and when a day is done. Pure."""

from collections.abc import Collection, Sequence

from hemu.foundation.errors import RuleViolation

ON_TRACK = "on_track"
ROOTS = (
    ON_TRACK, "staffing", "skill", "parts", "supplier", "handover", "owner", "outside", "ageing", "unclear",
)  # fmt: skip
"""Why a complaint is not done yet; *on track* is for those that are not late."""
NAMED = 20
"""How many numbers a refusal names."""


def check_finding(*, root: str, measure: str, late: bool) -> None:
    """Refuse what is not enough to say of a complaint: of a late one the root and what will be done (RQ-13).

    Raises:
        RuleViolation: ``review.no_root``, ``review.unknown_root`` (root, roots), ``review.late_needs_root``, ``review.needs_measure``.
    """
    if not root:
        raise RuleViolation("review.no_root")
    if root not in ROOTS:
        raise RuleViolation("review.unknown_root", root=root, roots=list(ROOTS))
    if late and root == ON_TRACK:
        raise RuleViolation("review.late_needs_root")
    if root != ON_TRACK and not measure:
        raise RuleViolation("review.needs_measure")


def check_covered(open_cases: Sequence[str], found: Collection[str]) -> None:
    """Refuse to end a stock-take in which an open complaint was not looked at today.

    Raises:
        RuleViolation: ``review.not_covered`` (count, numbers: up to 20).
    """
    left = [number for number in open_cases if number not in found]
    if left:
        raise RuleViolation("review.not_covered", count=len(left), numbers=left[:NAMED])
