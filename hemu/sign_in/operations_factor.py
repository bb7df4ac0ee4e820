"""The second factor: enrolling, checking a code at the door, recovery codes, resetting."""

import secrets
from base64 import b32encode
from datetime import datetime

import pyotp
from django.conf import settings

from hemu.access.models import Account
from hemu.foundation.errors import RuleViolation
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.sign_in.models import RecoveryCode, SecondFactor
from hemu.sign_in.operations import count_failure, forget_failures, seconds_until_free
from hemu.sign_in.queries import book_of, recovery_codes_left
from hemu.sign_in.rules import (
    CODE_LENGTH,
    RECOVERY_CODES,
    SIGNS,
    code_digest,
    matching_step,
    open_secret,
    plain_code,
    seal_secret,
)

ISSUER = "Hemu 和睦"
SECRET_BYTES = 20


def random_code() -> str:
    """Return a code of 60 random bits in signs that can be read aloud."""
    return "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))


@operation
def begin_enrolment(*, account: Account, now: datetime) -> str:
    """Return the key for the authenticator, base32: the one that waits for its first code, or a new one.

    Raises:
        RuleViolation: ``factor.enrolled_already``.
    """
    factor = SecondFactor.objects.select_for_update().filter(account=account).first()
    if factor is not None and factor.confirmed_at is not None:
        raise RuleViolation("factor.enrolled_already")
    if factor is not None:
        try:
            return _base32(factor)
        except RuleViolation:  # the installation's key has changed since: begin anew
            factor.delete()
    sealed = seal_secret(
        secrets.token_bytes(SECRET_BYTES), key=settings.SECRET_KEY, nonce=secrets.token_bytes(16)
    )
    return _base32(SecondFactor.objects.create(account=account, secret=sealed, made_at=now))


def enrolment_address(account: Account, base32: str) -> str:
    """Return the ``otpauth:`` address that an authenticator scans."""
    return pyotp.TOTP(base32).provisioning_uri(name=account.login, issuer_name=ISSUER)


@operation
def confirm_enrolment(*, account: Account, typed: str, act: Act) -> list[str]:
    """Let the authenticator guard the account from now on, its first code given; return the recovery codes, once.

    Raises:
        RuleViolation: ``factor.wrong_code``, ``factor.enrolled_already``, ``factor.not_begun``.
    """
    factor = SecondFactor.objects.select_for_update().filter(account=account).first()
    if factor is None:
        raise RuleViolation("factor.not_begun")
    if factor.confirmed_at is not None:
        raise RuleViolation("factor.enrolled_already")
    step = matching_step(_base32(factor), typed, at=act.recorded_at, after=factor.last_step)
    if step is None:
        raise RuleViolation("factor.wrong_code")
    factor.confirmed_at, factor.last_step = act.recorded_at, step
    factor.save(update_fields=["confirmed_at", "last_step"])
    append(book=book_of(account.staff), kind="factor.enrolled", subject=account.staff.key, act=act)
    return _new_recovery_codes(account)


@operation
def renew_recovery_codes(*, account: Account, act: Act) -> list[str]:
    """Return new recovery codes; the old ones are void."""
    return _new_recovery_codes(account)


def _new_recovery_codes(account: Account) -> list[str]:
    RecoveryCode.objects.filter(account=account).delete()
    codes = [random_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=code_digest(code, key=settings.SECRET_KEY, purpose="recovery"))
        for code in codes
    )
    return codes


def check_factor(*, account: Account, typed: str, act: Act) -> None:
    """Take a code of the authenticator, or a recovery code, once.

    Raises:
        RuleViolation: ``factor.wait`` (seconds), ``factor.wrong_code``, ``factor.unreadable``.
    """
    now, subject = act.recorded_at, f"code:{account.login}"[:120]
    if seconds := seconds_until_free([subject], now=now):
        raise RuleViolation("factor.wait", seconds=seconds)
    if not _taken(account, typed, act):
        count_failure([subject], now=now)
        raise RuleViolation("factor.wrong_code")
    forget_failures(subject)


@operation
def _taken(account: Account, typed: str, act: Act) -> bool:
    if len(plain_code(typed)) == CODE_LENGTH:
        return _recovery_taken(account, typed, act)
    factor = SecondFactor.objects.filter(account=account, confirmed_at__isnull=False).first()
    if factor is None:
        return False
    step = matching_step(_base32(factor), typed, at=act.recorded_at, after=factor.last_step)
    # Of two who send the same code at once one finds the step already taken.
    fresh = SecondFactor.objects.filter(account=account, last_step__lt=step or 0)
    return step is not None and bool(fresh.update(last_step=step))


def _recovery_taken(account: Account, typed: str, act: Act) -> bool:
    digest = code_digest(typed, key=settings.SECRET_KEY, purpose="recovery")
    unused = RecoveryCode.objects.filter(account=account, digest=digest, used_at__isnull=True)
    if not unused.update(used_at=act.recorded_at):
        return False
    facts = {"left": recovery_codes_left(account)}
    append(
        book=book_of(account.staff),
        kind="factor.recovery_used",
        subject=account.staff.key,
        act=act,
        facts=facts,
    )
    return True


@operation
def remove_factor(*, account: Account, act: Act, kind: str = "factor.removed") -> None:
    """Take the second factor away, with its recovery codes: by its holder, or reset by who looks after staff.

    Args:
        kind: ``factor.removed`` by the holder, ``factor.reset`` by another.

    Raises:
        RuleViolation: ``factor.none``.
    """
    if not forget_factor(account):
        raise RuleViolation("factor.none")
    append(book=book_of(account.staff), kind=kind, subject=account.staff.key, act=act)


def forget_factor(account: Account) -> bool:
    """Delete second factor and recovery codes; tell whether there was a factor."""
    RecoveryCode.objects.filter(account=account).delete()
    return bool(SecondFactor.objects.filter(account=account).delete()[0])


def _base32(factor: SecondFactor) -> str:
    return b32encode(open_secret(factor.secret, key=settings.SECRET_KEY)).decode()
