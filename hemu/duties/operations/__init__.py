"""Writing duties: what the book opens and fulfils, and what the clock does to what stays open."""

from hemu.duties.operations.clockwork import look_after
from hemu.duties.operations.mending import Restart, pause, refit, restart, resume
from hemu.duties.operations.recurring import open_period
from hemu.duties.operations.watching import hand_over, void_duties, watch

__all__ = [
    "Restart",
    "hand_over",
    "look_after",
    "open_period",
    "pause",
    "refit",
    "restart",
    "resume",
    "void_duties",
    "watch",
]
