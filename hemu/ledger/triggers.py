"""The triggers that make the database itself refuse to change the book.

A table rebuild on SQLite drops triggers without a word: the ledger's tables change only by hand-written SQL,
and a check at start compares what is there with this catalogue.
"""

from django.db import connection

from hemu.infra.triggers import lacking

PROTECTED = {"ledger_entry": True, "ledger_seal": True, "ledger_leaf": True, "ledger_closedwords": False}
"""Table → whether rows may never be deleted. Words may be erased, never changed."""
WAITING = "ledger_entry_unsealed"
"""Writes a row into ``unsealed`` with every entry."""


def expected_triggers(vendor: str) -> list[str]:
    """Return the names of the triggers a database of this vendor must have."""
    names = [WAITING, *(f"{table}_no_update" for table in PROTECTED)]
    names += [f"{table}_no_delete" for table, kept in PROTECTED.items() if kept]
    if vendor == "sqlite":
        names += [f"{table}_no_replace" for table, kept in PROTECTED.items() if kept]
    if vendor == "postgresql":
        names += [f"{table}_no_truncate" for table in PROTECTED]
    return sorted(names)


def missing_triggers() -> list[str]:
    """Return the names of the triggers that this database lacks or has switched off."""
    return lacking(expected_triggers(connection.vendor))
