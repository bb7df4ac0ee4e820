"""Keeping a phone known for 30 days, letting it in by PIN, and forgetting it."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.models import Session
from django.db.models import F, QuerySet
from django.utils.crypto import constant_time_compare

from hemu.access.actors import Actor
from hemu.access.backend import may_enter
from hemu.access.models import Account
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation
from hemu.sign_in.models import Device, SecondFactor
from hemu.sign_in.queries import has_factor
from hemu.sign_in.rules_pin import KEPT_FOR, TRIES, checked_pin, may_use_pin


@operation
def keep_device(
    *,
    account: Account,
    by: Actor,
    pin: str,
    again: str,
    name: str,
    session_key: str,
    now: datetime,
    by_code: bool = False,
    by_pin: bool = False,
) -> str:
    """Keep a device known for 30 days and return its token, of which only the digest is kept.

    The token stands in for the password and the second factor, so that it is given only to who has just shown both:
    thirty days do not become sixty by the PIN alone.

    Args:
        by_code: whether the session began with a code of the account's second factor.
        by_pin: whether it began with the PIN of a phone kept before.
        name: what the list of devices calls it.
        session_key: the session in which it is kept; forgetting the device ends it.

    Raises:
        RuleViolation: ``pin.not_for_this_post``, ``pin.code_first`` where a second factor guards the account,
            ``pin.password_first``, ``pin.unreadable``, ``pin.too_easy``, ``pin.differs``.
    """
    if not may_use_pin(by.roles):
        raise RuleViolation("pin.not_for_this_post")
    if has_factor(account) and not by_code:
        raise RuleViolation("pin.code_first")
    if by_pin:
        raise RuleViolation("pin.password_first")
    if checked_pin(pin) != again:
        raise RuleViolation("pin.differs")
    token = secrets.token_urlsafe(32)
    Device.objects.create(
        id=new_id(now),
        account=account,
        digest=_digest(token),
        pin=make_password(pin),
        bound_to=_bound_to(account),
        name=name[:60],
        made_at=now,
        used_at=now,
        ends_at=now + KEPT_FOR,
        session_key=session_key,
    )
    return token


def known_device(*, token: str, now: datetime) -> Device | None:
    """Return the device that a cookie names, while it holds: not ended, its owner at work, the password the same."""
    device = (
        Device.objects.select_related("account__staff").filter(digest=_digest(token), ends_at__gt=now).first()
        if token
        else None
    )
    if device is None or not may_enter(device.account) or device.failures >= TRIES:
        return None
    return device if constant_time_compare(device.bound_to, _bound_to(device.account)) else None


def _bound_to(account: Account) -> str:
    """Return what changes with the password and with the second factor: a phone kept before it stands in for none."""
    factor = SecondFactor.objects.filter(account=account, confirmed_at__isnull=False).first()
    key: str = account.get_session_auth_hash()
    return key if factor is None else _digest(f"{key} {factor.secret}")


def let_in_by_pin(*, device: Device, by: Actor, pin: str, now: datetime) -> Account:
    """Return the account of a known device for the right PIN. Each try is counted before it is weighed.

    Raises:
        RuleViolation: ``pin.wrong`` (left: tries that remain), ``pin.ended`` after the fifth wrong one or where
            the posts held by now allow no PIN.
    """
    if not may_use_pin(by.roles) or not _claimed_try(device):
        raise RuleViolation("pin.ended")
    if not check_password(pin, device.pin):
        left = TRIES - Device.objects.values_list("failures", flat=True).get(pk=device.pk)
        raise RuleViolation("pin.wrong", left=left) if left > 0 else RuleViolation("pin.ended")
    Device.objects.filter(pk=device.pk).update(failures=0, used_at=now)
    return device.account


def _claimed_try(device: Device) -> bool:
    tries = Device.objects.filter(pk=device.pk, failures__lt=TRIES)
    return tries.update(failures=F("failures") + 1) == 1


def note_session(*, device: Device, session_key: str) -> None:
    """Remember which session a device opened, so that forgetting the device ends it."""
    Device.objects.filter(pk=device.pk).update(session_key=session_key)


@operation
def forget_device(*, account: Account, device: UUID) -> None:
    """Forget one of the account's own devices and end the session it opened; an unknown one is passed over."""
    _forget(Device.objects.filter(account=account, pk=device))


@operation
def forget_devices(*, account: Account) -> None:
    """Forget all devices of an account, as when its owner leaves."""
    _forget(Device.objects.filter(account=account))


def _forget(devices: QuerySet[Device]) -> None:
    Session.objects.filter(session_key__in=list(devices.values_list("session_key", flat=True))).delete()
    devices.delete()


def devices_of(*, account: Account, now: datetime) -> list[Device]:
    """Return the account's devices that still hold, the one used last first."""
    rows = Device.objects.filter(account=account, ends_at__gt=now, failures__lt=TRIES).order_by("-used_at")
    key = _bound_to(account)
    return [row for row in rows if constant_time_compare(row.bound_to, key)]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
