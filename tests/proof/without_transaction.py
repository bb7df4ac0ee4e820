"""The negative control: the product's web with each statement committed on its own.

Nothing in the product can switch its transactions off; this module does it from outside, in the process that
imports it, before every statement that follows another one in a transaction.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from hemu.config.wsgi import application

__all__ = ["application"]
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
    if connection.vendor == "sqlite":
        connection.connection.execute("COMMIT")
        connection.connection.execute("BEGIN IMMEDIATE")
    else:
        connection.connection.commit()
    return execute(sql, params, many, context)


def let_go(connection: BaseDatabaseWrapper, **_: object) -> None:
    connection.execute_wrappers.append(commit_what_was_done)


connection_created.connect(let_go)
