"""The kinds of entries about issues that the office finds, and about property of owners that it keeps."""

from hemu.ledger.entries import Audience, Kind

FILES = {"files": list}


def _kind(name: str, facts: dict[str, type], *required: str, audience: Audience = Audience.OWNER) -> Kind:
    return Kind(name, {**facts, **FILES}, frozenset(required), audience=audience)


KINDS = (
    _kind("issue.found", {"home": str}, audience=Audience.STAFF),
    _kind("issue.communicated", {"told_to": str, "told_by": str}, "told_to", "told_by"),
    _kind("issue.solved", {}),
    _kind("owner_property.received", {"home": str, "thing": str}, "home", "thing"),
    _kind("owner_property.problem_found", {"problem": str}, "problem", audience=Audience.STAFF),
    _kind("owner_property.reported", {"told_by": str}, "told_by"),
    _kind("owner_property.settled", {"remedy": str}, "remedy"),
    _kind("owner_property.returned", {"handed_to": str}, "handed_to"),
)
