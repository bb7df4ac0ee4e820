"""Identifiers: UUID version 7, ordered by time, so that new rows land at the end of an index."""

import secrets
from datetime import datetime
from uuid import UUID


def new_id(now: datetime) -> UUID:
    """Return a version 7 UUID carrying ``now`` to the millisecond and 74 random bits."""
    milliseconds = int(now.timestamp() * 1000)
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)


def first_id(at: datetime) -> UUID:
    """Return the least identifier of a moment, to the millisecond: what was made from then on is not below it."""
    return UUID(int=max(int(at.timestamp() * 1000), 0) << 80)
