"""Signing in on one's own phone with a PIN: for whom, what a PIN looks like, how long and how often."""

from datetime import timedelta

from hemu.foundation.errors import RuleViolation

KEPT_FOR = timedelta(days=30)
TRIES = 5
"""After so many wrong ones in a row the device is forgotten, and only the password lets in."""
SHORTEST, LONGEST = 4, 6
HANDLERS = frozenset({"technician", "security", "steward"})
NO_SIGNATURE = HANDLERS | {"frontdesk", "call_center"}
"""Posts that put no signature under anything; whoever holds another one as well logs in with the password."""
_RUN = "01234567890"


def may_use_pin(roles: frozenset[str]) -> bool:
    """Tell whether somebody holding these roles may sign in with a PIN: who handles jobs and signs nothing."""
    return bool(roles & HANDLERS) and roles <= NO_SIGNATURE


def checked_pin(pin: str) -> str:
    """Return a PIN of 4 to 6 digits that is no mere run or repetition.

    Raises:
        RuleViolation: ``pin.unreadable``, ``pin.too_easy``.
    """
    if not (SHORTEST <= len(pin) <= LONGEST and pin.isascii() and pin.isdigit()):
        raise RuleViolation("pin.unreadable", shortest=SHORTEST, longest=LONGEST)
    if len(set(pin)) == 1 or pin in _RUN or pin in _RUN[::-1]:
        raise RuleViolation("pin.too_easy")
    return pin
