"""Codes and log-ins of owners. What a code is stands nowhere: it is the row's id under our seal."""

import logging
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from hemu.foundation.errors import RuleViolation
from hemu.foundation.redaction import mask_phone
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation
from hemu.messaging.channels import ready_channels
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import tell_owner
from hemu.messaging.rules import Channel, Place
from hemu.portal.models import OwnerSession, SentCode
from hemu.portal.rules import CODE_LIFE, CODE_TRIES, SESSION_DAYS, check_sending, token_digest

TOPIC = "portal.code"
DAY = timedelta(days=1)
_terminal = logging.getLogger("hemu.portal")
_signer = Signer(salt="hemu.portal")


def code_of(code: UUID) -> str:
    """Return the six digits of a code that was sent."""
    seal = salted_hmac("hemu.portal_code", code.hex, algorithm="sha256").digest()
    return f"{int.from_bytes(seal[:8], 'big') % 1_000_000:06}"


def digest_of(kind: str, value: str) -> str:
    """Return a phone or an address as it is kept with codes: under our seal, not to be read back."""
    return salted_hmac(f"hemu.portal_{kind}", value, algorithm="sha256").hexdigest()


def can_send() -> bool:
    """Tell whether a code can reach anybody: by the gateway, or in a trial on this machine at the terminal."""
    return Channel.SMS in ready_channels() or not settings.HTTPS


@operation
def send_code(*, phone: str, address: str, now: datetime) -> str:
    """Send a code to a phone, known or not, and return the handle with which this browser alone may use it.

    Args:
        phone: eleven digits, as `mobile_of` gives them.
        address: from where it was asked.

    Raises:
        RuleViolation: ``portal.no_gateway``, ``portal.too_soon``, ``portal.too_often``.
    """
    if not can_send():
        raise RuleViolation("portal.no_gateway")
    digests = {"phone_digest": digest_of("phone", phone), "address_digest": digest_of("address", address)}
    codes = SentCode.objects.filter(made_at__gt=now - DAY)
    to_phone = list(codes.filter(phone_digest=digests["phone_digest"]).values_list("made_at", flat=True))
    from_address = codes.filter(
        address_digest=digests["address_digest"], made_at__gt=now - timedelta(hours=1)
    )
    check_sending(to_phone=to_phone, from_address=from_address.count(), now=now)
    code = SentCode.objects.create(id=new_id(now), made_at=now, **digests)
    if Channel.SMS in ready_channels():
        tell_owner(
            channel=Channel.SMS,
            address=phone,
            topic=TOPIC,
            subject=f"log_in:{code.id}",
            key=f"log_in:{code.id.hex}",
            now=now,
            not_before=now,
            facts={"code": str(code.id)},
            place=Place.CODE,
        )
    else:
        _terminal.warning("登录验证码 · log-in code · %s: %s", mask_phone(phone), code_of(code.id))
    return _signer.sign(f"{code.id.hex}.{phone}")


@operation
def open_session(*, handle: str, said: str, now: datetime) -> str | None:
    """Return the token of a new log-in where the code is right; None alike where it is wrong, old or used up.

    A try is counted before it is weighed, five for a code.
    """
    read = _read(handle)
    if read is None:
        return None
    code, phone = read
    live = SentCode.objects.filter(pk=code, used_at__isnull=True, made_at__gt=now - CODE_LIFE)
    if not live.filter(tries__lt=CODE_TRIES).update(tries=F("tries") + 1):
        return None
    if not constant_time_compare(said.strip(), code_of(code)) or not live.update(used_at=now):
        return None
    token = secrets.token_urlsafe(32)
    OwnerSession.objects.create(
        id=new_id(now),
        digest=token_digest(token),
        phone=phone,
        made_at=now,
        ends_at=now + timedelta(days=SESSION_DAYS),
    )
    return token


def phone_of(handle: str) -> str:
    """Return the phone of a handle as it is shown, its middle hidden; "" where the handle is not ours."""
    read = _read(handle)
    return mask_phone(read[1]) if read else ""


def guesser_of(handle: str) -> str:
    """Return the name under which wrong codes for a phone are counted; one name for every handle not ours."""
    read = _read(handle)
    return f"phone:{digest_of('phone', read[1])[:32]}" if read else "phone:"


def _read(handle: str) -> tuple[UUID, str] | None:
    try:
        code, _dot, phone = _signer.unsign(handle).partition(".")
        return UUID(code), phone
    except (BadSignature, ValueError):
        return None


@operation
def log_out(*, token: str) -> None:
    """End the log-in of one device."""
    OwnerSession.objects.filter(digest=token_digest(token)).delete()


@operation
def log_out_everywhere(*, phone: str) -> int:
    """End every log-in of a phone; return how many there were."""
    return OwnerSession.objects.filter(phone=phone).delete()[0]


@operation
def sweep(*, now: datetime) -> int:
    """Forget codes and their messages after a day, and log-ins that have ended; return how many rows went."""
    old = now - DAY
    gone = SentCode.objects.filter(made_at__lt=old).delete()[0]
    gone += Outgoing.objects.filter(topic=TOPIC, not_before__lt=old, pk__lt=new_id(old)).delete()[0]
    return gone + OwnerSession.objects.filter(ends_at__lt=now).delete()[0]
