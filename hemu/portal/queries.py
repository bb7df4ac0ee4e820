"""Who a phone is today, which cases are its own, what its neighbours' matters are, what waits to be tied to a home."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from hemu.access.actors import Actor
from hemu.committee.queries import sits
from hemu.estate.models import Person, Place, Tie
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.terms import in_force_or_undated
from hemu.portal.models import OwnerSession, OwnWord
from hemu.portal.rules import (
    OWNING,
    SHOWN_AFTER_END,
    STRANGER_DAYS,
    is_for_neighbours,
    place_for_neighbours,
    token_digest,
)
from hemu.service_requests.models import Party, Request
from hemu.service_requests.operations.links import SHOWN
from hemu.service_requests.queries import visible_to
from hemu.service_requests.rules import State

LISTED = 50
AROUND = 60
LOOKED_AT = 300


@dataclass(frozen=True)
class Owner:
    """Whoever is logged in with a phone, with what the roster ties to that number today."""

    phone: str
    session: UUID
    ties: tuple[Tie, ...]
    sits: bool = False
    """Whether a seat on an owners' committee goes with the phone today, its own or as a helper."""

    @property
    def communities(self) -> dict[UUID, Any]:
        """Return the communities of one's homes by id."""
        return {tie.home.community_id: tie.home.community for tie in self.ties}

    def person_in(self, community: UUID) -> Person | None:
        """Return who of the phone's people is bound to a home there; None for a stranger."""
        return next((tie.person for tie in self.ties if tie.home.community_id == community), None)

    def key_for(self, case: Request) -> str:
        """Return how the book names who acts on a case: the phone's person in that community."""
        person = self.person_in(case.community_id)
        return self.key(person.id if person else None)

    def key(self, person: UUID | None = None) -> str:
        """Return how the book names who acts: the person, or for somebody unknown this log-in."""
        return f"owner:{person or self.session}"


def owner_of(token: str, *, now: datetime) -> Owner | None:
    """Return who is logged in by a token; None where nobody is any more."""
    today = office_day(now)
    rows = OwnerSession.objects.annotate(sits=sits(OuterRef("phone"), today=today))
    session = rows.filter(digest=token_digest(token), ends_at__gt=now).first()
    if session is None:
        return None
    ties = Tie.objects.filter(
        in_force_or_undated(today),
        person__phones__number=session.phone,
    )
    ties = ties.select_related("person", "home__community__office").order_by("home__written", "id").distinct()
    return Owner(session.phone, session.id, tuple(ties), session.sits)


def cases_of(owner: Owner, *, now: datetime) -> QuerySet[Request]:
    """Return the cases that are a phone's own: said by its people, or by another owner of a home they own.

    Nothing of a home to which the tie has ended, nothing from before it began, no anonymous word, no tenant's word
    to the owner and none of the owner's to a tenant; what the phone itself wrote before anybody knew its home.
    """
    people, homes = {tie.person_id for tie in owner.ties}, {tie.home_id for tie in owner.ties}
    said = Q(person__in=people) & (Q(home__in=homes) | Q(home__isnull=True, community__in=owner.communities))
    wrote = Q(pk__in=_written_by(owner, now))
    visible = said | wrote
    for tie in owner.ties:
        if tie.kind in OWNING:
            visible |= _of_household(tie)
    near = (
        Q(person__in=people) | Q(home__in=homes) | wrote
    )  # what an index finds; the rest is weighed after it
    return Request.objects.filter(near).filter(visible).select_related(*SHOWN)


def _of_household(tie: Tie) -> Q:
    owners = Tie.objects.filter(person=OuterRef("person"), home=OuterRef("home"), kind__in=OWNING)
    if tie.since is None:  # when it began is not known: the words of a former owner stay theirs
        owners = owners.filter(until__isnull=True)
    seen = Q(home=tie.home_id, anonymous=False) & Q(Q(person__isnull=True) | Q(Exists(owners)))
    if tie.since:
        seen &= Q(registered_at__gte=datetime.combine(tie.since, time(), OFFICE_ZONE))
    return seen


def _written_by(owner: Owner, now: datetime) -> list[UUID]:
    since = now - timedelta(days=STRANGER_DAYS)
    words = OwnWord.objects.filter(phone=owner.phone, homeless=True, written_at__gt=since)
    return list(words.values_list("request_id", flat=True)[:LOOKED_AT])


