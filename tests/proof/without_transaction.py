"""The negative control: the product's web with each statement committed on its own.

Nothing in the product can switch its transactions off; this module does it from outside, in the process that
imports it, before every statement that follows another one in a transaction. A process of the web ends itself at
every so-manyth of them, so that some operation is surely broken off half-way, however slow the machine.
"""

import os
import signal
from collections.abc import Callable
from itertools import count
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from hemu.config.wsgi import application

__all__ = ["application"]
DIES_AT_EVERY = 97
_statements = count(1)
SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK TO")


def commit_what_was_done(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Commit what stands open, then run the statement; savepoints have nothing to stand in."""
    connection = context["connection"]
    if not connection.in_atomic_block:
        return execute(sql, params, many, context)
    if sql.startswith(SAVEPOINTS):
        return None
    if next(_statements) % DIES_AT_EVERY == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    if connection.vendor == "sqlite":
        connection.connection.execute("COMMIT")
        connection.connection.execute("BEGIN IMMEDIATE")
    else:
        connection.connection.commit()
    return execute(sql, params, many, context)


def let_go(connection: BaseDatabaseWrapper, **_: object) -> None:
    connection.execute_wrappers.append(commit_what_was_done)


connection_created.connect(let_go)
