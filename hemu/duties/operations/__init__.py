"""Writing duties: what the book opens and fulfils, what is kept by hand, and what the clock does to what stays open."""

from hemu.duties.operations.births import Births, open_ahead, open_between
from hemu.duties.operations.by_hand import annul, begin_by_hand, call_off, keep_by_hand, move
from hemu.duties.operations.clockwork import look_after
from hemu.duties.operations.mending import Restart, hand_on, pause, refit, restart, resume, set_moment
from hemu.duties.operations.putting_off import excuse, postpone
from hemu.duties.operations.recurring import open_period
from hemu.duties.operations.retiming import apply_rules, note_change
from hemu.duties.operations.switching import confirm, copy_switches, state, switch
from hemu.duties.operations.watching import hand_over, meet, void_duties, watch

__all__ = [
    "Births",
    "Restart",
    "annul",
    "apply_rules",
    "begin_by_hand",
    "call_off",
    "confirm",
    "copy_switches",
    "excuse",
    "hand_on",
    "hand_over",
    "keep_by_hand",
    "look_after",
    "meet",
    "move",
    "note_change",
    "open_ahead",
    "open_between",
    "open_period",
    "pause",
    "postpone",
    "refit",
    "restart",
    "resume",
    "set_moment",
    "state",
    "switch",
    "void_duties",
    "watch",
]
