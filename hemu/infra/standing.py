"""What stands for long: offices, communities, posts. A process reads it once, until a row of these tables changes.

One row holds a stamp. Triggers give it a new one with every change of a table named here, whoever makes it, in the
transaction of the change; a request reads the stamp and with it whatever this process has read under the same one.
An operation reads for itself, so it sees what it has written.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Subquery

from hemu.infra.models import Standing
from hemu.infra.triggers import lacking, make_lacking

R = TypeVar("R")
WATCHED = {
    "access_account": ("login", "staff_id", "is_active"),
    "estate_office": (),
    "estate_community": (),
    "estate_department": (),
    "estate_staff": (),
    "estate_post": (),
}
"""Table → the columns that count; none: all of them."""
STAMP = Subquery(Standing.objects.values("stamp")[:1])
"""The stamp as a column of a row that each request reads anyway."""
ANEW = "INSERT INTO infra_standing (id, stamp) VALUES (1, {stamp}) ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp"
KEPT = 512
"""So many answers of each question are kept in a process."""


class _Asked:
    """One request: the stamp under which it reads, once it has asked for it."""

    stamp: UUID | None = None
    known = False


_request: ContextVar[_Asked | None] = ContextVar("standing_in_request", default=None)


@contextmanager
def one_request() -> Iterator[None]:
    """Let what stands be kept while the block lasts; outside of one it is read each time."""
    token = _request.set(_Asked())
    try:
        yield
    finally:
        _request.reset(token)


@contextmanager
def read_anew() -> Iterator[None]:
    """Read all of it while the block lasts; after it the stamp is asked for again."""
    asked = _request.get()
    token = _request.set(None)
    try:
        yield
    finally:
        _request.reset(token)
        if asked is not None:
            asked.known = False


def kept_while_standing(read: Callable[..., R]) -> Callable[..., R]:
    """Keep what ``read`` gives for its arguments, which must be hashable, as its answer must be unchangeable."""

    @lru_cache(maxsize=KEPT)
    def kept(stamp: UUID, *asked: Hashable) -> R:
        return read(*asked)

    @wraps(read)
    def answer(*asked: Hashable) -> R:
        stamp = stamp_of_request()
        return read(*asked) if stamp is None else kept(stamp, *asked)

    return answer


def stamp_of_request() -> UUID | None:
    """Return the stamp under which this request reads; None outside of one, in an operation, and where there is none."""
    asked = _request.get()
    if asked is None:
        return None
    if not asked.known:
        read_under(next(iter(Standing.objects.values_list("stamp", flat=True)), None))
    return asked.stamp


def read_under(stamp: UUID | None) -> None:
    """Let this request read under a stamp that came with another statement (`STAMP`)."""
    if (asked := _request.get()) is not None:
        asked.stamp, asked.known = stamp, True


def missing() -> list[str]:
    """Return the names of the triggers that this database lacks or has switched off."""
    return lacking(statements())


def lay_down(**_: Any) -> None:
    """Make the row and the triggers that are not there, after every migration."""
    there = set(connection.introspection.table_names())
    if not {Standing._meta.db_table, *WATCHED} <= there:
        return
    if not missing() and Standing.objects.exists():
        return
    with transaction.atomic():
        make_lacking(statements())
        Standing.objects.update_or_create(id=1, defaults={"stamp": uuid4()})


def statements() -> dict[str, list[str]]:
    """Return, by the triggers' names, what makes them; PostgreSQL needs one for a table, SQLite one for each change."""
    make = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    return dict(made for table, columns in WATCHED.items() for made in make(table, ", ".join(columns)))


def _on_sqlite(table: str, columns: str) -> Iterator[tuple[str, list[str]]]:
    for change in ("insert", "update", "delete"):
        of = f" OF {columns}" if columns and change == "update" else ""
        name = f"{table}_{change}_stands"
        yield (
            name,
            [
                f"CREATE TRIGGER {name} AFTER {change.upper()}{of} ON {table}"
                f" BEGIN {ANEW.format(stamp='lower(hex(randomblob(16)))')}; END"
            ],
        )


def _on_postgresql(table: str, columns: str) -> Iterator[tuple[str, list[str]]]:
    of = f" OF {columns}" if columns else ""
    yield (
        f"{table}_stands",
        [
            "CREATE OR REPLACE FUNCTION infra_stands_anew() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {ANEW.format(stamp='gen_random_uuid()')}; RETURN NULL; END $$",
            f"CREATE TRIGGER {table}_stands AFTER INSERT OR UPDATE{of} OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION infra_stands_anew()",
        ],
    )
