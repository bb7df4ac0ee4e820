"""How often a token may call, over all web processes: each takes a share of a minute's calls and counts that itself.

Counted call by call in the database every look would cost a write; counted in each process alone, a token could call
as often again as there are processes. So a call in twenty or so costs one statement, and never more than the limit
get through; what a process took and did not use is lost to the others until the minute is over.
"""

import threading
from datetime import datetime
from uuid import UUID

from django.conf import settings

from hemu.interface.operations_calls import take_calls
from hemu.interface.rules import minute_of, seconds_left, share_of

_left: dict[UUID, tuple[int, int]] = {}
"""By token: a minute, and how many of the calls taken for it are left; -1 once there are no more to take."""
_lock = threading.Lock()


def seconds_to_wait(token: UUID, *, now: datetime) -> int:
    """Count one call of a token; return how long it should wait first, 0 where it need not."""
    minute, share = minute_of(now), share_of(settings.API_CALLS_A_MINUTE)
    found = _one_less(token, minute)
    if found is None:
        granted = take_calls(token=token, minute=minute, count=share, most=settings.API_CALLS_A_MINUTE)
        found = granted
        _keep(token, minute, share - 1 if granted else -1)
    return 0 if found else seconds_left(now)


def _one_less(token: UUID, minute: int) -> bool | None:
    """Spend one of the calls at hand; False where this minute has none left anywhere, None where more must be asked for."""
    with _lock:
        known, left = _left.get(token, (minute, 0))
        if known != minute or left == 0:
            return None
        if left > 0:
            _left[token] = (minute, left - 1)
        return left > 0


def _keep(token: UUID, minute: int, more: int) -> None:
    with _lock:
        known, left = _left.get(token, (minute, 0))
        others = left if known == minute and left > 0 and more >= 0 else 0
        _left[token] = (minute, others + more)


def forget() -> None:
    """Begin to count anew, as another process would: for tests."""
    with _lock:
        _left.clear()
