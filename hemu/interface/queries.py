"""Reading what no other page lists in this way: duties by key, one entry, homes and who lives in them."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from hemu.access.actors import Actor
from hemu.duties.models import Duty
from hemu.estate.models import Community, Home, Place, Tie
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry


def open_duties(actor: Actor) -> QuerySet[Duty]:
    """Return the dated open duties of the actor's communities, the one due first at the head."""
    rows = Duty.objects.filter(state=Duty.State.OPEN, due_at__isnull=False)
    offices = actor.offices_with("duty.view")
    if offices is not None:
        rows = rows.filter(office__in=offices)
    books = actor.communities("duty.view").values("book")
    return rows.filter(book__in=books).select_related("book__community").order_by("due_at", "id")


def due_later(rows: QuerySet[Duty], at: datetime, duty: UUID) -> QuerySet[Duty]:
    """Return the duties after one of them, in the order of the list."""
    return rows.filter(Q(due_at__gt=at) | Q(due_at=at, id__gt=duty))


def entry_for(actor: Actor, entry_id: UUID) -> Entry:
    """Return an entry of the books of the actor's communities; another's answers like one that does not exist.

    Raises:
        RuleViolation: ``entry.not_found``.
    """
    books = actor.communities("request.view").values("book")
    entry = Entry.objects.filter(id=entry_id, book__in=books).first()
    if entry is None:
        raise RuleViolation("entry.not_found")
    return entry


def communities_with_places(actor: Actor) -> list[Community]:
    """Return the actor's communities with their public places, by name."""
    places = Prefetch("places", Place.objects.order_by("name"))
    rows = actor.communities("estate.view").select_related("office").prefetch_related(places)
    return list(rows.order_by("name"))


def homes_of(actor: Actor, community_id: UUID) -> QuerySet[Home]:
    """Return the homes of one of the actor's communities by id.

    Raises:
        RuleViolation: ``community.not_found``.
    """
    if not actor.communities("estate.view").filter(id=community_id).exists():
        raise RuleViolation("community.not_found")
    return Home.objects.filter(community=community_id).order_by("id")


def home_with_people(actor: Actor, home_id: UUID, *, on: date) -> Home:
    """Return a home with the ties that hold on a day, their people and phones; four statements.

    Raises:
        RuleViolation: ``home.not_found``.
    """
    held = Q(until__isnull=True) | Q(until__gte=on)
    ties = Tie.objects.filter(held).select_related("person").prefetch_related("person__phones").order_by("id")
    rows = Home.objects.filter(community__in=actor.communities("estate.view")).select_related("community")
    home = rows.prefetch_related(Prefetch("ties", ties)).filter(id=home_id).first()
    if home is None:
        raise RuleViolation("home.not_found")
    return home
