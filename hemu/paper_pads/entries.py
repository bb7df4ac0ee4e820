"""The kinds of entries that pads write: each reserved number is found again in one of the three."""

from hemu.ledger.entries import Audience, Kind

PAD = {"pad": str}
KINDS = (
    Kind("pad.reserved", {**PAD, "first": str, "last": str, "count": int},
         frozenset({"pad", "first", "last", "count"}), audience=Audience.STAFF),
    Kind("pad.used", {**PAD, "number": str}, frozenset({"pad", "number"}), audience=Audience.STAFF),
    Kind("pad.returned", {**PAD, "numbers": list}, frozenset({"pad", "numbers"}), audience=Audience.STAFF),
)  # fmt: skip
