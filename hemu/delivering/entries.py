"""The kinds of entries about how notices reach owners; who is reached stands in tables, not in the book."""

from hemu.ledger.entries import Audience, Kind, Proof
from hemu.notices.rules_notices import KINDS as NOTICE_KINDS

_NOTICE = {"kind": str, "paper": str}
_KINDS = {"kind": frozenset(NOTICE_KINDS)}
LETTER_BOX = "letter_box"


def _kind(name: str, facts: dict[str, type], audience: Audience, *optional: str) -> Kind:
    facts = {**_NOTICE, **facts}
    return Kind(name, facts, frozenset(facts) - {*optional}, Proof.WORD, audience, values=_KINDS)


KINDS = (
    _kind("notice.published", {"homes": int, "phones": int, "send_at": str}, Audience.OWNER, "send_at"),
    _kind("notice.delivered", {"channel": str, "homes": int, "files": list}, Audience.STAFF, "files"),
    _kind("notice.consented", {"consented_by": str, "consented_at": str}, Audience.STAFF),
    Kind("messages.agreed", {"topic": str}, frozenset({"topic"}), Proof.WORD, Audience.OWNER),
    Kind("messages.declined", {"topic": str}, frozenset({"topic"}), Proof.WORD, Audience.OWNER),
)
"""`notice.consented`: the director's word by phone, said to the entry's actor; it stands in for no approval of their own."""
