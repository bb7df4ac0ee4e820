"""A case of an outside body (12345 hotline, street office, court …): its number, and its own due time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_utc
from hemu.service_requests import rules
from hemu.service_requests.models import Request
from hemu.service_requests.operations.asked import Asked, Effect, moment_of, place_of

NUMBER_LENGTH = 60


@dataclass(frozen=True)
class Outside:
    """Which body sent a case, under which number of its own, and by when it wants an answer."""

    body: str
    number: str = ""
    due_at: datetime | None = None

    @classmethod
    def read(cls, body: str, number: str, due_at: str) -> "Outside | None":
        """Return what was said of an outside body; None where nothing was.

        Raises:
            RuleViolation: ``outside.no_body``, ``request.unreadable_date``.
        """
        if not body and (number or due_at):
            raise RuleViolation("outside.no_body")
        return (
            cls(body, number.strip(), moment_of(due_at, "outside_due_at") if due_at else None)
            if body
            else None
        )


def fields_of(
    outside: Outside | None, *, community: Community, by: str, apart_from: Request | None = None
) -> dict[str, Any]:
    """Return the fields of a case that an outside body sent; the number may be known only once.

    Raises:
        RuleViolation: ``request.unknown_value``, ``outside.duplicate`` (number: of the other case); where that is of
            another community, or names the actor ``by``, ``outside.duplicate_elsewhere``, which names nothing.
    """
    if outside is None:
        return {}
    body, number = rules.one_of("body", outside.body, rules.OUTSIDE_BODIES), outside.number[:NUMBER_LENGTH]
    if number:
        same = Request.objects.filter(outside_body=body, outside_number=number)
        if apart_from:
            same = same.exclude(pk=apart_from.pk)
        if other := same.first():
            hidden = (f"staff:{each.staff_id}" == by for each in other.named.all())
            if other.community_id != community.id or any(hidden):
                raise RuleViolation("outside.duplicate_elsewhere")
            raise RuleViolation("outside.duplicate", number=other.number)
    return {"outside_body": body, "outside_number": number, "outside_due_at": outside.due_at}


def due_by(request: Request) -> str | None:
    """Return the outside body's due time as a fact; the earlier of it and the SOP's rules each duty."""
    return iso_utc(request.outside_due_at) if request.outside_due_at else None


def note(asked: Asked) -> Effect:
    """Note that an outside body sent the case too: `body`, `outside_number`, `outside_due_at`."""
    request = asked.request
    said = Outside.read(asked.take("body"), asked.take("outside_number"), asked.take("outside_due_at"))
    if said is None:
        raise RuleViolation("outside.no_body")
    changes = fields_of(said, community=request.community, by=asked.act.actor, apart_from=request)
    return Effect(
        facts={
            "type": request.type,
            "place": place_of(request.type),
            "limit": request.limit or None,
            "body": said.body,
            "due_by": iso_utc(said.due_at) if said.due_at else None,
        },
        words={"outside_number": said.number},
        changes=changes,
    )
