"""Reading notices: one gate, the list, what hangs for a home, who has read it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from hemu.access.actors import Actor
from hemu.estate.models import Community, Home
from hemu.foundation.errors import RuleViolation
from hemu.notices.models import Notice
from hemu.notices.rules_notices import State, is_for, state_of

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
    rows: QuerySet[Notice], *, state: str = "open", after: UUID | None = None
) -> tuple[list[Notice], str]:
    """Return one page, drafted last first, and the id after which the next one begins ("" at the end).

    Args:
        state: ``open`` for what is not withdrawn or void, ``all``.
    """
    if state == "open":
        rows = rows.filter(withdrawn_at__isnull=True).exclude(document__state="void")
    if after:
        rows = rows.filter(document_id__lt=after)
    found = list(rows.order_by("-document_id")[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].document_id) if len(found) > PAGE else ""


def state(notice: Notice, *, today: date) -> State:
    """Return how a notice stands on a day."""
    return state_of(
        notice.document.state,
        posted=notice.posted_at is not None,
        withdrawn=notice.withdrawn_at is not None,
        until=notice.until,
        today=today,
    )


def hanging_for(homes: Collection[Home], *, today: date) -> list[Notice]:
    """Return the notices posted and not expired that are for one of these homes, newest first, 20 at most."""
    rows = Notice.objects.select_related("document", "community__office").filter(
        community__in={each.community_id for each in homes},
        posted_at__isnull=False,
        withdrawn_at__isnull=True,
        until__gte=today,
    )
    theirs = [
        notice
        for notice in rows.order_by("-posted_at", "-document_id")[: 5 * SHOWN]
        if any(
            home.community_id == notice.community_id and is_for(home.building, notice.buildings)
            for home in homes
        )
    ]
    return theirs[:SHOWN]


def reach_of(community: Community, buildings: Collection[str], *, on: date) -> dict[str, int]:
    """Return how many a notice would reach: homes, and of these with somebody who can be told by phone.

    Statements: one.
    """
    homes = Home.objects.filter(community=community)
    if buildings:
        homes = homes.filter(building__in=buildings)
    holds = (Q(ties__since__isnull=True) | Q(ties__since__lte=on)) & (
        Q(ties__until__isnull=True) | Q(ties__until__gte=on)
    )
    found = homes.aggregate(
        homes=Count("id", distinct=True),
        phones=Count("id", distinct=True, filter=holds & Q(ties__person__phones__number__startswith="1")),
    )
    return {"homes": int(found["homes"]), "phones": int(found["phones"])}
