"""The kinds of entries about who sits on the owners' committee and who speaks with it; names lie in the closed part."""

from hemu.ledger.entries import Audience, Kind

_FILES: dict[str, type] = {"files": list}


def _kind(name: str, facts: dict[str, type], *required: str) -> Kind:
    return Kind(name, facts, frozenset(required), audience=Audience.COMMITTEE)


KINDS = (
    _kind(
        "committee.member.seated",
        {"post": str, "since": str, "until": str, **_FILES},
        "post",
        "since",
        "until",
    ),
    _kind("committee.member.left", {"leaving": str, "left_on": str, **_FILES}, "leaving", "left_on"),
    _kind("committee.helper.named", {"helper": str, **_FILES}, "helper"),
    _kind("committee.helper.ended", {"helper": str}, "helper"),
    _kind("committee.liaison.appointed", {"to": str, "since": str}, "to", "since"),
)
"""A liaison is who of the office speaks with the committee day by day (OC-22)."""
