"""Reading notices: one gate, the list, what hangs for a home, who has read it."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hemu.access.actors import Actor
from hemu.estate.models import Community, Home, Tie
from hemu.foundation.errors import RuleViolation
from hemu.infra.terms import in_force_or_undated
from hemu.notices.models import Notice
from hemu.notices.rules_notices import ROLES, Audience, State, state_of
from hemu.papers.models import Document

PAGE, SHOWN = 50, 20


def notices_of(actor: Actor, permission: str = "notice.view") -> QuerySet[Notice]:
    """Return the notices of the communities in which a permission is held."""
    rows = Notice.objects.filter(community__in=actor.communities(permission))
    return rows.select_related("community__office", "document", "work")


def notice_for(actor: Actor, document: UUID, permission: str = "notice.view") -> Notice:
    """Return a notice that this person may see.

    Raises:
        RuleViolation: ``notice.not_found``, the same for one that does not exist.
    """
    found = notices_of(actor, permission).filter(document=document).first()
    if found is None:
        raise RuleViolation("notice.not_found")
    return found


def listed(
    rows: QuerySet[Notice], *, today: date, state: str = "open", after: UUID | None = None
) -> tuple[list[Notice], str]:
    """Return one page, drafted last first, and the id after which the next one begins ("" at the end).

    Args:
        state: ``open`` for what is not withdrawn, over or void, ``all``.
    """
    if state == "open":
        over = Q(posted_at__isnull=True, published_at__isnull=False, until__lt=today)
        rows = rows.filter(withdrawn_at__isnull=True).exclude(document__state="void").exclude(over)
    if after:
        rows = rows.filter(document_id__lt=after)
    found = list(rows.order_by("-document_id")[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].document_id) if len(found) > PAGE else ""


def state(notice: Notice, *, today: date) -> State:
    """Return how a notice stands on a day."""
    return state_of(
        notice.document.state,
        published=notice.published_at is not None,
        posted=notice.posted_at is not None,
        withdrawn=notice.withdrawn_at is not None,
        until=notice.until,
        today=today,
    )


def shown_to(ties: Collection[Tie], *, today: date) -> list[Notice]:
    """Return the notices that owners can read today and that are for one of these, newest first, 20 at most.

    Args:
        ties: what binds somebody to homes, with the homes.
    """
    rows = Notice.objects.select_related("document", "community__office").filter(
        Q(posted_at__isnull=False) | Q(since__lte=today) | Q(kind="emergency"),
        community__in={each.home.community_id for each in ties},
        published_at__isnull=False,
        withdrawn_at__isnull=True,
        until__gte=today,
    )
    rows = rows.exclude(document__state="void").order_by("-published_at", "-document_id")
    theirs = [each for each in rows[: 5 * SHOWN] if any(is_for(each, tie) for tie in ties)]
    return theirs[:SHOWN]


def is_for(notice: Notice, tie: Tie) -> bool:
    """Tell whether a notice is for somebody bound to a home."""
    home = tie.home
    return home.community_id == notice.community_id and notice.audience.reaches(
        building=home.building, unit=home.unit, written=home.written, tie=tie.kind
    )


def successors(documents: Iterable[UUID]) -> dict[UUID, Document]:
    """Return the issued corrections of notices by what they replace, in one statement."""
    rows = Document.objects.filter(replaces__in=list(documents), state="issued").order_by("id")
    return {each.replaces_id: each for each in rows if each.replaces_id}


# ── whom it is for ───────────────────────────────────────────────────────────


def audience_of(community: Community, parts: Collection[str], roles: Collection[str] = ()) -> Audience:
    """Return whom the parts name: buildings (``3``), units (``3-2``) or homes (``3-2-1201``) of a community.

    Statements: one where any is named.

    Raises:
        RuleViolation: ``notice.unknown_building`` (building): the first part that names nothing there.
    """
    if not parts:
        return Audience(roles=tuple(roles))
    heads = {
        each[:end] for each in parts for end in range(1, len(each) + 1) if each[end : end + 1] in ("", "-")
    }
    homes_there = community.homes.filter(Q(building__in=heads) | Q(written__in=parts))
    places = set(homes_there.values_list("building", "unit", "written"))
    buildings = {building for building, _unit, _written in places}
    units = {f"{building}-{unit}": (building, unit) for building, unit, _written in places if unit}
    homes = {written for _building, _unit, written in places}
    for each in parts:
        if each not in buildings and each not in units and each not in homes:
            raise RuleViolation("notice.unknown_building", building=each)
    named = sorted(set(parts))
    whole = [each for each in named if each in buildings]
    rest = [each for each in named if each not in buildings]
    return Audience(
        tuple(whole),
        tuple(units[each] for each in rest if each in units),
        tuple(each for each in rest if each not in units),
        tuple(roles),
    )


def homes_for(community: Community, audience: Audience, *, on: date) -> QuerySet[Home]:
    """Return the homes that a notice is for: of roles, those with somebody bound in such a role on a day."""
    homes = Home.objects.filter(community=community)
    if not audience.everywhere:
        named = Q(building__in=audience.buildings) | Q(written__in=audience.homes)
        for building, unit in audience.units:
            named |= Q(building=building, unit=unit)
        homes = homes.filter(named)
    if audience.ties:
        homes = homes.filter(Exists(ties_of(audience, on)))
    return homes


EMPTY = (Home.Occupancy.VACANT, Home.Occupancy.NOT_MOVED_IN, Home.Occupancy.NOT_HANDED_OVER)
"""Homes in whose letter box nobody looks."""


def reach_of(community: Community, audience: Audience, *, on: date) -> dict[str, int]:
    """Return how many homes a notice is for and how each would be reached; they add up to ``homes``.

    Returns:
        ``homes``; ``phones``: somebody has a mobile number; ``boxes``: nobody has, the letter box is left;
        ``nobody``: nobody has, and nobody lives there. Statements: one.
    """
    by_phone = Exists(
        ties_of(audience, on).filter(person__phones__number__gte="13", person__phones__number__lt="2")
    )
    homes = homes_for(community, audience, on=on).annotate(by_phone=by_phone)
    found = homes.aggregate(
        homes=Count("id"),
        phones=Count("id", filter=Q(by_phone=True)),
        nobody=Count("id", filter=Q(by_phone=False, occupancy__in=EMPTY)),
    )
    counts = {name: int(count) for name, count in found.items()}
    return {**counts, "boxes": counts["homes"] - counts["phones"] - counts["nobody"]}


def ties_of(audience: Audience, on: date) -> QuerySet[Tie]:
    """Return what binds those a notice is for to a home on a day, the home being that of the row outside."""
    kinds = audience.ties or (*ROLES["owner"], *ROLES["tenant"])
    return Tie.objects.filter(
        in_force_or_undated(on),
        home=OuterRef("pk"),
        kind__in=kinds,
    )
