"""Who sits on a committee on a day, and for whom a phone speaks: access follows the term."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from hemu.committee.models import Helper, Liaison, Member
from hemu.committee.rules import ORDER, quorum
from hemu.committee.rules import Post as MemberPost
from hemu.estate.models import Community


@dataclass(frozen=True)
class Seat:
    """A seat on the committee of a community that a phone holds today, its member's own or as a helper."""

    member: UUID
    community: Community
    person: UUID
    post: str
    helper: UUID | None = None

    @property
    def key(self) -> str:
        """Return how the book names who acts: the member's person, or the helper."""
        return f"helper:{self.helper}" if self.helper else f"owner:{self.person}"

    @property
    def is_chair(self) -> bool:
        """Tell whether it is the chair's."""
        return self.post == MemberPost.CHAIR


@dataclass(frozen=True)
class Item:
    """One line on a member's page.

    Attributes:
        kind: what it is, one word for a badge, from the room's wording.
        state: where it stands, in words.
        at, due_at: when it came, until when it is owed; None where there is no such moment.
    """

    kind: str
    title: str
    url: str
    at: datetime | None = None
    due_at: datetime | None = None
    state: str = ""
    late: bool = False


def in_term(day: date) -> Q:
    """Return the condition that a member sits on a day; the same as ``rules.is_in_office``."""
    return Q(since__lte=day, until__gte=day) & (Q(left_on__isnull=True) | Q(left_on__gt=day))


def seats_of(phone: str, *, today: date) -> tuple[Seat, ...]:
    """Return the seats for which a phone may act today: those of its people, and those of members it helps.

    Two statements. The member's own seat comes first where one is both.
    """
    if not phone:
        return ()
    own, helped = _own(phone, today), _helped(phone, today)
    helped = helped.select_related("member__community__office")
    found = {each.id: _seat(each) for each in _sorted(own.select_related("community__office").distinct())}
    for each in helped.order_by("member__community__name", "id"):
        found.setdefault(each.member_id, _seat(each.member, each.id))
    return tuple(found.values())


def sits(phone: OuterRef, *, today: date) -> Q:
    """Return the condition that a phone, a field of the statement around, has a seat: ``seats_of`` without reading."""
    return Q(Exists(_own(phone, today))) | Q(Exists(_helped(phone, today)))


def _own(phone: str | OuterRef, today: date) -> QuerySet[Member]:
    return Member.objects.filter(in_term(today), person__phones__number=phone)


def _helped(phone: str | OuterRef, today: date) -> QuerySet[Helper]:
    rows = Helper.objects.filter(Q(until__isnull=True) | Q(until__gt=today), phone=phone, since__lte=today)
    return rows.filter(member__in=Member.objects.filter(in_term(today)))


def _seat(member: Member, helper: UUID | None = None) -> Seat:
    return Seat(member.id, member.community, member.person_id, member.post, helper)


def members_of(community: Community, *, on: date) -> list[Member]:
    """Return who sits on a day, with their persons: chair, vice chair, members. One statement."""
    return _sorted(Member.objects.filter(in_term(on), community=community).select_related("person"))


def terms_of(community: Community) -> list[Member]:
    """Return all terms there ever were, with persons and helpers: those that last longest first. Two statements."""
    rows = Member.objects.filter(community=community).select_related("person").prefetch_related("helpers")
    return list(rows.order_by("-until", "id")[:200])


def member_in(communities: QuerySet[Community], member: UUID) -> Member | None:
    """Return a term of one of the communities; None where there is none."""
    rows = Member.objects.filter(id=member, community__in=communities)
    return rows.select_related("community__office", "person").first()


def is_in_office(community: Community, *, on: date) -> bool:
    """Tell whether anybody sits on a day."""
    return Member.objects.filter(in_term(on), community=community).exists()


def quorum_of(community: Community, *, on: date) -> int:
    """Return how many members must be present on a day; 0 where nobody sits."""
    members = Member.objects.filter(in_term(on), community=community).count()
    return quorum(members) if members else 0


def liaison_of(community: Community, *, on: date) -> Liaison | None:
    """Return who of the office speaks with the committee on a day."""
    rows = Liaison.objects.filter(community=community, since__lte=on).select_related("staff")
    return rows.order_by("-since", "-id").first()


def _sorted(rows: QuerySet[Member]) -> list[Member]:
    return sorted(rows, key=lambda each: (ORDER.index(MemberPost(each.post)), each.since, each.id))
