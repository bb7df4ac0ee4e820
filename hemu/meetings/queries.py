"""Reading meetings: one gate, the lists, what waits, and what a committee member's own page asks of this room."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy

from hemu.access.actors import Actor
from hemu.committee.queries import Item, Seat
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.meetings.models import Meeting, Outcome, Topic
from hemu.meetings.queries_minutes import stands
from hemu.meetings.rules import Minutes, State
from hemu.meetings.wording import MEETING_KINDS, MEETING_STATES, MINUTES_STATES, OUTCOMES

SHOWN, ITEMS = 50, 20
NAMED_BY = 30
"""Signs of what was decided that stand for a title."""


def meetings_of(actor: Actor, permission: str = "meeting.view") -> QuerySet[Meeting]:
    """Return the meetings of the communities in which a permission is held."""
    rows = Meeting.objects.filter(actor.within(permission))
    return rows.select_related("community__office", "agenda", "minutes", "planned_by")


def meeting_for(actor: Actor, meeting: UUID, permission: str = "meeting.view") -> Meeting:
    """Return a meeting that this person may see.

    Raises:
        RuleViolation: ``meeting.not_found``, the same for one that does not exist.
    """
    found = meetings_of(actor, permission).filter(id=meeting).first()
    if found is None:
        raise RuleViolation("meeting.not_found")
    return found


def listed(community: Community) -> list[Meeting]:
    """Return a community's meetings, the latest first, 50 at most. One statement."""
    rows = Meeting.objects.filter(community=community).select_related(
        "community__office", "minutes", "agenda"
    )
    return list(rows.order_by("-starts_at", "-id")[:SHOWN])


def waiting_topics(community: Community) -> list[Topic]:
    """Return the topics that stand on no agenda yet, the oldest first."""
    return list(Topic.objects.filter(community=community, meeting__isnull=True).order_by("id")[:SHOWN])


def open_outcomes(community: Community, *, before: Meeting | None = None) -> list[Outcome]:
    """Return the resolutions and suggestions not reported back yet, the oldest first.

    Args:
        before: only those of other meetings than this one: what is to be reported back in it.
    """
    rows = Outcome.objects.filter(meeting__community=community, reported_at__isnull=True)
    if before:
        rows = rows.exclude(meeting=before).filter(meeting__starts_at__lt=before.starts_at)
    return list(rows.select_related("meeting", "responsible", "action").order_by("do_by", "id")[:SHOWN])


def missed_outcomes(meeting: Meeting) -> set[UUID]:
    """Return which outcomes of a meeting a later one has passed over without a word (OC-18, OC-20)."""
    later = Meeting.objects.filter(
        community=meeting.community_id, state=State.HELD, starts_at__gt=meeting.starts_at
    )
    if not later.exists():
        return set()
    rows = Outcome.objects.filter(meeting=meeting, reported_at__isnull=True)
    return set(rows.values_list("id", flat=True))


# ── for owners ───────────────────────────────────────────────────────────────


def for_owners(communities: Iterable[UUID]) -> list[Meeting]:
    """Return the meetings of which the owners of some communities have been told, the latest first."""
    rows = Meeting.objects.filter(
        Q(told_at__isnull=False) | Q(published_at__isnull=False), community__in=list(communities)
    )
    return list(rows.select_related("community__office", "minutes").order_by("-starts_at", "-id")[:ITEMS])


# ── for members of the committee ─────────────────────────────────────────────


def for_member(seat: Seat) -> list[Meeting]:
    """Return the meetings of a member's community, the latest first."""
    return listed(seat.community)


def to_answer(seat: Seat, *, now: datetime) -> list[Item]:
    """Return what waits for a member's word: of the chair, minutes to approve. Three statements at most."""
    if not seat.is_chair:
        return []
    rows = Meeting.objects.filter(
        community=seat.community, minutes__state__in=("approved", "issued"), published_at__isnull=True
    ).select_related("minutes")
    waiting = [each for each in rows.order_by("-starts_at")[:ITEMS] if stands(each) == Minutes.WITH_CHAIR]
    return [_item(each, str(MINUTES_STATES[Minutes.WITH_CHAIR].word)) for each in waiting]


def received(seat: Seat, *, now: datetime) -> list[Item]:
    """Return the invitations to meetings that are still to come, and minutes published. One statement."""
    rows = Meeting.objects.filter(
        Q(attendances__member=seat.member, attendances__invited_at__isnull=False)
        | Q(published_at__isnull=False)
        | Q(state__in=(State.ASKED, State.CANCELLED)),
        community=seat.community,
    ).distinct()
    return [_item(each, _stands(each)) for each in rows.order_by("-starts_at")[:ITEMS]]


def _item(each: Meeting, state: str) -> Item:
    url = reverse("my_committee_meeting", args=[each.id])
    kind = str(MEETING_KINDS[each.kind])
    return Item(kind, each.place, url, at=each.starts_at, state=state)


def _stands(each: Meeting) -> str:
    status = MINUTES_STATES["published"] if each.published_at else MEETING_STATES[each.state]
    return str(status.word)


def names_of(subjects: Collection[str]) -> dict[str, str | Promise]:
    """Return what meetings, topics and what was decided are called, by subject. Three statements at most."""
    ids: dict[str, list[UUID]] = {}
    for kind, _, number in (each.partition(":") for each in subjects):
        if kind in ("meeting", "topic", *OUTCOMES):
            ids.setdefault("outcome" if kind in OUTCOMES else kind, []).append(UUID(number))
    found: dict[str, str | Promise] = {}
    for meeting in Meeting.objects.filter(id__in=ids.get("meeting", ())):
        found[meeting.subject] = format_lazy(
            "{} {}", MEETING_KINDS[meeting.kind], office_day(meeting.starts_at)
        )
    for topic in Topic.objects.filter(id__in=ids.get("topic", ())):
        found[topic.subject] = topic.title
    for each in Outcome.objects.filter(id__in=ids.get("outcome", ())):
        found[each.subject] = format_lazy("{} {}", OUTCOMES[each.kind], each.text[:NAMED_BY])
    return found
