"""Reading what the owners' committee asks: one gate for each side, the lists, drafts of what may be said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hemu.access.actors import Actor
from hemu.committee.queries import Seat
from hemu.correspondence.models import Answer, Inquiry
from hemu.correspondence.queries import Time, times_of
from hemu.correspondence.rules_inquiries import OPEN, State
from hemu.estate.models import Community
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_local

PAGE, SHOWN = 50, 20
RELATED = ("community__office", "member__person", "helper")
SOLVE = "您反映的情况属实，我们接受，现在就办。"
UP = "您的意见合理，我们已经认真记录。这件事超出管理处能够解决的范围，我们马上上报公司，由公司研究办法后书面答复您。"
EXPLAIN = (
    "感谢您的关心和监督。我们逐条核对了有关合同和规定，这一件目前还不能照您的意见办，原因是：……。"
    "您如果有不同看法，或者还有我们没有了解到的情况，欢迎随时告诉我们，我们会重新研究。"
)
DRAFTS = {(True, True): SOLVE, (True, False): UP, (False, True): EXPLAIN}
"""How a judgement may be put to the committee, by whether it is reasonable and can be solved; a person finishes it."""


@dataclass(frozen=True)
class Listed:
    """An inquiry with how it stands against its time."""

    inquiry: Inquiry
    time: Time


def inquiries_of(actor: Actor, permission: str = "correspondence.view") -> QuerySet[Inquiry]:
    """Return the inquiries of the communities in which a permission is held."""
    return Inquiry.objects.filter(actor.within(permission)).select_related(*RELATED)


def inquiry_for(actor: Actor, inquiry: UUID, permission: str = "correspondence.view") -> Inquiry:
    """Return an inquiry that this person may see.

    Raises:
        RuleViolation: ``inquiry.not_found``, the same for one that does not exist.
    """
    return _one(inquiries_of(actor, permission), inquiry)


def inquiries_by(*seats: Seat) -> QuerySet[Inquiry]:
    """Return what committees have asked: each member sees what any of theirs has."""
    communities = [seat.community.id for seat in seats]
    return Inquiry.objects.filter(community__in=communities).select_related(*RELATED)


def inquiry_by(seats: Sequence[Seat], inquiry: UUID) -> tuple[Inquiry, Seat]:
    """Return what a committee asked on which a phone has a seat, with that seat.

    Raises:
        RuleViolation: ``inquiry.not_found``.
    """
    found = _one(inquiries_by(*seats), inquiry)
    return found, next(seat for seat in seats if seat.community.id == found.community_id)


def _one(rows: QuerySet[Inquiry], inquiry: UUID) -> Inquiry:
    found = rows.filter(id=inquiry).first()
    if found is None:
        raise RuleViolation("inquiry.not_found")
    return found


def listed(
    rows: QuerySet[Inquiry], community: Community, *, state: str, now: datetime, after: UUID | None = None
) -> tuple[list[Listed], str]:
    """Return inquiries of a community with their times, and the id after which the next page begins ("" at the end).

    What is open comes late first, then by when it is due; all of them newest first. Two statements.

    Args:
        state: ``open`` or ``all``.
    """
    rows = rows.filter(community=community)
    if state == "open":
        rows = rows.filter(state__in=OPEN)
    if after:
        rows = rows.filter(id__lt=after)
    found = list(rows.order_by("-id")[: PAGE + 1])
    following = str(found[PAGE - 1].id) if len(found) > PAGE else ""
    times = times_of([each.subject for each in found], rules=office_rules(community.office, on=now), now=now)
    shown = [Listed(each, times.get(each.subject, Time())) for each in found[:PAGE]]
    if state == "open":
        shown.sort(key=lambda each: each.time.order)
    return shown, following


def time_of(inquiry: Inquiry, *, now: datetime) -> Time:
    """Return how one inquiry stands against its time."""
    rules = office_rules(inquiry.community.office, on=now)
    return times_of([inquiry.subject], rules=rules, now=now).get(inquiry.subject, Time())


def answers_of(inquiry: Inquiry) -> list[Answer]:
    """Return what was answered, round by round, with who took it on paper."""
    rows = Answer.objects.filter(inquiry=inquiry).select_related("by")
    return list(rows.prefetch_related("receipts__member__person").order_by("round"))


def plain(listed: Listed) -> dict[str, Any]:
    """Return an inquiry as commands print it."""
    inquiry = listed.inquiry
    return {
        "id": str(inquiry.id),
        "number": inquiry.number,
        "sort": inquiry.sort,
        "way": inquiry.way,
        "community": inquiry.community.name,
        "text": inquiry.text,
        "about": inquiry.about or None,
        "received": iso_local(inquiry.received_at),
        "state": inquiry.state,
        "round": inquiry.round,
        "reasonable": inquiry.reasonable,
        "solvable": inquiry.solvable,
        "escalated_to": inquiry.escalated_to or None,
        "version": inquiry.version,
        **listed.time.plain(),
    }


# ── a member's first page ────────────────────────────────────────────────────


def inquiries_at_rest(seat: Seat) -> list[Inquiry]:
    """Return what was answered and a committee has not yet said a word of, newest first, 20 at most. One statement."""
    return list(inquiries_by(seat).filter(state=State.ANSWERED).order_by("-id")[:SHOWN])
