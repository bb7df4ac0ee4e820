"""The owners' own door: how often a code goes out, how much may be written, what neighbours may know of a matter."""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from hemu.foundation.errors import RuleViolation

CODE_LIFE = timedelta(minutes=5)
CODE_TRIES = 5
AGAIN_AFTER = timedelta(minutes=1)
CODES_A_DAY = 10
"""A number is sent so many codes in 24 hours, whoever asks for them."""
CODES_FROM_ADDRESS = 60
"""In an hour; a mobile carrier puts many phones behind one address."""
SESSION_DAYS = 90
WORDS_A_DAY = 10
STRANGER_WORDS_A_DAY = 3
STRANGER_DAYS = 180
"""So long a number that no roster knows sees what it wrote."""
SHOWN_AFTER_END = timedelta(days=14)
"""A neighbours' matter stays listed so long after it ended."""

OWNING = ("owner", "co_owner", "company")
"""Ties by which one sees what the other owners of the home said; tenants and contacts see their own words alone."""

ABOUT_THINGS = ("repair", "cleaning", "greening")
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})", re.ASCII)


def mobile_of(said: str) -> str:
    """Return the eleven digits of a mobile number of the mainland, however it is written.

    Raises:
        RuleViolation: ``portal.phone``.
    """
    found = _MOBILE.fullmatch(re.sub(r"[\s-]", "", said))
    if found is None:
        raise RuleViolation("portal.phone")
    return found[1]


def token_digest(token: str) -> str:
    """Return what is kept of the token of a log-in."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def check_sending(*, to_phone: Sequence[datetime], from_address: int, now: datetime) -> None:
    """Refuse a code that is asked for too soon or too often; the same whether a roster knows the number or not.

    Args:
        to_phone: when codes went to this number in the last 24 hours.
        from_address: how many codes were asked for from this address in the last hour.

    Raises:
        RuleViolation: ``portal.too_soon`` (seconds), ``portal.too_often``.
    """
    wait = max(to_phone, default=now - AGAIN_AFTER) + AGAIN_AFTER - now
    if wait > timedelta():
        raise RuleViolation("portal.too_soon", seconds=-int(-wait.total_seconds() // 1))
    if len(to_phone) >= CODES_A_DAY or from_address >= CODES_FROM_ADDRESS:
        raise RuleViolation("portal.too_often")


def check_writing(*, written: int, known: bool) -> None:
    """Refuse more new matters in 24 hours than anybody has.

    Args:
        written: how many were written from this number in the last 24 hours.
        known: whether a roster ties the number to a home.

    Raises:
        RuleViolation: ``portal.too_many_words`` (most).
    """
    most = WORDS_A_DAY if known else STRANGER_WORDS_A_DAY
    if written >= most:
        raise RuleViolation("portal.too_many_words", most=most)


def is_for_neighbours(*, type: str, trade: str, state: str, outcome: str) -> bool:
    """Tell whether neighbours may know of a matter: of a thing that all use, sorted by a person, not taken back.

    A matter about people (guards, neighbours, praise) is nobody else's, whatever place it names.
    """
    if state == "received" or outcome in ("withdrawn", "void"):
        return False
    return type == "repair_public" or (type in ("complaint", "suggestion") and trade in ABOUT_THINGS)


def place_for_neighbours(*, said: str, known: frozenset[str], building: str) -> tuple[str, str]:
    """Return (a place's name, a building) that may be shown: never the words said, never a room.

    Args:
        said: the place as it was written down; shown only where it is one of the community's places.
        known: the names of the community's public places.
        building: the building of the home it was reported from, or "".
    """
    return (said, "") if said in known else ("", building)
