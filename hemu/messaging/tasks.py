"""What the worker does for messages: it empties the outbox."""

from datetime import datetime, timedelta

from hemu.infra.rounds import Round
from hemu.messaging.operations import deliver


def empty_outbox(now: datetime) -> int:
    return deliver(now=now)


ROUNDS = (Round("outbox", timedelta(seconds=1), empty_outbox),)
