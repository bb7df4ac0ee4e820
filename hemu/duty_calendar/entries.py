"""A secret address of a calendar was opened, or revoked."""

from hemu.ledger.entries import Kind

KINDS = (
    Kind("calendar.opened", {"feed": str, "office": bool}, frozenset({"feed", "office"})),
    Kind("calendar.revoked", {"feed": str}, frozenset({"feed"})),
)
"""`feed` is the row's id, never the secret; `office`: of the office's duties, not of the maker's own."""
