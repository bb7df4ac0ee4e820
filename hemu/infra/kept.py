"""What a page asks for in several places, kept with what it belongs to and read once."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def kept_with(owner: object, name: str, read: Callable[[], T]) -> T:
    """Return what ``read`` gives, read once for ``owner``: a request of the web, a row in somebody's hands."""
    kept = owner.__dict__.setdefault("_kept_with", {})
    if name not in kept:
        kept[name] = read()
    found: T = kept[name]
    return found
