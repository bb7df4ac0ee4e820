"""What a gateway tells of its own accord: a message was delivered, or was not. Twice or late, it says the same."""

from datetime import datetime
from uuid import UUID

from django.db.models import DateTimeField, QuerySet, Value
from django.db.models.functions import Coalesce

from hemu.infra.transaction import operation
from hemu.messaging.models import Outgoing
from hemu.messaging.rules import Channel, State

TRIED = (State.WAITING, State.SENDING, State.SENT, State.UNKNOWN, State.FAILED)
NOT_YET_DELIVERED = (State.SENDING, State.SENT, State.UNKNOWN)


@operation
def hear_from_gateway(*, message: UUID, state: str, now: datetime) -> bool:
    """Write down a receipt; return whether the message is one that went to the gateway.

    A state only moves forward: what is delivered stays delivered, what a person settled stays as it is.

    Args:
        state: ``delivered``, ``sent`` or ``failed``.
    """
    rows = Outgoing.objects.filter(pk=message, channel=Channel.SMS, tries__gt=0)
    if not rows.exists():
        return False
    open_rows = rows.filter(settled_at__isnull=True)
    if state == State.DELIVERED:
        _tell(open_rows.filter(state__in=TRIED), State.DELIVERED, now)
    elif state == State.SENT:
        _tell(open_rows.filter(state__in=(State.SENDING, State.UNKNOWN)), State.SENT, now)
    elif state == State.FAILED:
        failed = open_rows.filter(state__in=NOT_YET_DELIVERED)
        failed.update(
            state=State.FAILED, sent_at=None, error="gateway.failed", claimed_until=None, ask_at=None
        )
    return True


def _tell(rows: QuerySet[Outgoing], state: State, now: datetime) -> None:
    """Write that messages went out; one that already had its moment keeps it."""
    changes: dict[str, object] = {"state": state, "error": "", "claimed_until": None}
    if state == State.DELIVERED:
        changes["ask_at"] = None
    rows.update(sent_at=Coalesce("sent_at", Value(now, DateTimeField())), **changes)
