"""What a page asks for in several places, kept with what it belongs to and read once."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import Model, prefetch_related_objects

T = TypeVar("T")
Row = TypeVar("Row", bound=Model)


def kept_with(owner: object, name: str, read: Callable[[], T]) -> T:
    """Return what ``read`` gives, read once for ``owner``: a request of the web, a row in somebody's hands."""
    kept = owner.__dict__.setdefault("_kept_with", {})
    if name not in kept:
        kept[name] = read()
    found: T = kept[name]
    return found


def give(name: str, at_hand: Iterable[Model], rows: list[Row]) -> list[Row]:
    """Give each row what its foreign key ``name`` points at, read only where it is not at hand; return the rows."""
    by_key: dict[Any, Model] = {each.pk: each for each in at_hand}
    for row in rows:
        if (key := getattr(row, f"{name}_id")) in by_key:
            setattr(row, name, by_key[key])
    prefetch_related_objects(rows, name)
    return rows
