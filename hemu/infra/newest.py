"""The newest of several scopes, read from an index that begins with the scope: so many of each, then merged.

Asked for the newest of thirty communities in one condition, a planner reads all of theirs and sorts, or walks the
whole table until it has found enough. Here each scope's own newest are read and no more.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

ONE_BY_ONE = 400
"""More scopes than that are asked for in one condition; SQLite joins no more than 500 selects."""
ONE = "one_scope.id"


def newest_ids(
    rows: QuerySet[Any], *, scope: str, among: Collection[UUID] | None, at_most: int, key: str = "id"
) -> list[UUID]:
    """Return the newest ``at_most`` keys of the rows, newest first.

    Args:
        rows: narrowed by everything but the scope.
        scope: the column that the index begins with.
        among: the scopes; None for all, which an index without the scope serves.
        key: the column of identifiers, which are ordered by time.
    """
    if among is None:
        return _plain(rows, key, at_most)
    scopes = sorted(among)
    if not scopes:
        return []
    if len(scopes) == 1 or len(scopes) > ONE_BY_ONE:
        which = {scope: scopes[0]} if len(scopes) == 1 else {f"{scope}__in": scopes}
        return _plain(rows.filter(**which), key, at_most)
    one = rows.filter(**{scope: RawSQL(ONE, ())}).order_by(f"-{key}").values_list(key)[:at_most]
    sql, params = one.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(*_merged(sql, params, scopes, at_most))
        return [found if isinstance(found, UUID) else UUID(found) for (found,) in cursor.fetchall()]


def _plain(rows: QuerySet[Any], key: str, at_most: int) -> list[UUID]:
    return list(rows.order_by(f"-{key}").values_list(key, flat=True)[:at_most])


def _merged(sql: str, params: Collection[Any], scopes: list[UUID], at_most: int) -> tuple[str, list[Any]]:
    newest = "ORDER BY 1 DESC LIMIT %s"
    if connection.vendor == "postgresql":
        each = f"FROM unnest(%s::uuid[]) AS one_scope(id) CROSS JOIN LATERAL ({sql}) AS found(id)"
        return f"SELECT found.id {each} {newest}", [scopes, *params, at_most]
    selects = " UNION ALL ".join(
        "SELECT * FROM (" + sql.replace(f"({ONE})", f"'{scope.hex}'") + ")" for scope in scopes
    )
    return f"{selects} {newest}", [*(list(params) * len(scopes)), at_most]
