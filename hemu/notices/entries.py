"""The kinds of entries about planned works and the signs at their place; the words lie in the closed part."""

from hemu.ledger.entries import Audience, Kind, Proof

TIMES = {"planned_at": str, "until": str}
FILES = {"files": list}

KINDS = (
    Kind("operation.planned", {"kind": str, **TIMES, **FILES}, frozenset({"kind", *TIMES}), audience=Audience.OWNER),
    Kind("operation.moved", {**TIMES, **FILES}, frozenset(TIMES), audience=Audience.OWNER),
    Kind("operation.overrun", {"until": str, **FILES}, frozenset({"until"}), audience=Audience.OWNER),
    Kind("operation.finished", FILES, audience=Audience.OWNER),
    Kind("operation.called_off", FILES, audience=Audience.OWNER),
    Kind("sign.placed", FILES, frozenset(FILES), least_proof=Proof.DEVICE, audience=Audience.OWNER),
)
