"""The wrapper of every operation: one transaction, repeated once when the database chose it as deadlock victim."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

P = ParamSpec("P")
R = TypeVar("R")
_DEADLOCK = "40P01"


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Run ``function`` in one transaction: all that it writes is kept, or none of it."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        # Inside another operation there is no savepoint: all of it is kept, or none.
        if connection.in_atomic_block:
            return function(*args, **kwargs)
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != _DEADLOCK:
                raise
            with transaction.atomic():
                return function(*args, **kwargs)

    return run
