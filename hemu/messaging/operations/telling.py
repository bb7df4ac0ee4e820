"""Writing what must be told, in the transaction of what it tells of."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from hemu.infra.identity import new_id
from hemu.infra.prepared import insert
from hemu.messaging.channels import ready_channels
from hemu.messaging.models import Outgoing
from hemu.messaging.queries import barred_from, may_be_told
from hemu.messaging.rules import Channel, Place, Recipient


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
    """Write one outbox row a person, in the caller's transaction; return how many people are told.

    Whoever must not hear of the subject is left out.

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
        for person in may_be_told(staff, subject)
    ]
    insert(*rows, pass_over=True)
    return len(rows)


def tell_owner(
    *,
    channel: Channel,
    address: str,
    topic: str,
    subject: str,
    key: str,
    now: datetime,
    not_before: datetime,
    facts: Mapping[str, Any],
    place: Place = Place.REPLY,
) -> None:
    """Write one outbox row for an owner, in the caller's transaction.

    Args:
        address: the owner's number or mail address; empty for `copy`.
        not_before: the end of the time in which it can be taken back, or of the quiet hours.
        facts: what the room that tells needs to put the words together when the message goes out.
        place: how ill it can wait, beside what others are told.
    """
    row = Outgoing(
        id=new_id(now),
        key=key,
        recipient=Recipient.OWNER,
        address=address,
        channel=channel,
        topic=topic,
        subject=subject,
        facts=dict(facts),
        place=place,
        not_before=not_before,
    )
    insert(row, pass_over=True)


def tell_group(*, topic: str, subject: str, key: str, now: datetime) -> bool:
    """Let the robot of the office's group say that something urgent waits; return whether it will.

    What it says names the number and no person: a group has many readers. Of what must be kept from one of them
    it says nothing.
    """
    if Channel.WECOM not in ready_channels() or barred_from(subject):
        return False
    row = Outgoing(
        id=new_id(now),
        key=f"{key}:group",
        recipient=Recipient.GROUP,
        channel=Channel.WECOM,
        topic=topic,
        subject=subject,
        place=Place.DANGER,
        not_before=now,
    )
    insert(row, pass_over=True)
    return True
