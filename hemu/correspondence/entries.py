"""The kinds of entries about papers to the owners' committee and what it asks; the words lie in the closed part.

The committee may read them all. Who of it acts is named by `person`; `by_helper` says that a helper acted for them.
"""

from collections.abc import Mapping

from hemu.correspondence.rules import ANSWERS, KNOWN
from hemu.correspondence.rules_inquiries import UP_TO
from hemu.ledger.entries import Audience, Kind

_FILES = {"files": list}
_PAPER = {"matter": str, "paper": str}
_MEMBER = {"person": str, "by_helper": bool}
_VALUES = {"matter": frozenset(KNOWN), "committee_answer": frozenset(ANSWERS), "to": frozenset(UP_TO)}


def _kind(name: str, facts: Mapping[str, type], *required: str) -> Kind:
    values = {fact: values for fact, values in _VALUES.items() if fact in facts}
    facts = {**facts, **_FILES}
    return Kind(name, facts, frozenset(required), audience=Audience.COMMITTEE, values=values)


KINDS = (
    _kind("committee.application.planned", {**_PAPER, "planned_at": str}, *_PAPER, "planned_at"),
    _kind("committee.application.moved", {**_PAPER, "planned_at": str}, *_PAPER, "planned_at"),
    _kind("committee.application.delivered", {**_PAPER, "delivery": str}, *_PAPER, "delivery"),
    _kind("committee.matter.arose", {**_PAPER, "emergency": bool}, *_PAPER, "emergency"),
    _kind("committee.notification.delivered", {**_PAPER, "delivery": str}, *_PAPER, "delivery"),
    _kind("committee.paper.receipted", {**_PAPER, **_MEMBER, "delivery": str, "round": int}, "delivery"),
    _kind(
        "committee.paper.answered",
        {**_PAPER, **_MEMBER, "committee_answer": str},
        *_PAPER,
        "committee_answer",
    ),
    _kind("committee.paper.dropped", _PAPER, *_PAPER),
    _kind(
        "committee.inquiry.received",
        {**_MEMBER, "inquiry_sort": str, "inquiry_way": str, "number": str, "about": str},
        "inquiry_sort",
        "inquiry_way",
        "number",
    ),
    _kind("committee.inquiry.judged", {"reasonable": bool, "solvable": bool}, "reasonable", "solvable"),
    _kind("committee.inquiry.escalated", {"to": str}, "to"),
    _kind("committee.inquiry.answered", {"answered_by": str, "round": int}, "answered_by", "round"),
    _kind("committee.inquiry.reopened", {**_MEMBER, "round": int}, "round"),
    _kind("committee.inquiry.accepted", {**_MEMBER, "round": int}, "round"),
)
