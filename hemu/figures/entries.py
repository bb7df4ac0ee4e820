"""The kind of entry that says what came of calling again. What the clock freezes is a kind of the ledger's own."""

from hemu.ledger.entries import Audience, Kind

KINDS = (
    Kind(
        "evidence.recalled",
        {"entry": str, "answer": str},
        frozenset({"entry", "answer"}),
        audience=Audience.COMMITTEE,
    ),
)
