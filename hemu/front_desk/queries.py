"""Open cases that a new word may belong to: those of the same home, and those that tell the same story.

And whom of the staff a complaint may name.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from hemu.access.models import Account
from hemu.estate.models import Community, Home
from hemu.front_desk.rules import most_alike
from hemu.infra.standing import kept_while_standing
from hemu.service_requests.models import Request
from hemu.service_requests.rules import State

COMPARED = 300
"""Only so many of a community's newest open cases are compared, so that typing never waits."""

MOST_NAMED = 200
"""More people than this are no list to choose from on the telephone: they are named when the case is sorted."""


def people_named(communities: Iterable[Community], *, on: date) -> list[tuple[str, str]]:
    """Return log-in and name of who works at the communities' offices on a day; nobody where they are too many."""
    return list(_people_named(tuple(sorted({each.office_id for each in communities})), on))


@kept_while_standing
def _people_named(offices: tuple[UUID, ...], on: date) -> tuple[tuple[str, str], ...]:
    posts = Q(staff__posts__until__isnull=True) | Q(staff__posts__until__gte=on)
    accounts = Account.objects.filter(posts, staff__posts__office__in=offices, is_active=True)
    rows = accounts.values_list("login", "staff__name").distinct().order_by("staff__name")[: MOST_NAMED + 1]
    return tuple(rows) if len(rows) <= MOST_NAMED else ()


def recent_of_home(rows: QuerySet[Request], home: Home, *, limit: int) -> list[Request]:
    """Return a home's newest cases, up to ``limit``, open ones first."""
    newest = rows.filter(home=home).order_by("-id")[: limit * 2]
    return sorted(newest, key=lambda case: case.state == State.CLOSED)[:limit]


def same_story(
    rows: QuerySet[Request], community: Community, text: str, *, leave_out: list[Request], limit: int
) -> list[Request]:
    """Return the open cases of a community that tell what ``text`` tells, the likest first, up to ``limit``.

    Args:
        rows: the cases in reach.
        leave_out: those that are shown already.
    """
    newest = rows.filter(community=community).exclude(state=State.CLOSED).order_by("-id")[:COMPARED]
    shown = {case.number for case in leave_out}
    accounts = {case.number: case for case in newest if case.number not in shown}
    told = ((number, f"{case.place} {case.text}") for number, case in accounts.items())
    return [accounts[number] for number in most_alike(text, told, limit=limit)]
