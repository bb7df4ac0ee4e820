"""The second factor and one-time codes: pure, so that every bound can be tried without a clock or a database."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pyotp

from hemu.foundation.errors import RuleViolation

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs that nobody mistakes for one another when reading them from a slip: no 0, 1, I, O."""
CODE_LENGTH = 12
RECOVERY_CODES = 10
ENTRY_CODE_DAYS = 14
STEP_SECONDS = 30
DRIFT_STEPS = 1
_NONCE_BYTES, _TAG_BYTES = 16, 32


def derived(key: str, purpose: str) -> bytes:
    """Return a key of 32 bytes for one purpose from the installation's key."""
    return hmac.new(key.encode(), f"hemu.sign_in.{purpose}".encode(), hashlib.sha256).digest()


def seal_secret(secret: bytes, *, key: str, nonce: bytes) -> str:
    """Return a secret of up to 32 bytes unreadable without the key, and unchangeable unnoticed.

    One block of HMAC-SHA256 over a nonce that is used once serves as key stream, a second key signs nonce and result.

    Args:
        nonce: 16 random bytes, new for each secret.
    """
    hidden = bytes(a ^ b for a, b in zip(secret, _stream(key, nonce), strict=False))
    return (nonce + hidden + _tag(key, nonce + hidden)).hex()


def open_secret(sealed: str, *, key: str) -> bytes:
    """Return what ``seal_secret`` hid.

    Raises:
        RuleViolation: ``factor.unreadable``: another key, or changed since.
    """
    try:
        raw = bytes.fromhex(sealed)
    except ValueError:
        raise RuleViolation("factor.unreadable") from None
    body, tag = raw[:-_TAG_BYTES], raw[-_TAG_BYTES:]
    if len(body) <= _NONCE_BYTES or not hmac.compare_digest(tag, _tag(key, body)):
        raise RuleViolation("factor.unreadable")
    nonce, hidden = body[:_NONCE_BYTES], body[_NONCE_BYTES:]
    return bytes(a ^ b for a, b in zip(hidden, _stream(key, nonce), strict=False))


def _stream(key: str, nonce: bytes) -> bytes:
    return hmac.new(derived(key, "secret"), nonce, hashlib.sha256).digest()


def _tag(key: str, body: bytes) -> bytes:
    return hmac.new(derived(key, "seal"), body, hashlib.sha256).digest()


def code_digest(code: str, *, key: str, purpose: str) -> str:
    """Return what is kept of a code: a digest that without the key cannot even be guessed at."""
    return hmac.new(derived(key, purpose), plain_code(code).encode(), hashlib.sha256).hexdigest()


def plain_code(typed: str) -> str:
    """Return a code as it was given out, however it was typed: small letters, spaces and dashes do not count."""
    return "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())


def shown_code(code: str) -> str:
    """Return a code in groups of four, as people read it: ``7KQM-3XTP-W2AB``."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def matching_step(base32: str, typed: str, *, at: datetime, after: int) -> int | None:
    """Return the half-minute whose code was typed, one before or after included; None where none fits.

    Args:
        after: the newest half-minute whose code was used already: it and older ones fit no more.
    """
    digits = "".join(sign for sign in typed if sign in "0123456789")
    machine, now = pyotp.TOTP(base32), int(at.timestamp()) // STEP_SECONDS
    for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        if step > after and hmac.compare_digest(machine.generate_otp(step), digits):
            return step
    return None


def factor_due(
    held: Mapping[str, date], *, roles: frozenset[str], begins: date | None, grace_days: int
) -> date | None:
    """Return the day from which somebody does not get in without a second factor; None: never.

    Args:
        held: role → since when it is held.
        begins: the day from which the office asks it of these ``roles``.
        grace_days: days, 0 or more, counted from that day or from the first of the roles, whichever is later.
    """
    since = [day for role, day in held.items() if role in roles]
    if begins is None or not since:
        return None
    return max(begins, min(since)) + timedelta(days=grace_days)
