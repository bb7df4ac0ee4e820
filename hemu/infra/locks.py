"""How long a change of the database's shape waits for a lock: everybody else queues up behind one that waits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

from django.db import OperationalError, connection

from hemu.foundation.errors import RuleViolation

AS_LONG_AS_IT_TAKES = 0
WAIT_MILLISECONDS = 2_000
TRIES = 10
PAUSE_SECONDS = 3.0
_NO_LOCK = "55P03"
_wait = Event().wait


@contextmanager
def waiting_at_most(milliseconds: int) -> Iterator[None]:
    """Let no statement of this connection wait longer than that for a lock. SQLite has its own patience."""
    if connection.vendor != "postgresql":
        yield
        return
    before = _set("SELECT current_setting('lock_timeout')")
    _set("SELECT set_config('lock_timeout', %s, false)", f"{milliseconds}ms")
    try:
        yield
    finally:
        _set("SELECT set_config('lock_timeout', %s, false)", before)


def in_turn(work: Callable[[], object], *, pause: Callable[[float], object] = _wait) -> None:
    """Do work that needs locks nobody may wait behind: give way after two seconds, and try again, ten times.

    What was done before it gave way stays done; ``work`` goes on from there.

    Raises:
        RuleViolation: ``database.busy`` (tries): somebody held the lock each time.
    """
    for number in range(1, TRIES + 1):
        try:
            with waiting_at_most(WAIT_MILLISECONDS):
                work()
            return
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != _NO_LOCK:
                raise
            if number == TRIES:
                raise RuleViolation("database.busy", tries=TRIES) from error
        pause(PAUSE_SECONDS)


def _set(statement: str, *values: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return str(cursor.fetchone()[0])
