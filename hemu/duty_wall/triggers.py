"""The triggers on the duties that write down which month of which book has to be counted again.

Triggers and not statements of the operations: they cost a writer no round trip, and nothing that writes a duty can
forget them, neither an UPDATE past the operations nor a process of the version before. They only insert: no row is
shared, so no writer waits for another. A rebuild of the table on SQLite drops them without a word; `put_back` runs
after every migration.
"""

from typing import Any

from django.db import connection, transaction

from hemu.infra.triggers import lacking, make_lacking

TABLE, TOUCHED = "duties_duty", "duty_wall_touched"
COUNTS = ("book_id", "clause", "state", "due_at", "start_at", "late_at")
"""The columns on which the counts rest."""


def month_of(row: str) -> str:
    """Return the SQL of the month to which a duty belongs: its first day, at the offices."""
    moment = f"COALESCE({row}.due_at, {row}.start_at)"
    if connection.vendor == "sqlite":
        return f"date({moment}, '+8 hours', 'start of month')"
    return f"date_trunc('month', {moment} AT TIME ZONE 'Asia/Shanghai')::date"


def statements() -> dict[str, list[str]]:
    """Return, by the triggers' names, what makes them."""
    return _on_sqlite() if connection.vendor == "sqlite" else _on_postgresql()


def missing() -> list[str]:
    """Return the names of the triggers that this database lacks or has switched off."""
    return lacking(statements())


def create() -> None:
    """Make the triggers that are not there."""
    make_lacking(statements())


def put_back(**_: Any) -> None:
    """Make again what a rebuild of the table dropped, and have everything counted, for who knows what changed meanwhile."""
    there = set(connection.introspection.table_names())
    if not {TABLE, TOUCHED} <= there or not missing():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        create()
        cursor.execute(
            f"INSERT INTO {TOUCHED} (book, month) SELECT DISTINCT duty.book_id, {month_of('duty')} FROM {TABLE} AS duty"
        )


def _on_sqlite() -> dict[str, list[str]]:
    """One writer at a time: a month that waits already is not written twice."""

    def note(row: str) -> str:
        month = month_of(row)
        return (
            f"INSERT INTO {TOUCHED} (book, month) SELECT {row}.book_id, {month} WHERE NOT EXISTS"
            f" (SELECT 1 FROM {TOUCHED} WHERE book = {row}.book_id AND month = {month});"
        )

    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in COUNTS)
    made = {
        "duty_touched_by_insert": f"AFTER INSERT ON {TABLE} BEGIN {note('NEW')} END",
        "duty_touched_by_update": f"AFTER UPDATE OF {', '.join(COUNTS)} ON {TABLE} WHEN {changed}"
        f" BEGIN {note('OLD')} {note('NEW')} END",
        "duty_touched_by_delete": f"AFTER DELETE ON {TABLE} BEGIN {note('OLD')} END",
    }
    return {name: [f"CREATE TRIGGER {name} {rest}"] for name, rest in made.items()}


def _on_postgresql() -> dict[str, list[str]]:
    """Once for a statement, however many duties it writes; it inserts and never waits."""

    def months(row: str, rows: str) -> str:
        return f"SELECT {row}.book_id, {month_of(row)} FROM {rows}"

    differs = "ROW({}) IS DISTINCT FROM ROW({})".format(
        ", ".join(f"was.{name}" for name in COUNTS), ", ".join(f"is_now.{name}" for name in COUNTS)
    )
    both = f"was JOIN is_now USING (id) WHERE {differs}"
    made = {
        "insert": (months("is_now", "is_now"), "NEW TABLE AS is_now"),
        "update": (
            f"{months('was', both)} UNION {months('is_now', both)}",
            "OLD TABLE AS was NEW TABLE AS is_now",
        ),
        "delete": (months("was", "was"), "OLD TABLE AS was"),
    }
    return {
        f"duty_touched_by_{act}": [
            f"CREATE OR REPLACE FUNCTION duty_touched_by_{act}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" INSERT INTO {TOUCHED} (book, month) SELECT DISTINCT * FROM ({rows}) AS touched; RETURN NULL; END $$",
            f"DROP TRIGGER IF EXISTS duty_touched_by_{act} ON {TABLE}",
            f"CREATE TRIGGER duty_touched_by_{act} AFTER {act.upper()} ON {TABLE} REFERENCING {tables}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION duty_touched_by_{act}()",
        ]
        for act, (rows, tables) in made.items()
    }
