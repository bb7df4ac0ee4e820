"""The kinds of entries a service request writes, and what each of them may state."""

from hemu.ledger.entries import Audience, Kind, Proof

SORTING = {"type": str, "trade": str, "nature": str, "urgency": str}
OUTSIDE = {"due_by": str}
"""By when an outside body wants the case answered: no duty of the case is due later."""
NAMED = {"named": list, "independent": bool}
"""The ids of the staff whom a complaint names; not independent: nobody else is there to handle it."""
FILES = {"files": list}
"""Pictures, voice notes and papers of the act: ``[{"id", "digest", "use"}]``."""
MENDS = {"mends": str}
"""`mends` is the id of the entry whose statement the new one puts right."""


def _kind(
    name: str,
    facts: dict[str, type],
    *required: str,
    audience: Audience = Audience.OWNER,
    least_proof: Proof = Proof.WORD,
    restates: bool = False,
    annuls: bool = False,
) -> Kind:
    return Kind(
        f"request.{name}",
        {**facts, **FILES},
        frozenset(required),
        least_proof,
        audience,
        restates=restates,
        annuls=annuls,
    )


KINDS = (
    _kind(
        "registered",
        {
            "number": str,
            "type": str,
            "channel": str,
            "home": str,
            "person": str,
            "anonymous": bool,
            "split_from": str,
            "body": str,
            "behalf": str,
            **OUTSIDE,
            **NAMED,
        },
        "number", "type", "channel",
    ),
    _kind("classified", {**SORTING, "place": str, "limit": str, **OUTSIDE, **NAMED}, *SORTING, restates=True),
    _kind("dispatched", {"type": str, "to": str, "department": str, "shift": str, "paid": bool, "helpers": list,
                         "rule": str}, "type"),
    _kind("accepted", {"type": str, "place": str, "limit": str, "to": str, **OUTSIDE}, "type", "place"),
    _kind("paused", {"cause": str, "resume_at": str}, "cause", "resume_at"),
    _kind("resumed", {}),
    _kind("judged", {"scope": str, "valid": bool, "major": bool, "size": str, "owner_to_handle": bool,
                     "promised_at": str}, audience=Audience.STAFF),
    _kind("escalated", {"role": str}, audience=Audience.STAFF),
    _kind("appointed", {"from": str, "until": str}, "from", "until"),
    _kind("set_out", {}),
    _kind("arrived", {}),
    _kind("nobody_home", {"tries": int}, "tries"),
    _kind("quoted", {"amount_fen": int}, "amount_fen"),
    _kind("quote_accepted", {"amount_fen": int}, "amount_fen"),
    _kind("quote_declined", {"amount_fen": int}, "amount_fen"),
    _kind("added", {}),
    _kind("urged", {"times": int}, "times"),
    _kind("seconded", {"home": str, "person": str, "count": int}, "count"),
    _kind("partly_solved", {"by_owner": bool}),
    _kind("rated", {"score": int}, "score", least_proof=Proof.OWN),
    _kind("resolved", {"type": str, "on_time": bool, "place": str}, "type", "on_time"),
    _kind("replied", {"informed": bool}),
    _kind("owner_informed", {"channel": str}),
    _kind("contact_tried", {"channel": str}, audience=Audience.STAFF),
    _kind("owner_confirmed", {"type": str}),
    _kind("sent_back", {"by_owner": bool, "cause": str}),
    _kind("referred", {"to": str}),
    _kind("closed", {"type": str, "nature": str, "outcome": str, "reason": str}, "type", "outcome"),
    _kind("withdrawn", {}, annuls=True),
    _kind("reopened", {"type": str, "reason": str}, "type", "reason"),
    _kind("corrected", {"fields": str, **MENDS, **NAMED}, "fields", "mends"),
    _kind("resorted", {**SORTING, "place": str, "limit": str, **MENDS, **OUTSIDE, **NAMED}, *SORTING, "mends",
          restates=True),
    _kind("outside_noted", {"type": str, "place": str, "limit": str, "body": str, **OUTSIDE}, "type", "body"),
    _kind("split", {"into": str}, "into"),
    _kind("links_revoked", {}, audience=Audience.STAFF),
    _kind("merged", {"into": str}, "into", annuls=True),
    _kind("joined", {"other": str}, "other"),
    _kind("voided", {**MENDS}, "mends", annuls=True),
)  # fmt: skip
