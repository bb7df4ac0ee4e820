"""The newest of several scopes, read from an index that begins with the scope: so many of each, then merged.

Asked for the newest of thirty communities in one condition, a planner reads all of theirs and sorts, or walks the
whole table until it has found enough. Here each scope's own newest are read and no more: first a fair share of each,
then all that are asked for of those whose share was too small.
"""

from collections import Counter
from collections.abc import Collection
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

Row = TypeVar("Row", bound=Model)
ONE_BY_ONE = 400
"""More scopes than that are asked for in one condition; SQLite joins no more than 500 selects."""
ONE = "one_scope.id"
SHARE = 4
"""Of each scope so many times its even share is read at first."""


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
    one = rows.filter(**{scope: RawSQL(ONE, ())}).order_by(f"-{key}").values_list(key)
    share = min(at_most, SHARE * at_most // len(scopes) + 2)
    found = _read(one[:share], scopes, at_most)
    beyond = _cut_short(found, share) if share < at_most else []
    if beyond:
        found = sorted({*found, *_read(one[:at_most], beyond, at_most)}, reverse=True)
    return [id for id, _ in found[:at_most]]


Found = tuple[UUID, UUID]


def _read(one: QuerySet[Any], scopes: list[UUID], at_most: int) -> list[Found]:
    """Return the newest keys with their scopes, newest first."""
    try:
        sql, params = one.query.sql_with_params()
    except EmptyResultSet:  # a condition that nothing fulfils, such as one of no values
        return []
    with connection.cursor() as cursor:
        cursor.execute(*_merged(sql, params, scopes, at_most))
        found = [(_id(key), _id(scope)) for key, scope in cursor.fetchall()]
    return sorted(found, reverse=True)[:at_most]


def _id(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _cut_short(found: list[Found], share: int) -> list[UUID]:
    """Return the scopes that may have more among the newest: their whole share is."""
    counts = Counter(scope for _, scope in found)
    return sorted(scope for scope, count in counts.items() if count == share)


def newest_of(rows: QuerySet[Row], ids: Collection[UUID], *, at_most: int) -> list[Row]:
    """Return the newest ``at_most`` of the rows with these ids, newest first.

    They are looked up in growing handfuls; for all of them at once a planner would rather walk the whole scope.
    """
    newest = sorted(ids, reverse=True)
    found: list[Row] = []
    begin, size = 0, at_most
    while begin < len(newest) and len(found) < at_most:
        # The oldest first, and turned round: sought backwards, each costs PostgreSQL a block more.
        found += list(rows.filter(id__in=newest[begin : begin + size]).order_by("id"))[::-1]
        begin, size = begin + size, size * 2
    return found[:at_most]


def _plain(rows: QuerySet[Any], key: str, at_most: int) -> list[UUID]:
    return list(rows.order_by(f"-{key}").values_list(key, flat=True)[:at_most])


def _merged(sql: str, params: Collection[Any], scopes: list[UUID], at_most: int) -> tuple[str, list[Any]]:
    if connection.vendor == "postgresql":
        each = f"FROM unnest(%s::uuid[]) AS one_scope(id) CROSS JOIN LATERAL ({sql}) AS found(id)"
        return f"SELECT found.id, one_scope.id {each} ORDER BY 1 DESC LIMIT %s", [scopes, *params, at_most]
    # Unsorted: SQLite would sort each of the selects once more to merge them.
    selects = " UNION ALL ".join(
        f"SELECT *, '{scope.hex}' FROM (" + sql.replace(f"({ONE})", f"'{scope.hex}'") + ")"
        for scope in scopes
    )
    return selects, list(params) * len(scopes)
