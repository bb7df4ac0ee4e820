"""What the worker does for webhooks."""

from datetime import datetime, timedelta

from hemu.infra.rounds import Round
from hemu.interface.operations import deliver, prune


def send_events(now: datetime) -> int:
    return deliver(now=now)


def prune_events(now: datetime) -> int:
    return prune(now=now)


ROUNDS = (
    Round("webhooks", timedelta(seconds=1), send_events),
    Round("webhooks, old events", timedelta(hours=1), prune_events),
)
