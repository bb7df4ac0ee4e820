"""Webhooks: keeping them, and sending their events, each at least once.

A delivery is claimed by a conditional update that counts the try; no transaction is open while the other side is
spoken to. Whoever cannot be reached, or answers anything but 2xx, gets it again later under the same id.
"""

import base64
import hmac
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from hemu.access.models import Token
from hemu.access.queries import valid_at
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import iso_utc
from hemu.infra.transaction import operation
from hemu.interface.models import Delivery, Webhook
from hemu.interface.operations_tokens import book_of
from hemu.interface.rules import SECRET_PREFIX, retry_at, signature
from hemu.ledger.catalogue import kinds
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.messaging.channels.http import is_safe, post
from hemu.messaging.channels.letter import Refused, Unsure

LEASE = timedelta(minutes=5)
AT_ONCE = 20
REST = timedelta(minutes=1)
"""A system that does not take an event is left alone so long with its others."""
KEPT = timedelta(days=30)
State = Delivery.State


@operation
def add_webhook(*, token: str, url: str, wanted: Sequence[str], act: Act) -> Webhook:
    """Let events of a token's communities go to an address.

    Args:
        token: the token's name.
        wanted: kinds of entries (``request.closed``) or what stands before their dot (``request``); none: all.

    Raises:
        RuleViolation: ``token.unknown``, ``webhook.unsafe_address``, ``webhook.unknown_kind``.
    """
    now = act.recorded_at
    owner = Token.objects.filter(valid_at(now), name=token.strip()).first()
    if owner is None:
        raise RuleViolation("token.unknown", name=token)
    if len(url) > 500 or not is_safe(url):
        raise RuleViolation("webhook.unsafe_address", url=url[:80])
    known = sorted({*kinds(), *(kind.partition(".")[0] for kind in kinds())})
    for kind in wanted:
        if kind not in known:
            raise RuleViolation("webhook.unknown_kind", kind=kind, known=known)
    webhook = Webhook(id=new_id(now), token=owner, url=url, kinds=list(wanted), made_at=now)
    append(
        book=book_of(owner, act),
        kind="webhook.added",
        subject=f"webhook:{webhook.id}",
        act=act,
        facts={"token": str(owner.id), "kinds": sorted(wanted)},
        words={"to": urlsplit(url).hostname or ""},  # what follows the machine's name may be a secret
    )
    webhook.save(force_insert=True)
    return webhook


@operation
def stop_webhook(*, webhook_id: UUID, act: Act) -> Webhook:
    """Stop a webhook; what still waits is not sent. Stopped before, nothing is written.

    Raises:
        RuleViolation: ``webhook.unknown``.
    """
    webhook = (
        Webhook.objects.select_related("token").select_for_update(of=("self",)).filter(id=webhook_id).first()
    )
    if webhook is None:
        raise RuleViolation("webhook.unknown")
    if webhook.stopped_at is None:
        webhook.stopped_at = act.recorded_at
        webhook.save(update_fields=["stopped_at"])
        append(
            book=book_of(webhook.token, act), kind="webhook.stopped", subject=f"webhook:{webhook.id}", act=act
        )
        Delivery.objects.filter(webhook=webhook, state__in=(State.WAITING, State.SENDING)).delete()
    return webhook


@operation
def send_again(*, webhook_id: UUID, now: datetime) -> int:
    """Take up again what a webhook was given up on; return how many events those are."""
    failed = Delivery.objects.filter(webhook=webhook_id, state=State.FAILED)
    return failed.update(state=State.WAITING, tries=0, not_before=now)


def secret_of(webhook: Webhook) -> str:
    """Return the secret that both sides know: worked out from the id under the installation's key."""
    key = hmac.digest(settings.SECRET_KEY.encode(), f"webhook:{webhook.id.hex}".encode(), sha256)
    return SECRET_PREFIX + base64.b64encode(key).decode()


def deliver(*, now: datetime) -> int:
    """Send what is due, oldest first; return how many events it dealt with. Any number of workers may run this."""
    lost = Delivery.objects.filter(state=State.SENDING, claimed_until__lt=now)
    lost.update(state=State.WAITING, claimed_until=None, not_before=now)
    done = 0
    while done < AT_ONCE:
        due = Delivery.objects.filter(state=State.WAITING, not_before__lte=now)
        row = due.select_related("webhook").order_by("not_before", "id").first()
        if row is None:
            break
        done += 1
        if not Token.objects.filter(valid_at(now), id=row.webhook.token_id).exists():
            due.filter(webhook=row.webhook).delete()  # who may no longer ask is no longer told
        elif _claimed(row, now):
            _send(row, now)
    return done


def _claimed(row: Delivery, now: datetime) -> bool:
    unclaimed = Delivery.objects.filter(pk=row.pk, state=State.WAITING, tries=row.tries)
    row.tries += 1
    return bool(unclaimed.update(state=State.SENDING, tries=row.tries, claimed_until=now + LEASE))


def _send(row: Delivery, now: datetime) -> None:
    body = body_of(row)
    stamp = int(now.timestamp())
    headers = {
        "webhook-id": str(row.id),
        "webhook-timestamp": str(stamp),
        "webhook-signature": signature(secret_of(row.webhook), event=str(row.id), stamp=stamp, body=body),
    }
    try:
        post(row.webhook.url, body, headers, allowed=settings.PRIVATE_NETWORKS)
    except (Refused, Unsure) as fault:
        _missed(row, fault.code, now)
    else:
        _learned(row, state=State.SENT, sent_at=now, error="")


def body_of(row: Delivery) -> bytes:
    """Return what an event says: the entry as the book has it, without anybody's words."""
    entry = Entry.objects.get(id=row.entry)
    said = {
        "id": str(row.id),
        "type": row.kind,
        "timestamp": iso_utc(entry.recorded_at),
        "data": {**entry.plain(), "digest": entry.digest},
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _missed(row: Delivery, code: str, now: datetime) -> None:
    again = retry_at(tries=row.tries, now=now)
    if again is None:
        _learned(row, state=State.FAILED, error=code[:40])
        return
    _learned(row, state=State.WAITING, error=code[:40], not_before=again)
    others = Delivery.objects.filter(webhook=row.webhook, state=State.WAITING, not_before__lte=now)
    others.update(not_before=now + REST)


def _learned(row: Delivery, **changes: object) -> None:
    mine = Delivery.objects.filter(pk=row.pk, tries=row.tries, state=State.SENDING)
    mine.update(claimed_until=None, **changes)


def prune(*, now: datetime, at_most: int = 1_000) -> int:
    """Delete events that were sent more than 30 days ago; return how many."""
    old = Delivery.objects.filter(state=State.SENT, not_before__lt=now - KEPT).order_by("not_before")
    deleted, _ = Delivery.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:at_most])).delete()
    return deleted
