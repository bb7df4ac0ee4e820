"""What other systems may do, how often, and how they turn pages. Pure."""

import base64
import binascii
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from hemu.foundation.errors import RuleViolation
from hemu.service_requests.rules import STEPS

OWN_STEPS = frozenset(
    {"accept", "set_out", "arrive", "nobody_home", "confirm", "accept_quote", "decline_quote", "rate", "void"}
)
"""Steps that are somebody's own act: taking a job on, going there, what the owner says of it, a director's signature."""


def may_take(step: str) -> None:
    """Refuse another system a step that is a person's own (DESIGN §6).

    Raises:
        RuleViolation: ``step.needs_person``.
    """
    if step in OWN_STEPS:
        raise RuleViolation("step.needs_person", step=step)


def takes_no_more(role: str, roles: frozenset[str]) -> bool:
    """Tell whether every step of a case that a system may take in a role may be taken in one of these roles too."""
    rows = [row for row in STEPS.rows if row.name not in OWN_STEPS]
    return {row.name for row in rows if role in row.roles} <= {row.name for row in rows if roles & row.roles}


SHARES = 20
"""Into how many shares the calls of a minute are parted; a web process takes one at a time."""


def share_of(most: int) -> int:
    """Return how many calls a web process takes at a time of those that a minute allows, 1 or more."""
    return max(most // SHARES, 1)


def minute_of(moment: datetime) -> int:
    """Return the calendar minute of a moment, counted since 1970."""
    return int(moment.timestamp()) // 60


def seconds_left(moment: datetime) -> int:
    """Return the seconds until the next calendar minute, 1 to 60."""
    return 60 - int(moment.timestamp()) % 60


def cursor_of(*parts: str) -> str:
    """Return the place after a line of a list, as a text without meaning to the caller."""
    return base64.urlsafe_b64encode("\n".join(parts).encode()).decode().rstrip("=")


def parts_of(cursor: str, count: int) -> list[str]:
    """Read a cursor of so many parts.

    Raises:
        RuleViolation: ``page.unknown_cursor``.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = base64.b64decode(padded, altchars=b"-_", validate=True).decode().split("\n")
    except (binascii.Error, ValueError):
        parts = []
    if len(parts) != count:
        raise RuleViolation("page.unknown_cursor")
    return parts


RETRY_AFTER = tuple(
    timedelta(minutes=minutes)
    for minutes in (0.25, 1, 5, 30, 2 * 60, 5 * 60, 10 * 60, 14 * 60, 20 * 60, 24 * 60)
)
"""Pauses between the tries of an event, three days in all."""


def retry_at(*, tries: int, now: datetime) -> datetime | None:
    """Return when an event is tried again after so many tries, 1 or more; None once it is given up."""
    return now + RETRY_AFTER[tries - 1] if tries <= len(RETRY_AFTER) else None


SECRET_PREFIX = "whsec_"


def signature(secret: str, *, event: str, stamp: int, body: bytes) -> str:
    """Return the signature of an event as the Standard Webhooks write it: ``v1,`` and the HMAC-SHA256 in base64.

    Args:
        secret: ``whsec_`` and the key in base64.
        event: its id; with the stamp, seconds since 1970, and the body it is what is signed.
    """
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = f"{event}.{stamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, sha256)).decode()


def is_wanted(kind: str, wanted: Sequence[str]) -> bool:
    """Tell whether an event is among those wanted: by its whole name, or by what stands before the dot; none: all."""
    return not wanted or kind in wanted or kind.partition(".")[0] in wanted
