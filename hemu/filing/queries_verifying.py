"""Is everything in the file there, and is it what was filed?"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hemu.attachments.queries import bytes_of
from hemu.filing.models import Item
from hemu.ledger.models import Entry

SLICE = 500


@dataclass
class Verified:
    """What a walk over the file found; ``problems`` name the item by number and say what is wrong."""

    items: int = 0
    files: int = 0
    disposed: int = 0
    problems: list[dict[str, str]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Tell whether every file is there and has its digest."""
        return not self.problems


def verify_archive(scope: UUID | None = None) -> Verified:
    """Read every filed file and compare its digest; of what rests on an entry, the entry's own.

    Args:
        scope: of one file; None for all of the company's.
    """
    found = Verified()
    for items in _slices(scope):
        entries = Entry.objects.in_bulk([each.about for each in items if each.about])
        for item in items:
            found.items += 1
            for problem in _problems(item, entries, found):
                found.problems.append({"number": item.number, **problem})
    return found


def _problems(item: Item, entries: dict[Any, Entry], found: Verified) -> Iterator[dict[str, str]]:
    if item.disposed_at:
        found.disposed += 1
        return
    if item.about:
        entry = entries.get(item.about)
        if entry is None or entry.computed_digest() != item.about_digest:
            yield {"problem": "entry", "digest": item.about_digest}
    for each in item.files.all():
        found.files += 1
        data = bytes_of(each.file.original_name) if each.file else None
        if data is None:
            yield {"problem": "missing", "digest": each.digest}
        elif hashlib.sha256(data).hexdigest() != each.digest:
            yield {"problem": "changed", "digest": each.digest}


def _slices(scope: UUID | None) -> Iterator[list[Item]]:
    rows = Item.objects.all() if scope is None else Item.objects.filter(scope=scope)
    last = UUID(int=0)
    while items := list(rows.filter(id__gt=last).order_by("id").prefetch_related("files__file")[:SLICE]):
        yield items
        last = items[-1].id
