"""The kinds of entries that papers write."""

from hemu.ledger.entries import Audience, Kind

KINDS = (Kind("letter.template_kept", {"digest": str}, frozenset({"digest"}), audience=Audience.STAFF),
         Kind("letter.template_dropped", {"digest": str}, frozenset({"digest"}), audience=Audience.STAFF))  # fmt: skip
