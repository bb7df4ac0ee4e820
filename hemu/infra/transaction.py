"""The wrapper of every operation: one transaction, repeated once when the database chose it as deadlock victim."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

from hemu.infra.standing import read_anew

P = ParamSpec("P")
R = TypeVar("R")
_DEADLOCK = "40P01"
_read: ContextVar[dict[Hashable, Any] | None] = ContextVar("read_in_operation", default=None)


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Run ``function`` in one transaction: all that it writes is kept, or none of it."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        # Inside another operation there is no savepoint: all of it is kept, or none.
        if connection.in_atomic_block:
            with _reading_once():
                return function(*args, **kwargs)
        try:
            with transaction.atomic(), _reading_once():
                return function(*args, **kwargs)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != _DEADLOCK:
                raise
            with transaction.atomic(), _reading_once():
                return function(*args, **kwargs)

    return run


def read_once(key: Hashable, read: Callable[[], R]) -> R:
    """Return what ``read`` gives, read once in an operation; outside of one it is read each time.

    For what no operation changes and then uses: settings, days, which office keeps a book.
    """
    known = _read.get()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    found: R = known[key]
    return found


def remember(key: Hashable, value: object) -> None:
    """Keep for ``read_once`` what an operation has in its hands already; outside of one nothing is kept."""
    known = _read.get()
    if known is not None:
        known[key] = value


@contextmanager
def _reading_once() -> Iterator[None]:
    if _read.get() is not None:  # the outermost operation keeps what was read
        yield
        return
    token = _read.set({})
    try:
        with read_anew():
            yield
    finally:
        _read.reset(token)
