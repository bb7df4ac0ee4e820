"""How often a token may call: counted in each web process, so that a call costs no write."""

import threading
from datetime import datetime
from uuid import UUID

from django.conf import settings

from hemu.interface.rules import Budget, spend

_budgets: dict[UUID, Budget] = {}
_lock = threading.Lock()


def seconds_to_wait(token: UUID, *, now: datetime) -> int:
    """Count one call of a token; return how long it should wait first, 0 where it need not."""
    with _lock:
        _budgets[token], wait = spend(_budgets.get(token), most=settings.API_CALLS_A_MINUTE, now=now)
    return wait


def forget() -> None:
    """Begin to count anew: for tests."""
    with _lock:
        _budgets.clear()
