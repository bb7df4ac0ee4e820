"""Reading papers to the owners' committee: one gate for each side, the lists, the words with which one begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hemu.access.actors import Actor
from hemu.committee.queries import Seat
from hemu.correspondence.models import Letter, Receipt
from hemu.correspondence.queries import Time, times_of
from hemu.correspondence.rules import APPLICATION, State, parts_of, state_of
from hemu.estate.models import Community
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, iso_local
from hemu.papers.models import Document

PAGE, SHOWN = 50, 20
RELATED = ("community__office", "document__seal_use", "document__office")


@dataclass(frozen=True)
class Listed:
    """A paper with how it stands against its time."""

    letter: Letter
    time: Time


def letters_of(actor: Actor, permission: str = "correspondence.view") -> QuerySet[Letter]:
    """Return the papers of the communities in which a permission is held."""
    return Letter.objects.filter(actor.within(permission)).select_related(*RELATED)


def letter_for(actor: Actor, document: UUID, permission: str = "correspondence.view") -> Letter:
    """Return a paper that this person may see.

    Raises:
        RuleViolation: ``correspondence.not_found``, the same for one that does not exist.
    """
    return _one(letters_of(actor, permission), document)


def letters_to(*seats: Seat) -> QuerySet[Letter]:
    """Return the papers that lie on the pages of committees: those issued."""
    communities = [seat.community.id for seat in seats]
    rows = Letter.objects.filter(community__in=communities, document__state="issued", dropped_at__isnull=True)
    return rows.select_related(*RELATED)


def letter_to(seats: Sequence[Seat], document: UUID) -> tuple[Letter, Seat]:
    """Return a paper issued to a committee on which a phone has a seat, with that seat.

    Raises:
        RuleViolation: ``correspondence.not_found``.
    """
    found = _one(letters_to(*seats), document)
    return found, next(seat for seat in seats if seat.community.id == found.community_id)


def _one(rows: QuerySet[Letter], document: UUID) -> Letter:
    found = rows.filter(document=document).first()
    if found is None:
        raise RuleViolation("correspondence.not_found")
    return found


def stands(letter: Letter) -> State:
    """Return how a paper stands."""
    return state_of(
        letter.document.state,
        delivered=letter.delivered_at is not None,
        answered=letter.answered_at is not None,
        dropped=letter.dropped_at is not None,
    )


def listed(
    rows: QuerySet[Letter], community: Community, *, state: str, now: datetime, after: UUID | None = None
) -> tuple[list[Listed], str]:
    """Return papers of a community with their times, and the id after which the next page begins ("" at the end).

    What is open comes late first, then by when it is due; all of them newest first. Two statements.

    Args:
        state: ``open`` or ``all``.
    """
    rows = rows.filter(community=community)
    if state == "open":
        rows = rows.filter(answered_at__isnull=True, dropped_at__isnull=True).exclude(document__state="void")
        rows = rows.filter(delivered_at__isnull=True) | rows.filter(sort=APPLICATION)
    if after:
        rows = rows.filter(document__lt=after)
    found = list(rows.order_by("-document")[: PAGE + 1])
    following = str(found[PAGE - 1].document_id) if len(found) > PAGE else ""
    times = times_of([each.subject for each in found], rules=office_rules(community.office, on=now), now=now)
    shown = [Listed(each, times.get(each.subject, Time())) for each in found[:PAGE]]
    if state == "open":  # what waits for the committee is not the office's to hurry
        shown.sort(key=lambda each: (each.time.met_at is not None, *each.time.order))
    return shown, following


def time_of(letter: Letter, *, now: datetime) -> Time:
    """Return how one paper stands against its time."""
    rules = office_rules(letter.community.office, on=now)
    return times_of([letter.subject], rules=rules, now=now).get(letter.subject, Time())


def receipts_of(letter: Letter) -> list[Receipt]:
    """Return who took a paper, in order of time."""
    rows = Receipt.objects.filter(letter=letter).select_related("member__person", "helper", "by")
    return list(rows.order_by("at", "id"))


def has_taken(letter: Letter, seat: Seat) -> bool:
    """Tell whether a member has taken a paper, on the page or otherwise."""
    return Receipt.objects.filter(letter=letter, member=seat.member).exists()


def papers_waiting(seat: Seat) -> list[Letter]:
    """Return what waits for a committee, newest first, 20 at most: papers nobody took, applications nobody answered.

    One statement.
    """
    rows = letters_to(seat).filter(answered_at__isnull=True)
    rows = rows.filter(delivered_at__isnull=True) | rows.filter(sort=APPLICATION)
    return list(rows.order_by("-document")[:SHOWN])


def papers_taken(seat: Seat) -> list[Letter]:
    """Return what a committee took and owes no answer to, newest first, 20 at most. One statement."""
    rows = letters_to(seat).filter(delivered_at__isnull=False)
    rows = rows.exclude(sort=APPLICATION, answered_at__isnull=True)
    return list(rows.order_by("-document")[:SHOWN])


def paper_begins(
    *,
    sort: str,
    community: Community,
    grounds: str,
    planned_on: date | None,
    arose_at: datetime | None,
    enclosures: str,
) -> dict[str, str]:
    """Return whom a paper greets and what it says: the grounds, the day or moment, what is asked, the enclosures."""
    lines = [grounds.strip()]
    if sort == APPLICATION and planned_on:
        lines.append(f"此事拟于{_day(planned_on)}办理。请业主委员会研究，予以支持，并书面答复。特此申报。")
    elif arose_at:
        local = arose_at.astimezone(OFFICE_ZONE)
        lines.append(f"此事发生（决定）于{_day(local.date())}{local:%H:%M}。特此通报。")
    if names := parts_of(enclosures):
        lines.append(
            "附件：" + "；".join(f"{number}. {name}" for number, name in enumerate(names, start=1)) + "。"
        )
    return {"to": f"{community.name}业主委员会", "body": "\n".join(lines)}


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def plain(listed: Listed) -> dict[str, Any]:
    """Return a paper as commands print it."""
    letter = listed.letter
    document: Document = letter.document
    return {
        "id": str(letter.document_id),
        "sort": letter.sort,
        "matter": letter.matter,
        "community": letter.community.name,
        "title": document.title,
        "number": document.number or None,
        "state": str(stands(letter)),
        "planned_on": letter.planned_on.isoformat() if letter.planned_on else None,
        "arose": iso_local(letter.arose_at),
        "delivered": iso_local(letter.delivered_at),
        "answer": letter.answer or None,
        "answered": iso_local(letter.answered_at),
        "version": letter.version,
        **listed.time.plain(),
    }
