"""Writing dispatching: sending by rule, taking from the pool, danger, many at once, handing over, rules, rota."""

from hemu.dispatching.operations.arranging import add_rule, end_rule, publish_rota, set_shifts, switch
from hemu.dispatching.operations.danger import raise_danger, tell_details
from hemu.dispatching.operations.handing import HandOver, carry_out_planned, hand_over, take_back
from hemu.dispatching.operations.sending import (
    Row,
    dispatch_by_rule,
    dispatch_many,
    dispatch_when_sorted,
    take,
)

__all__ = [
    "HandOver",
    "Row",
    "add_rule",
    "carry_out_planned",
    "dispatch_by_rule",
    "dispatch_many",
    "dispatch_when_sorted",
    "end_rule",
    "hand_over",
    "publish_rota",
    "raise_danger",
    "set_shifts",
    "switch",
    "take",
    "take_back",
    "tell_details",
]