def own_case(owner: Owner, number: str, *, now: datetime) -> Request:
    """Return one of a phone's own cases; another's answers like one that does not exist.

    Raises:
        RuleViolation: ``request.not_found``.
    """
    found = cases_of(owner, now=now).filter(number=number.replace("\x00", "")).first()
    if found is None:
        raise RuleViolation("request.not_found", number=number)
    return found


@dataclass(frozen=True)
class Matter:
    """A public matter as neighbours may see it: nothing that names or quotes anybody."""

    number: str
    type: str
    trade: str
    place: str
    building: str
    state: str
    began_at: datetime
    ended_at: datetime | None
    homes: int
    mine: bool
    near: bool

    @property
    def is_open(self) -> bool:
        """Tell whether one may still join it."""
        return self.state != State.CLOSED


def neighbours_matters(owner: Owner, *, now: datetime) -> list[Matter]:
    """Return the public matters of the communities one lives in, those of one's own building first, newest first."""
    names = _place_names(list(owner.communities))
    rows = list(_public(owner, now).order_by("-id")[:LOOKED_AT])
    joined = set(
        Party.objects.filter(request__in=rows, home__in=[tie.home_id for tie in owner.ties]).values_list(
            "request_id", flat=True
        )
    )
    homes = {tie.home_id for tie in owner.ties}
    buildings = {(tie.home.community_id, tie.home.building) for tie in owner.ties}
    found = [
        _matter(row, names, row.id in joined or row.home_id in homes, buildings)
        for row in rows
        if _is_shown(row)
    ]
    return sorted(found[:AROUND], key=lambda each: not each.near)


def neighbours_case(owner: Owner, number: str, *, now: datetime) -> Request:
    """Return a public matter that one may join.

    Raises:
        RuleViolation: ``request.not_found``.
    """
    row = _public(owner, now).exclude(state=State.CLOSED).filter(number=number.replace("\x00", "")).first()
    if row is None or not _is_shown(row):
        raise RuleViolation("request.not_found", number=number)
    return row


def _public(owner: Owner, now: datetime) -> QuerySet[Request]:
    recent = Q(
        state=State.CLOSED, closed_at__gt=now - SHOWN_AFTER_END, pk__gt=new_id(now - timedelta(days=90))
    )
    rows = Request.objects.filter(community__in=owner.communities, merged_into__isnull=True)
    kinds = rows.filter(type__in=("repair_public", "complaint", "suggestion"))
    return kinds.filter(~Q(state=State.CLOSED) | recent).select_related("home", "community")


def _is_shown(row: Request) -> bool:
    return is_for_neighbours(type=row.type, trade=row.trade, state=str(row.state), outcome=str(row.outcome))


def _matter(
    row: Request, names: dict[UUID, frozenset[str]], mine: bool, buildings: set[tuple[UUID, str]]
) -> Matter:
    place, building = place_for_neighbours(
        said=row.place,
        known=names.get(row.community_id, frozenset()),
        building=row.home.building if row.home else "",
    )
    near = any(
        at == row.community_id and (building == own or place.startswith(f"{own}栋")) for at, own in buildings
    )
    return Matter(
        number=row.number,
        type=row.type,
        trade=row.trade,
        place=place,
        building=building,
        state=str(row.state),
        began_at=row.registered_at,
        ended_at=row.closed_at,
        homes=row.seconded_count + 1,
        mine=mine,
        near=near,
    )


def _place_names(communities: list[UUID]) -> dict[UUID, frozenset[str]]:
    found: dict[UUID, set[str]] = {}
    for community, name in Place.objects.filter(community__in=communities).values_list(
        "community_id", "name"
    ):
        found.setdefault(community, set()).add(name)
    return {community: frozenset(names) for community, names in found.items()}


def unmatched_words(actor: Actor, limit: int = LISTED) -> list[OwnWord]:
    """Return what unknown numbers wrote and nobody tied to a home yet, in the communities in reach, oldest first."""
    rows = OwnWord.objects.filter(homeless=True, matched_at__isnull=True)
    here = rows.filter(request__in=visible_to(actor, "portal.match").values("pk"))
    return list(here.select_related("request__community").order_by("written_at")[:limit])


def unmatched_word(actor: Actor, number: str) -> OwnWord:
    """Return one of them.

    Raises:
        RuleViolation: ``request.not_found``.
    """
    rows = OwnWord.objects.filter(
        homeless=True, matched_at__isnull=True, request__number=number.replace("\x00", "")
    )
    word = (
        rows.filter(request__in=visible_to(actor, "portal.match").values("pk"))
        .select_related("request__community")
        .first()
    )
    if word is None:
        raise RuleViolation("request.not_found", number=number)
    return word
