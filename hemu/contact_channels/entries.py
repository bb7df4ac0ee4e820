"""The kinds of entries about calls and channels. A call lies in the office's book; the number is among the words."""

from hemu.ledger.entries import Audience, Kind

KINDS = (
    Kind(
        "call.answered",
        {"rings": int, "in_time": bool, "known": bool, "request": str},
        frozenset({"rings", "in_time", "known"}),
    ),
    Kind("call.missed", {"rings": int, "known": bool}, frozenset({"rings", "known"})),
    Kind("call.explained", {"request": str}, frozenset()),
    Kind("call.returned", {"minutes": int, "reached": bool}, frozenset({"minutes", "reached"})),
    Kind(
        "channel.checked",
        {"period": str, "channels": dict},
        frozenset({"period", "channels"}),
        audience=Audience.COMMITTEE,
    ),
)
"""`known`: the number is that of somebody in the roster, and was marked with the name (来电号码作标记)."""
