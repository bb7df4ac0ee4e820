"""The kinds of entries about corrective actions."""

from hemu.ledger.entries import Audience, Kind


def _kind(name: str, facts: dict[str, type], *required: str, annuls: bool = False) -> Kind:
    known = {**facts, "files": list}
    return Kind(name, known, frozenset(required), audience=Audience.COMMITTEE, annuls=annuls)


BEGUN: dict[str, type] = {"kind": str, "to": str, "do_by": str}
MEASURED: dict[str, type] = {"figure": str, "before": str, "after": str, "independent": bool}

KINDS = (
    _kind("corrective_action.opened", {**BEGUN, "source": str, "about": str}, *BEGUN, "source"),
    _kind("corrective_action.planned", {"whys": int, "figure": str, "before": str, "round": str}, "whys"),
    _kind("corrective_action.assigned", {"to": str}, "to"),
    _kind("corrective_action.extended", {"to": str, "do_by": str, "independent": bool}, "to", "do_by"),
    _kind("corrective_action.done", {}),
    _kind("corrective_action.verified", {"kind": str, "independent": bool}, "kind", "independent"),
    _kind("corrective_action.failed", {"independent": bool}, "independent"),
    _kind("corrective_action.effect_confirmed", MEASURED, "after", "independent"),
    _kind("corrective_action.reopened", {**BEGUN, **MEASURED}, *BEGUN, "independent"),
    _kind("corrective_action.voided", {"independent": bool}, "independent", annuls=True),
)
"""`about`: the subject from which it came; `do_by`: done and found in order by then; `independent`: of who did it."""
