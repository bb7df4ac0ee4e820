"""What people do with messages: read their own, take one back, mark one as sent, send one again."""

from datetime import datetime
from uuid import UUID

from hemu.foundation.errors import RuleViolation
from hemu.infra.transaction import operation
from hemu.messaging.models import Message, Outgoing
from hemu.messaging.rules import OUTWARD, UNSETTLED, Channel, State


@operation
def mark_read(*, staff: UUID, now: datetime) -> int:
    """Mark a person's messages as read; return how many."""
    return Message.objects.filter(staff_id=staff, read_at__isnull=True).update(read_at=now)


@operation
def take_back_message(*, message: UUID, subject: str, by: UUID, now: datetime) -> None:
    """Take back a message that has not gone out: the worker and this ask for the same row, one of them gets it.

    Args:
        subject: what the message must be about; another's is not found.

    Raises:
        RuleViolation: ``message.not_found``, ``message.too_late``.
    """
    row = _outward(message, subject)
    waiting = Outgoing.objects.filter(pk=row.pk, state=State.WAITING)
    if not waiting.update(state=State.TAKEN_BACK, settled_by=by, settled_at=now):
        raise RuleViolation("message.too_late")


@operation
def mark_as_sent(*, message: UUID, subject: str, by: UUID, now: datetime) -> None:
    """Mark as sent what this person passed on: a text to copy, or one that did not surely arrive.

    Raises:
        RuleViolation: ``message.not_found``, ``message.not_yours_to_send``.
    """
    row = _outward(message, subject)
    rows = Outgoing.objects.filter(pk=row.pk)
    copied = rows.filter(channel=Channel.COPY, state=State.WAITING) | rows.filter(state__in=UNSETTLED)
    if not copied.update(state=State.SENT, sent_at=now, ask_at=None, settled_by=by, settled_at=now):
        raise RuleViolation("message.not_yours_to_send")


@operation
def send_again(*, message: UUID, subject: str, by: UUID, now: datetime) -> None:
    """Send once more what failed or may have failed: only a person decides that.

    Raises:
        RuleViolation: ``message.not_found``, ``message.not_failed``.
    """
    row = _outward(message, subject)
    failed = Outgoing.objects.filter(pk=row.pk, channel__in=OUTWARD, state__in=UNSETTLED)
    if not failed.update(
        state=State.WAITING, not_before=now, ask_at=None, asked_count=0, settled_by=by, settled_at=now
    ):
        raise RuleViolation("message.not_failed")


@operation
def hold_after_restore() -> int:
    """Let a person see to what was on its way when a backup was made: it may have gone out since."""
    underway = Outgoing.objects.filter(state__in=(State.WAITING, State.SENDING), channel__in=OUTWARD)
    return underway.update(state=State.UNKNOWN, error="restored", claimed_until=None, ask_at=None)


def _outward(message: UUID, subject: str) -> Outgoing:
    row = Outgoing.objects.filter(pk=message, subject=subject).exclude(channel=Channel.IN_APP).first()
    if row is None:
        raise RuleViolation("message.not_found")
    return row
