"""What is said to the owners' committee in writing: applications and notifications, their delivery and answer. Pure.

申报 and 通报 of OC-07 to OC-11: each is a paper, planned for a day or about what arose at a moment, delivered with a
receipt that says who took it, when and how.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from hemu.foundation.errors import RuleViolation

APPLICATION, NOTIFICATION = "application", "notification"
SORTS = (APPLICATION, NOTIFICATION)
_ASKED = ("repair_fund", "facility_fund", "coordination", "measures")
MATTERS: dict[str, tuple[str, ...]] = {
    "OC-07": (*_ASKED, "other"),
    "OC-08": ("law", "incident", "disagreement", "event", "penalty", "other"),
    "OC-08k": (*_ASKED, "law", "incident", "event", "other"),
}
"""What each of these clauses names, in its own order."""
KNOWN = tuple(dict.fromkeys(matter for each in MATTERS.values() for matter in each))
HAND, POST, PAGE = "hand", "post", "page"
WAYS = (HAND, POST, PAGE)
ANSWERS = ("agreed", "disagreed", "commented")
LONGEST, LONGEST_TITLE, LONGEST_NUMBER = 4_000, 80, 40
FURTHEST = timedelta(days=730)
ANSWERING = frozenset({"chair", "vice"})
"""Posts that answer for the whole committee on its page; what all have decided may come on paper by anybody."""


class State(StrEnum):
    """How a paper to the committee stands."""

    WRITTEN = "written"
    APPROVED = "approved"
    ISSUED = "issued"
    DELIVERED = "delivered"
    ANSWERED = "answered"
    DROPPED = "dropped"


def state_of(paper: str, *, delivered: bool, answered: bool, dropped: bool) -> State:
    """Return how a paper to the committee stands.

    Args:
        paper: the state of the paper itself: drafted, handed in, approved, issued, void.
    """
    if dropped or paper == "void":
        return State.DROPPED
    if answered:
        return State.ANSWERED
    if delivered:
        return State.DELIVERED
    return {"approved": State.APPROVED, "issued": State.ISSUED}.get(paper, State.WRITTEN)


def check_matter(sort: str, matter: str, known: Sequence[str]) -> str:
    """Return what a paper is about.

    Args:
        known: those of ``MATTERS`` for the clause in force.

    Raises:
        RuleViolation: ``correspondence.unknown_sort`` (sort, known), ``correspondence.unknown_matter`` (matter, known).
    """
    if sort not in SORTS:
        raise RuleViolation("correspondence.unknown_sort", sort=sort, known=list(SORTS))
    if matter not in known:
        raise RuleViolation("correspondence.unknown_matter", matter=matter, known=list(known))
    return matter


def check_planned(planned: date | None, *, today: date) -> date:
    """Return the day for which a matter is planned (OC-09 counts back from it).

    Raises:
        RuleViolation: ``correspondence.no_day``, ``correspondence.day_over``, ``correspondence.too_far``.
    """
    if planned is None:
        raise RuleViolation("correspondence.no_day")
    if planned < today:
        raise RuleViolation("correspondence.day_over")
    if planned - today > FURTHEST:
        raise RuleViolation("correspondence.too_far")
    return planned


def check_arose(arose: datetime | None, *, now: datetime) -> datetime:
    """Return the moment at which a matter arose or was decided (OC-10 counts from it).

    Raises:
        RuleViolation: ``correspondence.no_moment``, ``correspondence.to_come``.
    """
    if arose is None:
        raise RuleViolation("correspondence.no_moment")
    if arose > now:
        raise RuleViolation("correspondence.to_come")
    return arose


def check_delivery(way: str, *, number: str, signed: bool, scanned: bool) -> str:
    """Return how a paper was delivered, if what shows it is there (OC-11).

    Args:
        number: of the postal receipt.
        signed: there is a signature on the glass.
        scanned: there is a scan or photo of the signed receipt, or of the postal one.

    Raises:
        RuleViolation: ``correspondence.unknown_way`` (way, known), ``correspondence.needs_signature``,
            ``correspondence.needs_number``.
    """
    if way not in (HAND, POST):
        raise RuleViolation("correspondence.unknown_way", way=way, known=[HAND, POST])
    if way == HAND and not (signed or scanned):
        raise RuleViolation("correspondence.needs_signature")
    if way == POST and not (number or scanned):
        raise RuleViolation("correspondence.needs_number")
    return way


def check_answer(answer: str) -> str:
    """Return what the committee answered.

    Raises:
        RuleViolation: ``correspondence.unknown_answer`` (answer, known).
    """
    if answer not in ANSWERS:
        raise RuleViolation("correspondence.unknown_answer", answer=answer, known=list(ANSWERS))
    return answer


def check_words(words: str, *, needed: bool = True, limit: int = LONGEST) -> str:
    """Return words without blanks around them.

    Raises:
        RuleViolation: ``correspondence.no_words``, ``correspondence.too_long`` (limit).
    """
    words = words.replace("\r\n", "\n").strip()
    if needed and not words:
        raise RuleViolation("correspondence.no_words")
    if len(words) > limit:
        raise RuleViolation("correspondence.too_long", limit=limit)
    return words


def parts_of(text: str) -> list[str]:
    """Return the names of the enclosures, one a line."""
    return [line.strip()[:LONGEST_TITLE] for line in text.splitlines() if line.strip()][:20]
