"""Reading corrective actions: one gate, one list, the board, who may check."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from hemu.access.actors import Actor
from hemu.estate.models import Community, Post
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_local, office_day
from hemu.infra.terms import in_force
from hemu.quality.models import CorrectiveAction
from hemu.quality.rules import BOARD, LEADERS, OPEN, OVER, WORKERS, State
from hemu.service_requests.queries import hidden_subjects, named_in

PAGE, BADGE, CARDS = 50, 99, 30
SHOWN = ("open", "late", "mine", "check", "effect", "over", "all")
"""What a list may be narrowed to: `check` waits for a second person, `effect` for its figure."""


def rows() -> QuerySet[CorrectiveAction]:
    """Return all actions with what a line of them shows."""
    return CorrectiveAction.objects.select_related("community__office", "responsible", "done_by", "opened_by")


def visible_to(actor: Actor, permission: str = "action.view") -> QuerySet[CorrectiveAction]:
    """Return the actions of the communities in which a permission is held; none from a case that names this person."""
    found = rows()
    if actor.offices_with(permission) is not None:
        found = found.filter(community__in=actor.communities(permission))
    hidden = hidden_subjects(actor.staff_id)
    return found.exclude(about__in=hidden) if hidden else found


def opened_after(subjects: Iterable[str]) -> set[str]:
    """Return the subjects of the actions that came from some subjects."""
    numbers = CorrectiveAction.objects.filter(about__in=subjects).values_list("number", flat=True)
    return {f"corrective_action:{number}" for number in numbers}


def barred(subject: str) -> set[UUID]:
    """Return whom the case names from which an action came: they must not hear of it."""
    about = CorrectiveAction.objects.filter(number=subject.partition(":")[2]).values_list("about", flat=True)
    return set().union(*(named_in(each) for each in about if each.startswith("request:")))


def action_for(actor: Actor, number: str, permission: str = "action.view") -> CorrectiveAction:
    """Return an action that this person may see.

    Raises:
        RuleViolation: ``action.not_found``, the same for one that does not exist.
    """
    found = visible_to(actor, permission).filter(number=number.strip().upper()).first()
    if found is None:
        raise RuleViolation("action.not_found")
    return found


def narrowed(
    found: QuerySet[CorrectiveAction], *, shown: str, now: datetime, staff: UUID | None = None
) -> QuerySet[CorrectiveAction]:
    """Return the actions of one of ``SHOWN``.

    Args:
        staff: whose, for ``mine``.
    """
    standing = found.exclude(state__in=sorted(OVER))
    return {
        "open": standing,
        "late": found.filter(state__in=sorted(OPEN), due_at__lt=now),
        "mine": standing.filter(responsible=staff),
        "check": found.filter(state=State.DONE),
        "effect": found.filter(state=State.VERIFIED, ask_on__lte=office_day(now)),
        "over": found.filter(state__in=sorted(OVER)),
    }.get(shown, found)


def listed(
    found: QuerySet[CorrectiveAction],
    *,
    after: str = "",
    seen: QuerySet[CorrectiveAction],
    limit: int = PAGE,
) -> tuple[list[CorrectiveAction], str]:
    """Return one page, newest first, and the number after which the next one begins ("" at the end).

    Args:
        seen: what may be seen at all; after the number of any other there is nothing, as after one that nobody bears.
    """
    if after:
        last = seen.filter(number=after).values_list("id", flat=True).first()
        found = found.filter(id__lt=last) if last else found.none()
    page = list(found.order_by("-id")[: limit + 1])
    return page[:limit], page[limit - 1].number if len(page) > limit else ""


def board_of(found: QuerySet[CorrectiveAction]) -> dict[str, tuple[list[CorrectiveAction], bool]]:
    """Return the four columns, what is due first on top: at most thirty cards, and whether there are more."""
    columns = {}
    for column, states in BOARD.items():
        order = "ask_on" if column == "act" else "due_at"
        cards = list(found.filter(state__in=states).order_by(order, "id")[: CARDS + 1])
        columns[column] = cards[:CARDS], len(cards) > CARDS
    return columns


def actions_about(actor: Actor, about: str) -> list[CorrectiveAction]:
    """Return the actions that came from a subject and may be seen, newest first."""
    return list(visible_to(actor).filter(about=about).order_by("-id"))


def waiting_count(actor: Actor, *, now: datetime) -> int:
    """Return how many actions wait for this person, up to 100: one's own to do, and as a leader what is to be checked."""
    mine = Q(responsible=actor.staff_id, state__in=(State.OPENED, State.PLANNED))
    if actor.roles & LEADERS:
        mine |= Q(state=State.DONE) & ~Q(done_by=actor.staff_id) & ~Q(responsible=actor.staff_id)
        mine |= Q(state=State.VERIFIED, ask_on__lte=office_day(now))
    return visible_to(actor).filter(mine)[: BADGE + 1].count()


def _posts(community: Community, roles: Iterable[str], *, on: date) -> QuerySet[Post]:
    held = Post.objects.filter(in_force(on), role__in=sorted(roles))
    return held.filter(Q(office=community.office_id) | Q(office__isnull=True))


def workers_of(community: Community, *, on: date, about: str = "") -> list[tuple[str, str]]:
    """Return who may answer for an action of a community, as (key, name) by name; nobody whom ``about`` names."""
    barred = named_in(about) if about.startswith("request:") else set()
    held = _posts(community, WORKERS, on=on).order_by(
        F("office").asc(nulls_last=True), "staff__name", "staff"
    )
    found = held.values_list("staff_id", "staff__name")
    return [(f"staff:{key}", name) for key, name in dict(found).items() if key not in barred]


def checkers_of(community: Community, *, on: date, about: str = "") -> dict[str, str]:
    """Return who may take a second look at an action of a community, at its office or above it, key → name."""
    barred = named_in(about) if about.startswith("request:") else set()
    found = _posts(community, LEADERS, on=on).values_list("staff_id", "staff__name")
    return {f"staff:{key}": name for key, name in found if key not in barred}


def plain(action: CorrectiveAction) -> dict[str, object]:
    """Return an action as commands print it."""
    return {
        "number": action.number,
        "community": action.community.name,
        "kind": action.kind,
        "source": action.source,
        "about": action.about or None,
        "text": action.text,
        "whys": action.whys,
        "measure": action.measure or None,
        "responsible": f"staff:{action.responsible_id}",
        "due": iso_local(action.due_at),
        "state": action.state,
        "again": action.again,
        "figure": action.figure or None,
        "before": action.before or None,
        "after": action.after or None,
        "ask_on": action.ask_on.isoformat() if action.ask_on else None,
        "version": action.version,
    }
