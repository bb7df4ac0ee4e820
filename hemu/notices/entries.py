"""The kinds of entries about planned works, signs at their place, and notices; the words lie in the closed part."""

from collections.abc import Mapping

from hemu.ledger.entries import Audience, Kind, Proof
from hemu.notices.rules_notices import CHANNELS
from hemu.notices.rules_notices import KINDS as NOTICE_KINDS

TIMES = {"planned_at": str, "until": str}
FILES = {"files": list}
_NOTICE = {"kind": str, "paper": str}
_WRITES = {"kind": frozenset(NOTICE_KINDS), "channel": frozenset(CHANNELS)}


def _owners(name: str, facts: Mapping[str, type], *required: str, least_proof: Proof = Proof.WORD) -> Kind:
    return Kind(name, {**facts, **FILES}, frozenset(required), least_proof, Audience.OWNER)


def _notice(
    name: str,
    facts: Mapping[str, type],
    audience: Audience,
    least_proof: Proof = Proof.WORD,
    brings: dict[str, str] | None = None,
) -> Kind:
    facts = {**_NOTICE, **facts}
    return Kind(name, facts, frozenset(_NOTICE), least_proof, audience, values=_WRITES, brings=brings or {})


KINDS = (
    _owners("operation.planned", {"kind": str, **TIMES}, "kind", *TIMES),
    _owners("operation.moved", TIMES, *TIMES),
    _owners("operation.overrun", {"until": str}, "until"),
    _owners("operation.finished", {}),
    _owners("operation.called_off", {}),
    _owners("sign.placed", {}, "files", least_proof=Proof.DEVICE),
    _notice("notice.drafted", {"channel": str}, Audience.STAFF),
    _notice("notice.approved", {"channel": str, "independent": bool}, Audience.STAFF),
    _notice(
        "notice.posted",
        {"hangs_until": str, **FILES},
        Audience.OWNER,
        Proof.DEVICE,
        brings={"notice.expired": "hangs_until"},
    ),
    _notice("notice.posted_further", FILES, Audience.STAFF, Proof.DEVICE),
    _notice("notice.taken_down", FILES, Audience.STAFF, Proof.DEVICE),
    _notice("notice.withdrawn", FILES, Audience.OWNER, Proof.DEVICE),
)
"""`hangs_until` is the moment from which a notice has expired; only the first place of a notice says it."""
