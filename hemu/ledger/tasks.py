"""What the worker does for the book: a seal at least every hour."""

from datetime import datetime, timedelta

from hemu.infra.rounds import Round
from hemu.ledger.operations import seal
from hemu.ledger.queries import oldest_unsealed

SEAL_AFTER = timedelta(minutes=50)
"""An entry waits no longer than this for its seal; with a round every minute none is unsealed for an hour."""


def seal_when_old(now: datetime) -> int:
    """Seal once the oldest unsealed entry has waited long enough; return the seals made."""
    oldest = oldest_unsealed()
    if oldest is None or now - oldest < SEAL_AFTER:
        return 0
    made = 0
    while seal(now=now) is not None:
        made += 1
    return made


ROUNDS = (Round("seal", timedelta(minutes=1), seal_when_old),)
