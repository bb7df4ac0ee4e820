"""Reading issues found and property kept: one gate, one list."""

from uuid import UUID

from django.db.models import QuerySet

from hemu.access.actors import Actor
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_local
from hemu.stewardship.models import Matter
from hemu.stewardship.rules import State

PAGE, BADGE = 50, 99
WAITING = (State.FOUND, State.PROBLEM)
"""Of these the owner has not been told yet."""


def visible_to(actor: Actor, permission: str = "matter.view") -> QuerySet[Matter]:
    """Return the matters of the communities in which a permission is held."""
    rows = Matter.objects.filter(community__in=actor.communities(permission))
    return rows.select_related("community__office", "home", "opened_by")


def matter_for(actor: Actor, matter: UUID, permission: str = "matter.view") -> Matter:
    """Return a matter that this person may see.

    Raises:
        RuleViolation: ``matter.not_found``, the same for one that does not exist.
    """
    found = visible_to(actor, permission).filter(id=matter).first()
    if found is None:
        raise RuleViolation("matter.not_found")
    return found


def listed(
    rows: QuerySet[Matter], *, state: str = "open", after: UUID | None = None
) -> tuple[list[Matter], str]:
    """Return one page, newest first, and the id after which the next one begins ("" at the end).

    Args:
        state: ``open`` for all that are not ended, ``waiting`` for those of which nobody was told yet, ``all``.
    """
    if state == "open":
        rows = rows.exclude(state=State.ENDED)
    elif state == "waiting":
        rows = rows.filter(state__in=WAITING)
    if after:
        rows = rows.filter(id__lt=after)
    found = list(rows.order_by("-id")[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else ""


def waiting_count(actor: Actor, kind: str) -> str:
    """Return how many of a kind nobody was told of yet, counted to 99 as badges show it; "" for none."""
    rows = visible_to(actor).filter(kind=kind, state__in=WAITING)
    count = rows[: BADGE + 1].count()
    return f"{BADGE}+" if count > BADGE else str(count or "")


def plain(matter: Matter) -> dict[str, str | int | None]:
    """Return a matter as commands print it."""
    return {
        "id": str(matter.id),
        "kind": matter.kind,
        "community": matter.community.name,
        "home": matter.home.written if matter.home else None,
        "place": matter.place or None,
        "thing": matter.thing or None,
        "text": matter.text,
        "state": matter.state,
        "version": matter.version,
        "at": iso_local(matter.opened_at),
    }
