"""The kinds of entries that the estate writes."""

from hemu.ledger.entries import Kind

_COUNTS = ("rows", "homes", "people", "created", "updated", "unchanged", "refused", "ended")

KINDS = (
    Kind(
        "roster.imported",
        {"file": str, **dict.fromkeys(_COUNTS, int)},
        frozenset({"file", "rows", "homes", "created", "updated"}),
    ),
    Kind("tie.ended", {"tie": str, "home": str, "kind": str, "on": str}, frozenset({"tie", "home", "on"})),
)
"""``file`` is the SHA-256 of the roster; a tie's subject is the person, whose access ends the same day."""
