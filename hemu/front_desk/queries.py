"""Open cases that a new word may belong to: those of the same home, and those that tell the same story."""

from django.db.models import QuerySet

from hemu.estate.models import Community, Home
from hemu.front_desk.rules import most_alike
from hemu.service_requests.models import Request
from hemu.service_requests.rules import State

COMPARED = 300
"""Only so many of a community's newest open cases are compared, so that typing never waits."""


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
