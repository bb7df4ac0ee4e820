"""The kinds of entries about meetings with the owners' committee; what was said lies in the closed part."""

from collections.abc import Mapping

from hemu.ledger.entries import Audience, Kind, Proof
from hemu.meetings.rules import CHANNELS, MATTERS, RESULTS
from hemu.meetings.rules import KINDS as MEETING_KINDS

_FILES = {"files": list}
_HOW = {"channel": frozenset(CHANNELS)}


def _kind(
    name: str,
    facts: Mapping[str, type],
    *required: str,
    audience: Audience = Audience.COMMITTEE,
    proof: Proof = Proof.WORD,
    values: Mapping[str, frozenset[str]] | None = None,
) -> Kind:
    return Kind(name, {**facts, **_FILES}, frozenset(required), proof, audience, values=values or {})


_MEETS = {"kind": str, "planned_at": str}
_OUTCOME = {"topic": str, "to": str, "do_by": str, "next_meeting_at": str, "action": str}
_BACK = {"result": str, "meeting": str}

KINDS = (
    _kind(
        "committee.meeting.scheduled", _MEETS, "kind", "planned_at", values={"kind": frozenset(MEETING_KINDS)}
    ),
    _kind("committee.meeting.moved", _MEETS, "kind", "planned_at"),
    _kind("committee.meeting.postponement_requested", {"put_off_to": str, "call_off": bool}, "call_off"),
    _kind("committee.meeting.postponement_refused", {}),
    _kind("committee.meeting.postponed", {**_MEETS, "call_off": bool}, "kind", "call_off"),
    _kind("committee.consent.needed", {"matter": str}, "matter"),
    _kind(
        "committee.topic_report.submitted",
        {"matter": str, "meeting": str},
        "matter",
        values={"matter": frozenset(MATTERS)},
    ),
    _kind("committee.agenda.published", {"paper": str, "topics": int}, "paper", audience=Audience.OWNER),
    _kind("committee.opinion.given", {"channel": str, "topic": str}, "channel", values=_HOW),
    _kind("committee.opinion.collected", {"opinions": int}, "opinions"),
    _kind(
        "committee.invitation.sent",
        {"member": str, "planned_at": str, "channel": str},
        "member",
        "planned_at",
    ),
    _kind("committee.attendance.signed", {"member": str}, "member", proof=Proof.DEVICE),
    _kind(
        "committee.meeting.held",
        {"kind": str, "present": int, "members": int, "quorum": bool},
        "kind",
        "present",
        "members",
        "quorum",
        values={"kind": frozenset(MEETING_KINDS)},
    ),
    _kind("committee.resolution.made", _OUTCOME, "next_meeting_at"),
    _kind("committee.suggestion.raised", _OUTCOME, "next_meeting_at"),
    _kind("committee.resolution.reported_back", _BACK, "result", values={"result": frozenset(RESULTS)}),
    _kind("committee.suggestion.reported_back", _BACK, "result", values={"result": frozenset(RESULTS)}),
    _kind("committee.minutes.handed_in", {"paper": str}, "paper"),
    _kind(
        "committee.minutes.approved",
        {"paper": str, "paper_digest": str, "channel": str},
        "paper",
        "channel",
        values=_HOW,
    ),
    _kind(
        "committee.minutes.returned",
        {"paper": str, "paper_digest": str, "channel": str},
        "paper",
        "channel",
        values=_HOW,
    ),
    _kind("committee.minutes.published", {"paper": str}, "paper", audience=Audience.OWNER),
)
"""On a meeting's subject lie all but those of topics (``topic:…``: consent needed, report submitted) and of what came of
it (``resolution:…``, ``suggestion:…``)."""
