"""Reading messages: a person's own, those about a subject, and the channels as they are set up."""

import base64
from collections.abc import Callable, Iterable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Min
from django.utils.crypto import constant_time_compare, salted_hmac

from hemu.access.queries_kept import kept_from
from hemu.messaging.channels import ready_channels
from hemu.messaging.models import Message, Outgoing
from hemu.messaging.rules import OUTWARD, UNSETTLED, Channel, Recipient, State

BADGE_LIMIT = 99


def latest_messages(staff: UUID, limit: int = 30) -> list[Message]:
    """Return a person's newest messages, newest first."""
    return list(Message.objects.filter(staff_id=staff).order_by("-id")[:limit])


_barred: dict[str, Callable[[str], set[UUID]]] = {}


def barred_from(subject: str) -> set[UUID]:
    """Return who must not hear of a subject, as its room says in `reactions.py` by ``BARRED``."""
    if not _barred:
        for room in apps.get_app_configs():
            if room.name.startswith("hemu.") and find_spec(f"{room.name}.reactions"):
                _barred.update(getattr(import_module(f"{room.name}.reactions"), "BARRED", {}))
    says = _barred.get(subject.partition(":")[0])
    return says(subject) if says else set()


def may_be_told(people: Iterable[UUID], subject: str) -> list[UUID]:
    """Return those of the people who may hear of a subject, each once."""
    found = list(dict.fromkeys(people))
    barred = barred_from(subject) if found else set()
    return [each for each in found if each not in barred]


SEAL_BYTES = 12


def message_token(message: UUID) -> str:
    """Return the token of the link in one message: the message's id under our seal, and kept nowhere."""
    seal = salted_hmac("hemu.message_link", message.hex, algorithm="sha256").digest()[:SEAL_BYTES]
    return base64.urlsafe_b64encode(message.bytes + seal).decode().rstrip("=")


def message_behind(token: str) -> Outgoing | None:
    """Return the message whose link bears a token; None for a token that is not ours, and what was taken back."""
    try:
        message = UUID(bytes=base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))[:16])
    except ValueError:
        return None
    if not constant_time_compare(token, message_token(message)):
        return None
    return Outgoing.objects.filter(pk=message).exclude(state=State.TAKEN_BACK).first()


def unread_count(staff: UUID) -> int:
    """Return the number of unread messages, counted up to 100 so that the badge can say 99+; of none kept from them.

    Statements: one where there are none, else two.
    """
    rows = Message.objects.filter(staff_id=staff, read_at__isnull=True)
    subjects = list(rows.values_list("subject", flat=True)[: BADGE_LIMIT + 1])
    hidden = kept_from(staff) if subjects else set()
    return sum(each not in hidden for each in subjects)


def messages_about(subject: str, limit: int = 20) -> list[Outgoing]:
    """Return what goes or went outward about a subject, newest first; what staff read in-app is not among it."""
    rows = Outgoing.objects.filter(subject=subject).exclude(recipient=Recipient.STAFF)
    return list(rows.select_related("settled_by").order_by("-id")[:limit])


def channel_settings() -> dict[str, Any]:
    """Return the channels as they are set up, for people who run the installation: hosts, no secret, no path."""
    outward = {
        "sms": settings.SMS_URL,
        "sms_status": settings.SMS_STATUS_URL,
        "wecom": settings.WECOM_URL,
        "email": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}" if settings.EMAIL_URL else "",
    }
    return {
        "public_url": settings.PUBLIC_URL or None,
        "ready": sorted(ready_channels()),
        **{name: _origin(url) for name, url in outward.items()},
        "sms_secret": bool(settings.SMS_SECRET),
    }


def _origin(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}" if url else None
    except ValueError:
        return "?"


def waiting_by_channel(*, now: datetime, at_most: int) -> list[tuple[str, int, datetime | None]]:
    """Return for each channel how many messages should have gone out by now, up to ``at_most``, and since when.

    One statement a channel: each walks its part of the index from the oldest row.
    """
    found = []
    for channel in (Channel.IN_APP, *OUTWARD):
        rows = Outgoing.objects.filter(channel=channel, state=State.WAITING, not_before__lte=now)
        first = rows.order_by("not_before").values("not_before")[:at_most]
        seen = first.aggregate(count=Count("not_before"), oldest=Min("not_before"))
        found.append((channel.value, seen["count"], seen["oldest"]))
    return found


def unsettled_count(*, at_most: int) -> int:
    """Return how many messages failed or may have gone out and wait for a person, up to ``at_most``."""
    return Outgoing.objects.filter(channel__in=OUTWARD, state__in=UNSETTLED)[:at_most].count()
