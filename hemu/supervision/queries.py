"""Reading lists of cases: narrowed by filters, the views kept of them, who can be chosen in a filter."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Value, When

from hemu.access.actors import Actor
from hemu.estate.models import Community, Home, Post
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import first_id
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.newest import ONE_BY_ONE
from hemu.infra.standing import kept_while_standing
from hemu.infra.terms import in_force
from hemu.service_requests.models import Request
from hemu.service_requests.queries import (
    LATE_COUNTED,
    in_states,
    late_among,
    late_for_longest,
    open_to,
    sent_by,
)
from hemu.service_requests.queries_search import found_by_words
from hemu.service_requests.rules import HANDLERS
from hemu.supervision.models import NamedView
from hemu.supervision.rules import NOBODY, Filters

PEOPLE = 200
VIEWS = 30
PLACES_OF_BUILDING = 30


def narrowed(
    rows: QuerySet[Request], filters: Filters, *, offices: Collection[UUID] | None, now: datetime
) -> QuerySet[Request]:
    """Return those of the rows that all filters let through; it stays a list that is walked newest first.

    Args:
        rows: what the reader may see.
        offices: whose late cases are looked for; None for those of the whole company.
    """
    rows = rows.filter(**_equal(filters))
    if filters.person:
        who = Q(handler__isnull=True) if filters.person == NOBODY else Q(handler=filters.person)
        rows = rows.filter(who)
    if filters.body:
        rows = sent_by(rows, filters.body)
    if filters.states:
        rows = in_states(rows, filters.states)
    if filters.first_day:
        rows = rows.filter(id__gte=first_id(datetime.combine(filters.first_day, time(), OFFICE_ZONE)))
    if filters.last_day:
        after = filters.last_day + timedelta(days=1)
        rows = rows.filter(id__lt=first_id(datetime.combine(after, time(), OFFICE_ZONE)))
    if filters.late:
        rows = late_for_longest(rows, offices=offices, now=now)
    if filters.q:
        ids, _ = found_by_words(rows, filters.q, communities=places_of(filters, offices))
        rows = rows.filter(id__in=ids)
    return rows


@dataclass(frozen=True)
class Walk:
    """What a list walks, newest first, for ``queries.listed``.

    Attributes:
        among, scope: of which communities or homes the newest are taken, or among which cases; None: as the rows say.
        too_many: what has to be narrowed for all of it to be found: ``words``, ``building``, or empty.
    """

    rows: QuerySet[Request]
    among: list[UUID] | None = None
    scope: str = "community_id"
    too_many: str = ""


def walked(actor: Actor, filters: Filters, *, communities: Sequence[Community], now: datetime) -> Walk:
    """Return what a person's list walks; what it reads is bounded, however long the history is.

    Of what is late it takes the cases of the 200 duties late for longest, of words the newest 1,000 cases, of a
    building the homes in one of 30 communities, 400 at most.

    Args:
        communities: those in which this person may see cases.
    """
    offices = actor.offices_with("request.view")
    places = [
        each
        for each in communities
        if filters.community in ("", str(each.id)) and filters.office in ("", str(each.office_id))
    ]
    anywhere = offices is None and not filters.community and not filters.office
    plain = replace(filters, q="", late="", building="")
    rows = narrowed(open_to(actor), replace(plain, community="", office=""), offices=offices, now=now)
    if filters.q or filters.late:
        rows = rows.filter(home__building=filters.houses) if filters.building else rows
        rows = rows if anywhere else rows.filter(community__in=[each.id for each in places])
        return _found(rows, filters, None if anywhere else places, now=now)
    if filters.building:
        return _of_building(rows, filters.houses, places)
    return Walk(rows, None if anywhere else [each.id for each in places])


def _found(
    rows: QuerySet[Request], filters: Filters, places: Sequence[Community] | None, *, now: datetime
) -> Walk:
    if filters.late:
        offices = None if places is None else {each.office_id for each in places}
        late = late_among(rows, offices=offices, now=now, at_most=LATE_COUNTED)
        chosen = list(late.values_list("id", flat=True))
        if not filters.q:
            return Walk(rows, chosen, scope="id")
        rows = rows.filter(id__in=chosen)
    communities = None if places is None else [each.id for each in places]
    ids, cut = found_by_words(rows, filters.q, communities=communities)
    return Walk(rows, ids, scope="id", too_many="words" if cut else "")


def _of_building(rows: QuerySet[Request], building: str, places: Sequence[Community]) -> Walk:
    """Walk the homes of a building: in many communities there are too many of that number."""
    homes: list[UUID] = []
    if len(places) <= PLACES_OF_BUILDING:
        named = Home.objects.filter(community__in=places, building=building)
        homes = list(named.values_list("id", flat=True)[: ONE_BY_ONE + 1])
    if len(places) > PLACES_OF_BUILDING or len(homes) > ONE_BY_ONE:
        return Walk(rows.none(), [], too_many="building")
    return Walk(rows, homes, scope="home_id")


def places_at(offices: Collection[UUID] | None) -> list[UUID] | None:
    """Return the communities of these offices; None for those of the whole company."""
    if offices is None:
        return None
    return list(Community.objects.filter(office__in=offices).values_list("id", flat=True))


def places_of(filters: Filters, offices: Collection[UUID] | None) -> list[UUID] | None:
    """Return the communities that filters and the reader's offices leave; None for those of the whole company."""
    rows = Community.objects.all()
    if offices is None and not filters.community and not filters.office:
        return None
    if offices is not None:
        rows = rows.filter(office__in=offices)
    if filters.community:
        rows = rows.filter(id=UUID(filters.community))
    if filters.office:
        rows = rows.filter(office=UUID(filters.office))
    return list(rows.values_list("id", flat=True))


