"""The entry by which the desk ties what an unknown number wrote to a home."""

from hemu.ledger.entries import Kind

KINDS = (Kind("request.matched", {"home": str, "person": str, "phone_kept": bool}, frozenset({"home"})),)
