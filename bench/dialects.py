"""The SQL of filling in both dialects. A copy's id carries the copy's time and follows from the original's id."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

Cursor = Any
YEARS_SECONDS = 3 * 365 * 86_400
PLACE = "id int, community {id}, book text, office {id}, code text, person {id}, person_key text"
SENTENCE = "id int, words text"
TOKEN = "sentence int, token bigint"
FUNCTIONS = """
CREATE OR REPLACE FUNCTION pg_temp.copied_id(original uuid, n int, shift interval) RETURNS uuid
  LANGUAGE sql IMMUTABLE AS $$ SELECT (
    lpad(to_hex(('x' || left(replace(original::text, '-', ''), 12))::bit(48)::bigint
      + (extract(epoch FROM shift) * 1000)::bigint), 12, '0')
    || '7' || left(md5(original::text || n), 3) || '8' || right(md5(original::text || n), 15))::uuid $$;
"""
TABLES = (
    "service_requests_request", "ledger_entry", "ledger_closedwords", "ledger_leaf", "ledger_seal", "duties_duty",
    "messaging_outgoing", "messaging_message", "return_visits_returnvisit", "estate_home", "infra_searchtoken",
)  # fmt: skip


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


@contextmanager
def filling(cursor: Cursor) -> Iterator[None]:
    """Let rows in without triggers, and on PostgreSQL without indexes, which are built anew at the end."""
    if is_postgresql():
        cursor.execute(FUNCTIONS)
        for setting in (
            "session_replication_role = replica",
            "work_mem = '256MB'",
            "maintenance_work_mem = '1GB'",
        ):
            cursor.execute(f"SET {setting}")
        asleep = (
            "UPDATE pg_index SET indisready = false, indisvalid = false WHERE indrelid = ANY(%s::regclass[])"
        )
        cursor.execute("ANALYZE")
        cursor.execute(asleep, [list(TABLES)])
        yield
        for table in TABLES:
            cursor.execute(f"REINDEX TABLE {table}")
        return
    own = connection.connection
    own.create_function("copied_id", 3, _copied_id, deterministic=True)
    own.create_function("moved", 2, _moved, deterministic=True)
    let_name_ids()
    own.create_function("lpad", 3, lambda text, width, sign: text.rjust(width, sign), deterministic=True)
    for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000", "temp_store = MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = cursor.fetchall()
    cursor.execute("BEGIN")
    for name, _ in triggers:
        cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    for _, sql in triggers:
        cursor.execute(sql)
    cursor.execute("COMMIT")


def let_name_ids() -> None:
    """Teach SQLite the function behind `named_id`."""
    if not is_postgresql():
        connection.connection.create_function(
            "named_id", 1, lambda text: hashlib.md5(text.encode()).hexdigest(), deterministic=True
        )


def no() -> str:
    return "false" if is_postgresql() else "0"


def settle(cursor: Cursor) -> None:
    """Let PostgreSQL's planner see the rows; SQLite's has what `hemu.infra.planner` lays down."""
    if is_postgresql():
        cursor.execute("VACUUM ANALYZE")


def _copied_id(original: str | None, n: int, shift: float) -> str | None:
    if original is None:
        return None
    digest = hashlib.md5(f"{original}{n}".encode()).hexdigest()
    return f"{int(original[:12], 16) + int(shift * 1000):012x}7{digest[:3]}8{digest[-15:]}"


def _moved(text: str | None, shift: float) -> str | None:
    return str(datetime.fromisoformat(text) + timedelta(seconds=shift)) if text else None


def table(cursor: Cursor, name: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    """Make a temporary table."""
    cursor.execute(f"CREATE TEMP TABLE {name} ({columns.format(id='uuid' if is_postgresql() else 'text')})")
    values = ", ".join(["%s"] * len(rows[0]))
    adapted = [[_adapted(value) for value in row] for row in rows]
    cursor.executemany(f"INSERT INTO {name} VALUES ({values})", adapted)


def _adapted(value: Any) -> Any:
    return value.hex if isinstance(value, UUID) and not is_postgresql() else value


def series(count: int) -> str:
    """Return a table of n from 0 to below ``count``."""
    if is_postgresql():
        return f"(SELECT n::int FROM generate_series(0, {count - 1}) AS n)"
    return f"(WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {count - 1}) SELECT n FROM s)"


def shift(count: int) -> str:
    """Return how far a copy lies before its original: three years for the first, nothing for the last."""
    seconds = f"({YEARS_SECONDS}.0 * (n + 1 - {count}) / {count})"
    return f"make_interval(secs => {seconds})" if is_postgresql() else seconds


def sealed_at(seals: int) -> str:
    if is_postgresql():
        return f"%s::timestamptz + make_interval(secs => {YEARS_SECONDS}.0 * (s.n + 1 - {seals}) / {seals})"
    return f"moved(%s, {YEARS_SECONDS}.0 * (s.n + 1 - {seals}) / {seals})"


def copied_id(column: str) -> str:
    function = "pg_temp.copied_id" if is_postgresql() else "copied_id"
    return f"{function}({column}, filling.n, filling.shift)"


def named_id(text: str) -> str:
    return f"md5({text})::uuid" if is_postgresql() else f"named_id({text})"


def moved(column: str) -> str:
    return f"{column} + filling.shift" if is_postgresql() else f"moved({column}, filling.shift)"


def as_text(column: str) -> str:
    return f"{column}::text" if is_postgresql() else column


def as_json(text: str) -> str:
    return f"({text})::jsonb" if is_postgresql() else text


def literal(id: UUID) -> str:
    return f"'{id}'" if is_postgresql() else f"'{id.hex}'"