def _equal(filters: Filters) -> dict[str, object]:
    asked: dict[str, object] = {
        "type": filters.type,
        "trade": filters.trade,
        "channel": filters.channel,
        "community": filters.community,
        "community__office": filters.office,
        "home__building": filters.houses,
        "urged_count__gt": 0 if filters.urged else "",
        "reopened_count__gt": 0 if filters.reopened else "",
        "major": True if filters.major else "",
    }
    return {name: value for name, value in asked.items() if value != ""}


@dataclass(frozen=True)
class Handler:
    """A post of somebody who may handle cases, with the log-in where there is one in use."""

    staff: UUID
    name: str
    office: UUID | None
    login: str


def handlers_of(actor: Actor, *, now: datetime) -> list[Handler]:
    """Return who may handle cases where this person may see them, by name; 201 at most: then they are not all."""
    offices = actor.offices_with("request.view")
    return list(_handlers(None if offices is None else tuple(offices), office_day(now)))


@kept_while_standing
def _handlers(offices: tuple[UUID, ...] | None, on: date) -> tuple[Handler, ...]:
    posts = Post.objects.filter(in_force(on), role__in=sorted(HANDLERS))
    if offices is not None:
        posts = posts.filter(office__in=offices)
    login = Case(When(staff__account__is_active=True, then=F("staff__account__login")), default=Value(""))
    rows = posts.order_by("staff__name", "id").values_list("staff_id", "staff__name", "office_id", login)
    return tuple(Handler(*row) for row in rows[: PEOPLE + 1])


def views_of(actor: Actor) -> list[NamedView]:
    """Return the views this person may open: their own and those shared with their offices, the oldest first; 30 at most."""
    shared = Q(office__in=[office for office in actor.offices if office])
    if None in actor.offices:
        shared = Q(office__isnull=False)
    own = Q(staff=actor.staff_id)
    return list(NamedView.objects.filter(own | shared).order_by("id")[:VIEWS])


def view_for(actor: Actor, view_id: UUID) -> NamedView:
    """Return a view that this person may change: their own, or one of an office they lead.

    Raises:
        RuleViolation: ``view.not_found``.
    """
    view = NamedView.objects.filter(id=view_id).first()
    if view is None or not may_change(actor, view):
        raise RuleViolation("view.not_found")
    return view


def may_change(actor: Actor, view: NamedView) -> bool:
    """Tell whether this person may delete a view: whoever made it, or who leads the office it is shared with."""
    return view.staff_id == actor.staff_id or (
        view.office_id is not None and actor.may("estate.change", view.office_id)
    )
