"""What the worker does for figures: it freezes the months that are closed, and draws what is called again."""

from datetime import datetime, timedelta

from hemu.figures.operations import draw_month, freeze_closed, months_before
from hemu.infra.rounds import Round

BACK = 3
"""A worker that was away for longer leaves older months unfrozen: they are shown as they stand now."""


def close_months(now: datetime) -> int:
    """Freeze what is closed and not frozen yet."""
    return sum(freeze_closed(key, now=now) for key in months_before(now, BACK))


def draw_months(now: datetime) -> int:
    """Draw what is called again of the month before, once its root is sealed."""
    return sum(draw_month(key, now=now) for key in months_before(now, 1))


ROUNDS = (
    Round("figures", timedelta(minutes=10), close_months),
    Round("recalls", timedelta(minutes=10), draw_months),
)
