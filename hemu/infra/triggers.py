"""Which triggers a database has. A table rebuild on SQLite drops its triggers without a word."""

from django.db import connection

IN_FORCE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
}


def triggers_in_force() -> set[str]:
    """Return the names of the triggers that this database has and has not switched off."""
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE[connection.vendor])
        return {name for (name,) in cursor.fetchall()}
