"""The one kind of entry praise writes, about the case in which it was said."""

from hemu.ledger.entries import Audience, Kind

KINDS = (Kind("praise.passed_on", {"to": str}, frozenset({"to"}), audience=Audience.STAFF),)
