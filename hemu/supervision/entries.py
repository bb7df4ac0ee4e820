"""The kinds of entries that supervising writes: what was found of a complaint, and the day's stock-take (RQ-13)."""

from hemu.ledger.entries import Kind

KINDS = (
    Kind(
        "request.reviewed",
        {"to": str, "root": str, "day": str, "late": bool},
        frozenset({"to", "root", "day"}),
    ),
    Kind(
        "request.daily_review.done",
        {"day": str, "open": int, "late": int, "cases": list, "roots": dict},
        frozenset({"day", "open", "late", "cases"}),
    ),
)
"""`to` is who answers for the complaint; `cases` are the numbers of all that were open at the moment of signing."""
