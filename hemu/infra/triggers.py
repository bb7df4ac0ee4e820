"""Triggers that a room lays down: which of them a database has, and making those that it lacks.

A table rebuild on SQLite drops its triggers without a word, so what is there is compared with what should be.
"""

from collections.abc import Iterable, Mapping

from django.db import connection

IN_FORCE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
}


def lacking(names: Iterable[str]) -> list[str]:
    """Return those of the triggers' names that this database does not have or has switched off, in order."""
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE[connection.vendor])
        present = {name for (name,) in cursor.fetchall()}
    return sorted(set(names) - present)


def make_lacking(statements: Mapping[str, Iterable[str]]) -> None:
    """Make the triggers that are not there; ``statements`` gives what makes each, by its name."""
    names = lacking(statements)
    with connection.cursor() as cursor:
        for name in names:
            for statement in statements[name]:
                cursor.execute(statement)
