"""Laying rows ready in short slices, and carrying them over in one statement a table.

A write transaction over many thousand rows is short only when the database does it by itself: the rows lie
in the staging table as JSON, and INSERT … SELECT unpacks them. Ids and values are those of the drafts; a row
whose id is there already is changed.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import connection, models

from hemu.estate.models import Home, Person, Phone, RosterImport, StagedRow, Tie
from hemu.estate.roster.drafts import Columns, Drafts
from hemu.infra.transaction import operation

SLICE = 2_000
TABLES: dict[str, type[models.Model]] = {"home": Home, "person": Person, "phone": Phone, "tie": Tie}
"""Section → table, in the order in which foreign keys allow."""


def stage(row: RosterImport, section: str, payloads: Iterable[Any]) -> Iterator[int]:
    """Write payloads as lines of a section, a slice a transaction; yield how many each slice had."""
    position = 0
    for part in _slices(payloads):
        _write_slice(row, section, position, part)
        position += len(part)
        yield len(part)


def _slices(payloads: Iterable[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for payload in payloads:
        part.append(payload)
        if len(part) == SLICE:
            yield part
            part = []
    if part:
        yield part


@operation
def _write_slice(row: RosterImport, section: str, position: int, payloads: list[Any]) -> None:
    StagedRow.objects.bulk_create(
        StagedRow(roster_import=row, section=section, position=position + offset, payload=payload)
        for offset, payload in enumerate(payloads)
    )


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
    fields = [field for field in model._meta.concrete_fields if field.column]
    names = ", ".join(quote(field.column) for field in fields)
    table, staged = quote(model._meta.db_table), quote(StagedRow._meta.db_table)
    key = quote(model._meta.pk.column)
    changed = ", ".join(
        f"{quote(f.column)} = excluded.{quote(f.column)}" for f in fields if not f.primary_key
    )
    if connection.vendor == "postgresql":
        types = ", ".join(f"{quote(field.column)} {field.db_type(connection)}" for field in fields)
        unpacked = ", ".join(f"r.{quote(field.column)}" for field in fields)
        source = f"{staged} AS s, jsonb_to_record(s.payload) AS r({types})"
    else:
        unpacked = ", ".join(f"json_extract(s.payload, '$.{field.column}')" for field in fields)
        source = f"{staged} AS s"
    return (
        f"INSERT INTO {table} ({names}) SELECT {unpacked} FROM {source}"
        f" WHERE s.roster_import_id = %s AND s.section = %s ORDER BY s.position"
        f" ON CONFLICT ({key}) DO UPDATE SET {changed}"
    )
