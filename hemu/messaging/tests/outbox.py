"""Rows of the outbox for tests of sending, about subjects that no room above has to know."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hemu.estate.models import Staff
from hemu.infra.identity import new_id
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import deliver
from hemu.messaging.rules import Channel, Recipient, State

NOW = datetime(2026, 9, 30, 8, tzinfo=UTC)


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def to_group(number: int = 1, **more: Any) -> Outgoing:
    """Lay a row whose words need no other room; by the group's robot unless a channel is named."""
    values: dict[str, Any] = {"channel": Channel.WECOM, "not_before": NOW, **more}
    return Outgoing.objects.create(
        id=new_id(NOW),
        key=f"group:{number}",
        recipient=Recipient.GROUP,
        topic="duty.urgent",
        subject=f"request:HFHY-2026-{number:05}",
        **values,
    )


def by_sms(number: int = 1, **more: Any) -> Outgoing:
    return to_group(number, channel=Channel.SMS, **more)


def member(name: str = "示例") -> Staff:
    return Staff.objects.create(id=new_id(NOW), name=name)


def empty(at: datetime) -> int:
    """Deliver until nothing is left to do at that moment."""
    done = 0
    while found := deliver(now=at):
        done += found
    return done


def state_of(row: Outgoing) -> tuple[State, int, str]:
    row.refresh_from_db()
    return State(row.state), row.tries, row.error
