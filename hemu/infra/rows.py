"""Many plain rows written at once, without an object for each; one whose key is taken is passed over."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models

SLICE = 2_000
Row = Sequence[Any]


def insert_new(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Row], same: dict[str, object]
) -> int:
    """Write the rows whose keys are not taken yet, and return how many they were.

    What a database gives by itself must be given here: neither defaults nor checks of a model are asked.

    Args:
        names: the attributes that a row gives, in its order: ids, texts, moments, numbers, or none.
        same: the attributes that all rows have in common.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    given = [fields[name] for name in names]
    common = [fields[name].get_db_prep_save(value, connection) for name, value in same.items()]
    columns = ", ".join(str(fields[name].column) for name in [*names, *same])
    into = f"INSERT INTO {model._meta.db_table} ({columns})"
    write = _from_arrays if connection.vendor == "postgresql" else _one_by_one
    return sum(write(into, [_type(field) for field in given], some, common) for some in _sliced(rows))


def _from_arrays(into: str, types: list[str], rows: list[Row], common: list[Any]) -> int:
    """Give each column as one array: the statement is read once, however many rows there are."""
    arrays = ", ".join(f"%s::{each}[]" for each in types)
    constants = ", %s" * len(common)
    names = ", ".join(f"given.c{place}" for place in range(len(types)))
    given = ", ".join(f"c{place}" for place in range(len(types)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"{into} SELECT {names}{constants} FROM unnest({arrays}) AS given({given}) ON CONFLICT DO NOTHING",
            [*common, *(list(column) for column in zip(*rows, strict=True))],
        )
        return int(cursor.rowcount)


def _one_by_one(into: str, types: list[str], rows: list[Row], common: list[Any]) -> int:
    marks = ", ".join(["%s"] * (len(types) + len(common)))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"{into} VALUES ({marks}) ON CONFLICT DO NOTHING",
            [[*map(_kept, row), *common] for row in rows],
        )
        return int(cursor.rowcount)


def _kept(value: Any) -> Any:
    """Return a value as SQLite keeps it."""
    if isinstance(value, UUID):
        return value.hex
    return _written(value) if isinstance(value, datetime) else value


@lru_cache(maxsize=1024)
def _written(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _type(field: "models.Field[Any, Any]") -> str:
    """Return the type of an array's elements, without the length, to which a cast would cut a text."""
    return (field.db_type(connection) or "").split("(")[0]


def _sliced(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while some := list(islice(rest, SLICE)):
        yield some
