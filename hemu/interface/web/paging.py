"""Turning pages by key: what is added meanwhile neither repeats nor hides a line."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_utc
from hemu.interface.rules import cursor_of, parts_of

Row = TypeVar("Row")


def by_id(row: Any) -> str:
    """Return the cursor of a row of a list that is walked by id."""
    return cursor_of(row.id.hex)


def by_due(row: Any) -> str:
    """Return the cursor of a duty in a list that is walked by due time."""
    return cursor_of(iso_utc(row.due_at), row.id.hex)


def page_of(
    found: Sequence[Row], limit: int, cursor: Callable[[Row], str] = by_id
) -> tuple[Sequence[Row], str | None]:
    """Return a page of the rows found, of which one more than the limit was asked, and the next page's cursor."""
    page = found[:limit]
    return page, cursor(page[-1]) if len(found) > limit else None


def id_after(cursor: str) -> UUID:
    """Read the cursor of a list that is walked by id.

    Raises:
        RuleViolation: ``page.unknown_cursor``.
    """
    try:
        return UUID(parts_of(cursor, 1)[0])
    except ValueError:
        raise RuleViolation("page.unknown_cursor") from None


def due_after(cursor: str) -> tuple[datetime, UUID]:
    """Read the cursor of a list that is walked by due time; refusals as ``id_after``."""
    at, row = parts_of(cursor, 2)
    try:
        return datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC), UUID(row)
    except ValueError:
        raise RuleViolation("page.unknown_cursor") from None
