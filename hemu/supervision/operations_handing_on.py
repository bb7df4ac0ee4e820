"""Handing on the cases of somebody who leaves: each a transfer of its own, with its entry."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet

from hemu.access.actors import Actor
from hemu.access.models import Account
from hemu.estate.queries import holders
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE
from hemu.ledger.operations import Act
from hemu.service_requests.models import Request
from hemu.service_requests.operations.stepping import take_step
from hemu.service_requests.rules import State

WHY = "离职交接"
HELD = (State.DISPATCHED, State.ACCEPTED, State.PAUSED)
RECEIVERS = ("cs_supervisor", "office_director")
"""Who gets a case back that no successor and no department takes, in this order."""


def held_cases(staff: UUID) -> QuerySet[Request]:
    """Return the cases that somebody has in hand, oldest first."""
    return Request.objects.filter(handler=staff, state__in=HELD).order_by("id")


def hand_on_cases(*, staff: UUID, to: UUID | None, act: Act, limit: int) -> int:
    """Hand on at most ``limit`` cases of somebody who left and return how many went.

    A case goes to the successor; where there is none, or that person may not have it, back to its department, else
    to who distributes work at the office. What nobody may take stays where it is. Whoever may let people go may
    hand on their cases: the transfer is that person's act, whatever their own posts.
    """
    heir = (
        list(Account.objects.filter(staff=to, is_active=True).values_list("login", flat=True)) if to else []
    )
    went = 0
    for case in held_cases(staff).select_related("community__office", "department"):
        if went < limit:
            went += _went(case, heir, staff, act)
    return went


def _went(case: Request, heir: list[str], staff: UUID, act: Act) -> bool:
    for values in _ways(case, heir, staff, act):
        try:
            take_step(
                number=case.number,
                step="transfer",
                act=act,
                by=_authority(case, staff, act),
                words=WHY,
                values=values,
            )
        except RuleViolation:
            continue
        return True
    return False


def _ways(case: Request, heir: list[str], staff: UUID, act: Act) -> Iterator[dict[str, str]]:
    yield from ({"to": login} for login in heir)
    if case.department is not None:
        yield {"department": case.department.name}
    today = act.recorded_at.astimezone(OFFICE_ZONE).date()
    for role in RECEIVERS:
        others = [each for each in holders(role, case.community.office, on=today) if each != staff]
        logins = Account.objects.filter(staff__in=others, is_active=True).order_by("id")
        yield from ({"to": login} for login in logins.values_list("login", flat=True))


def _authority(case: Request, staff: UUID, act: Act) -> Actor:
    """Return who orders it, with the right to transfer that goes with letting somebody go."""
    kind, _, key = act.actor.partition(":")
    who = UUID(key) if kind == "staff" else staff
    return Actor(who, "", "", {case.community.office_id: frozenset({"office_director"})})
