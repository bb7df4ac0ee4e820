"""Finding the beginning and the end of short texts by an index, on both databases."""

from typing import Any

from django.db.models import CharField, Func, Lookup
from django.db.models.expressions import Combinable

LAST = "\U0010ffff"


@CharField.register_lookup
class Begins(Lookup):
    """`field__begins`: as `startswith`, but read from an index.

    SQLite uses none for a LIKE with an escape sign, so there it is a range; PostgreSQL sorts by its locale, so
    there it is a LIKE on an index of `varchar_pattern_ops`.
    """

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        left, parameters = self.process_lhs(compiler, connection)
        begin = connection.ops.prep_for_like_query(self.rhs)
        return f"{left} LIKE %s", [*parameters, f"{begin}%"]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        left, parameters = self.process_lhs(compiler, connection)
        # One constraint with the bounds bound by value: the planner then takes the index's range.
        return f"({left} >= %s AND {left} < %s)", [*parameters, self.rhs, *parameters, f"{self.rhs}{LAST}"]


class LastFour(Func):
    """The last four signs of a text, written alike in the index and in the query, so that the one finds the other."""

    template = "right(%(expressions)s, 4)"
    arity = 1

    def __init__(self, *expressions: Combinable | str, **extra: Any) -> None:
        super().__init__(*expressions, output_field=CharField(), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, -4)", **context)
