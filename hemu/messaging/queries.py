"""Reading a person's messages."""

from uuid import UUID

from hemu.messaging.models import Message

BADGE_LIMIT = 99


def latest_messages(staff: UUID, limit: int = 30) -> list[Message]:
    """Return a person's newest messages, newest first."""
    return list(Message.objects.filter(staff_id=staff).order_by("-id")[:limit])


def unread_count(staff: UUID) -> int:
    """Return the number of unread messages, counted up to 100 so that the badge can say 99+."""
    return Message.objects.filter(staff_id=staff, read_at__isnull=True)[: BADGE_LIMIT + 1].count()
