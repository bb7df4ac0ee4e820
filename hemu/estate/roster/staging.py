"""Laying rows ready in short slices, and carrying them over in one statement a table.

A write transaction over many thousand rows is short only when the database does it by itself: the rows lie
in the staging table as JSON, and INSERT … SELECT unpacks them. Ids and values are those of the drafts; a row
whose id is there already is changed.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import F

from hemu.estate.models import Home, Person, Phone, RosterImport, StagedRow, Tie
from hemu.estate.roster.changes import FIELDS
from hemu.estate.roster.drafts import Columns, Drafts
from hemu.infra.transaction import operation

SLICE = 5_000
PAUSE_SECONDS = 0.12
"""SQLite's lock goes to whoever asks first, and who waits asks every 100 ms: without a gap the desk would starve."""
TABLES: dict[str, type[models.Model]] = {"home": Home, "person": Person, "phone": Phone, "tie": Tie}
"""Section → table, in the order in which foreign keys allow."""


def stage(row: RosterImport, section: str, payloads: Iterable[Any]) -> Iterator[int]:
    """Write payloads as lines of a section, a slice a transaction; yield how many each slice had."""
    position = 0
    rest = iter(payloads)
    while part := [json.dumps(each, ensure_ascii=False) for each in islice(rest, SLICE)]:
        _write_slice(row, section, position, part)
        position += len(part)
        yield len(part)
        _give_way()


@operation
def _write_slice(row: RosterImport, section: str, position: int, payloads: list[str]) -> None:
    rows = [(row.pk.hex, section, position + offset, payload) for offset, payload in enumerate(payloads)]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO estate_stagedrow (roster_import_id, section, position, payload) VALUES (%s, %s, %s, %s)",
            rows,
        )
    RosterImport.objects.filter(id=row.id).update(done=F("done") + len(rows))


def _give_way() -> None:
    if connection.vendor == "sqlite":
        time.sleep(PAUSE_SECONDS)


def stage_drafts(row: RosterImport, drafts: Drafts, progress: Callable[[int], None]) -> None:
    """Lay the rows of the drafts ready, telling how many are done."""
    sections: dict[str, Iterable[Columns]] = {
        "home": drafts.homes, "person": drafts.people.values(), "phone": drafts.phones, "tie": drafts.ties,
    }  # fmt: skip
    for section, rows in sections.items():
        for count in stage(row, section, map(_plain, rows)):
            progress(count)


def _plain(columns: Columns) -> Columns:
    """Return columns as JSON; an id as 32 digits, which is how SQLite keeps it and PostgreSQL reads it."""
    return {name: value.hex if isinstance(value, UUID) else value for name, value in columns.items()}


def clear(row: RosterImport, sections: Iterable[str]) -> None:
    """Delete an import's lines of these sections, a slice a transaction."""
    lines = StagedRow.objects.filter(roster_import=row, section__in=list(sections))
    while ids := list(lines.values_list("id", flat=True)[:SLICE]):
        _delete_slice(ids)
        _give_way()


@operation
def _delete_slice(ids: list[int]) -> None:
    StagedRow.objects.filter(id__in=ids).delete()


def carry_over(row: RosterImport) -> None:
    """Write all staged rows of an import into their tables, in the caller's transaction."""
    with connection.cursor() as cursor:
        for section, model in TABLES.items():
            cursor.execute(_carrying(model), [row.pk.hex, section])


def _carrying(model: type[models.Model]) -> str:
    quote = connection.ops.quote_name
    types = {str(field.column): field.db_type(connection) for field in model._meta.concrete_fields}
    table, staged = quote(model._meta.db_table), quote(StagedRow._meta.db_table)
    if connection.vendor == "postgresql":
        typed = ", ".join(f"{quote(name)} {type_}" for name, type_ in types.items())
        source = f"{staged} AS s, jsonb_to_record(s.payload) AS r({typed})"
        unpacked = ", ".join(f"r.{quote(name)}" for name in types)
    else:
        source = f"{staged} AS s"
        unpacked = ", ".join(f"json_extract(s.payload, '$.{name}')" for name in types)
    names = ", ".join(map(quote, types))
    changed = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in types if name != "id")
    return (
        f"INSERT INTO {table} ({names}) SELECT {unpacked} FROM {source}"
        f" WHERE s.roster_import_id = %s AND s.section = %s ORDER BY s.position"
        f" ON CONFLICT (id) DO UPDATE SET {changed}"
    )


def homes_changed(row: RosterImport) -> int:
    """Return how many homes an import is to change no longer stand as they were read (``was`` in their staged row)."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPARING[connection.vendor](), [row.pk.hex])
        count: int = cursor.fetchone()[0]
    return count


def _comparing_on_sqlite() -> str:
    same = [f"h.{name} IS json_extract(s.payload, '$.was.{name}')" for name in FIELDS]
    same.append("json(h.flags) IS json_extract(s.payload, '$.was.flags')")
    return (
        "SELECT COUNT(*) FROM estate_stagedrow AS s"
        " LEFT JOIN estate_home AS h ON h.id = json_extract(s.payload, '$.id')"
        " WHERE s.roster_import_id = %s AND s.section = 'home' AND json_extract(s.payload, '$.was') IS NOT NULL"
        f" AND (h.id IS NULL OR NOT ({' AND '.join(same)}))"
    )


def _comparing_on_postgresql() -> str:
    names = (*FIELDS, "flags")
    types = {name: Home._meta.get_field(name).db_type(connection) for name in names}
    typed = ", ".join(f"{name} {type_}" for name, type_ in types.items())
    same = " AND ".join(f"h.{name} IS NOT DISTINCT FROM w.{name}" for name in names)
    return (
        "SELECT COUNT(*) FROM estate_stagedrow AS s"
        f" CROSS JOIN LATERAL jsonb_to_record(s.payload->'was') AS w({typed})"
        " LEFT JOIN estate_home AS h ON h.id = (s.payload->>'id')::uuid"
        " WHERE s.roster_import_id = %s AND s.section = 'home' AND s.payload->'was' IS NOT NULL"
        f" AND (h.id IS NULL OR NOT ({same}))"
    )


_COMPARING = {"sqlite": _comparing_on_sqlite, "postgresql": _comparing_on_postgresql}
