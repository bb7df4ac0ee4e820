"""Statements that every act needs: their text is put together once and kept, and only the values change.

Django puts a statement together anew each time, which costs several times what the database then takes to answer it.
Here it does so once for each database; tables, columns, joins and conversions stay its own.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model, QuerySet, Value
from django.db.models.query import ValuesListIterable, get_related_populators

T = TypeVar("T")
Values = dict[str, Any]
AT_ONCE = 500
"""Rows in one statement: SQLite takes 32,766 values."""


class Given(Value):
    """Stands in a query for the value that each asking gives under this name."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(name, output_field=field)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]

    def of(self, values: Values, database: BaseDatabaseWrapper) -> Any:
        return self.output_field.get_db_prep_value(values[self.value], database)


class Reading(Generic[T]):
    """A query of rows, with what they are read with by `select_related` or `annotate`, or of lists of values.

    Args:
        query: gives the query, with a `Given` wherever a value changes; asked once for each database.
    """

    def __init__(self, query: Callable[[], "QuerySet[Any, T]"]) -> None:
        self._query = query
        self._known: dict[str, _Known] = {}

    def __call__(self, **values: Any) -> list[T]:
        """Ask with these values and return all rows."""
        database = connections[DEFAULT_DB_ALIAS]
        known = self._known.get(database.vendor)
        if known is None:
            known = self._known[database.vendor] = _Known(self._query(), database)
        given = [each.of(values, database) if isinstance(each, Given) else each for each in known.params]
        with database.cursor() as cursor:
            cursor.execute(known.text, given)
            return cast("list[T]", [known.made_of(row, database) for row in cursor.fetchall()])


class _Known:
    """What is kept of a query: its text, its parameters, and how its rows are read."""

    def __init__(self, query: "QuerySet[Any, Any]", database: BaseDatabaseWrapper) -> None:
        compiler = query.query.get_compiler(connection=database)
        self.text, self.params = compiler.as_sql()
        expressions = [each for each, *_ in compiler.select]
        self.converters = [
            (place, convert, expression)
            for place, (converters, expression) in compiler.get_converters(expressions).items()
            for convert in converters
        ]
        self.make = tuple if query._iterable_class is ValuesListIterable else _rows_of(compiler)

    def made_of(self, row: Sequence[Any], database: BaseDatabaseWrapper) -> Any:
        values = list(row)
        for place, convert, expression in self.converters:
            values[place] = convert(values[place], expression, database)
        return self.make(values)


def _rows_of(compiler: Any) -> Callable[[list[Any]], Model]:
    """Return what makes an object of a row's values, with those that belong to it, as Django's own reading does."""
    info, select = compiler.klass_info, compiler.select
    model, places = info["model"], info["select_fields"]
    names = [select[place][0].target.attname for place in places]
    begin, end = places[0], places[-1] + 1
    related = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # stubs of 6.1
    more = compiler.annotation_col_map or {}

    def made_of(values: list[Any]) -> Model:
        made: Model = model.from_db(DEFAULT_DB_ALIAS, names, values[begin:end])
        for each in related:
            each.populate(values, made)
        for name, place in more.items():
            setattr(made, name, values[place])
        return made

    return made_of


def insert(*rows: Model, pass_over: bool = False) -> None:
    """Write new rows of one model in the caller's transaction; nothing listens, and their values are plain.

    Args:
        pass_over: leave out a row whose key is taken already; else that is an error.
    """
    for start in range(0, len(rows), AT_ONCE):
        _write(rows[start : start + AT_ONCE], pass_over)


def _write(rows: Sequence[Model], pass_over: bool) -> None:
    database = connections[DEFAULT_DB_ALIAS]
    text, fields, returned = _insertion(type(rows[0]), len(rows), pass_over, database.vendor)
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), database) for row in rows for field in fields
    ]
    with database.cursor() as cursor:
        cursor.execute(text, values)
        for row, key in zip(rows, cursor.fetchall() if returned else (), strict=False):
            setattr(row, returned, key[0])
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@lru_cache(maxsize=256)
def _insertion(
    model: type[Model], count: int, pass_over: bool, vendor: str
) -> tuple[str, list["Field[Any, Any]"], str]:
    """Return the text, the fields of a row in its order, and the name of the key that the database gives, if it does."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    key = model._meta.auto_field
    fields = [each for each in model._meta.local_concrete_fields if each is not key]
    columns = ", ".join(quote(str(each.column)) for each in fields)
    marks = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * count)
    text = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {marks}"
    if pass_over:
        return f"{text} ON CONFLICT DO NOTHING", fields, ""
    return (f"{text} RETURNING {quote(str(key.column))}", fields, key.attname) if key else (text, fields, "")
