"""A generic HTTP gateway for text messages: `{"id", "to", "text"}` posted as JSON, signed with a shared secret.

`X-Hemu-Signature` is ``sha256=`` and the HMAC-SHA256 of ``<X-Hemu-Timestamp>.<body>``; of a question about a message
the HMAC of ``<timestamp>.<id>``. The gateway answers 2xx with its own `id`, or 4xx; 2xx with `error` is a refusal.
It may tell what became of a message: `{"id", "state"}` posted to `/gateway/receipts/`, signed in the same way.
"""

import hashlib
import hmac
import json
from datetime import datetime, timedelta

from django.conf import settings

from hemu.messaging.channels import http
from hemu.messaging.channels.letter import Letter, Receipt, Refused, Unsure

RECEIPT_LIVES = timedelta(minutes=15)
LONGEST_STAMP = 12
STATES = {"delivered", "sent", "failed", "missing"}


def ready() -> bool:
    """Tell whether the gateway has a safe address and a secret."""
    return bool(settings.SMS_SECRET) and http.is_safe(settings.SMS_URL)


def send(letter: Letter) -> Receipt:
    """Hand one text to the gateway; raises as ``http.post``."""
    body = json.dumps(
        {"id": letter.id.hex, "to": letter.to, "text": letter.text}, ensure_ascii=False
    ).encode()
    answer = http.post(settings.SMS_URL, body, _signed(letter, body))
    if answer.text("error"):
        raise Refused(f"gateway.{answer.text('error', 30)}")
    if answer.body is None:
        raise Unsure("unreadable")
    return Receipt(answer.text("id"))


def can_ask() -> bool:
    """Tell whether the gateway can be asked what became of a message."""
    return ready() and http.is_safe(settings.SMS_STATUS_URL)


def ask(letter: Letter) -> str:
    """Return what became of a message by our id: delivered, sent, failed, missing; "" where no clear answer came."""
    sign = "&" if "?" in settings.SMS_STATUS_URL else "?"
    url = f"{settings.SMS_STATUS_URL}{sign}id={letter.id.hex}"
    try:
        answer = http.get(url, _signed(letter, letter.id.hex.encode()))
    except (Refused, Unsure):
        return ""
    state = answer.text("state")
    return state if answer.status == 200 and state in STATES else ""


def is_genuine(*, body: bytes, stamp: str, signature: str, now: datetime) -> bool:
    """Tell whether the gateway signed these bytes within the last quarter of an hour: no older one is taken again."""
    if not settings.SMS_SECRET or not stamp.isdecimal() or len(stamp) > LONGEST_STAMP:
        return False
    fresh = abs(now.timestamp() - int(stamp)) <= RECEIPT_LIVES.total_seconds()
    return fresh and hmac.compare_digest(_signature(stamp, body).encode(), signature.encode())


def _signed(letter: Letter, body: bytes) -> dict[str, str]:
    stamp = str(int(letter.at.timestamp()))
    return {"X-Hemu-Timestamp": stamp, "X-Hemu-Signature": _signature(stamp, body)}


def _signature(stamp: str, body: bytes) -> str:
    secret = settings.SMS_SECRET.encode()
    return f"sha256={hmac.new(secret, stamp.encode() + b'.' + body, hashlib.sha256).hexdigest()}"
