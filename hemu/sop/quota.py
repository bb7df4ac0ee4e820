"""How many households must be visited in a month (VS-02)."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

from hemu.foundation.errors import RuleViolation
from hemu.sop.register import load_register

CLAUSE = "VS-02"


def visit_rate(homes: int) -> Decimal:
    """Return the share of the homes moved into that the clause's table asks of a community of ``homes``.

    Raises:
        RuleViolation: ``visit.no_homes`` below 1.
    """
    if homes < 1:
        raise RuleViolation("visit.no_homes", homes=homes)
    for row in _table():
        if homes <= row.get("homes_to", homes):
            return row["rate"]
    raise AssertionError("the last row is open")


def visit_quota(*, homes: int, occupied: int) -> int:
    """Return how many households must be visited in a month (VS-02).

    Args:
        homes: homes in the community, 1 or more; it picks the rate.
        occupied: homes moved into, 0 to ``homes``; the rate applies to it.

    Returns:
        Distinct households, rounded up: "not fewer than" 4 % of 51 is 3.

    Raises:
        RuleViolation: ``visit.no_homes``, ``visit.negative``, ``visit.more_occupied_than_homes``.
    """
    rate = visit_rate(homes)
    if occupied < 0:
        raise RuleViolation("visit.negative", occupied=occupied)
    if occupied > homes:
        raise RuleViolation("visit.more_occupied_than_homes", homes=homes, occupied=occupied)
    return int((rate * occupied).to_integral_value(ROUND_CEILING))


def _table() -> tuple[Mapping[str, Decimal], ...]:
    return load_register().clauses[CLAUSE].target  # type: ignore[return-value]
