"""Telling staff: a row in the outbox with the act itself, an in-app message from the worker."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from hemu.infra.identity import new_id
from hemu.infra.transaction import operation
from hemu.messaging.models import Message, Outgoing

LEASE = timedelta(minutes=2)


def tell(
    *,
    staff: Iterable[UUID],
    topic: str,
    subject: str,
    key: str,
    now: datetime,
    not_before: datetime | None = None,
    facts: Mapping[str, Any] | None = None,
) -> int:
    """Write one outbox row a person, in the caller's transaction; return how many people were named.

    Args:
        key: what makes this telling the same as another one; the person is added to it.
        not_before: when it may be told at the earliest: quiet hours are the caller's business.
    """
    rows = [
        Outgoing(
            id=new_id(now),
            key=f"{key}:{person.hex}",
            staff_id=person,
            topic=topic,
            subject=subject,
            facts=dict(facts or {}),
            not_before=not_before or now,
        )
        for person in dict.fromkeys(staff)
    ]
    if rows:
        Outgoing.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def deliver(*, now: datetime, at_most: int = 200) -> int:
    """Deliver what waits in the outbox, oldest first; return how many rows were sent.

    Any number of workers may run this: a row is claimed by a conditional update, and the message's unique key
    makes a second delivery of the same row no second message.
    """
    waiting = Outgoing.objects.filter(
        Q(claimed_until__isnull=True) | Q(claimed_until__lt=now), sent_at__isnull=True, not_before__lte=now
    )
    return sum(_deliver_one(row, now) for row in waiting.order_by("not_before")[:at_most])


def _deliver_one(row: Outgoing, now: datetime) -> bool:
    unclaimed = Outgoing.objects.filter(pk=row.pk, claimed_until=row.claimed_until, sent_at__isnull=True)
    if not unclaimed.update(claimed_until=now + LEASE):
        return False
    _write_message(row, now)
    return True


@operation
def _write_message(row: Outgoing, now: datetime) -> None:
    message = Message(
        id=new_id(now),
        key=row.key,
        staff_id=row.staff_id,
        topic=row.topic,
        subject=row.subject,
        facts=row.facts,
        sent_at=now,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    Outgoing.objects.filter(pk=row.pk).update(sent_at=now)


@operation
def mark_read(*, staff: UUID, now: datetime) -> int:
    """Mark a person's messages as read; return how many."""
    return Message.objects.filter(staff_id=staff, read_at__isnull=True).update(read_at=now)
