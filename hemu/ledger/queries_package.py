"""What a package of the book holds: a book's entries of some days with their way to a root, and every seal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef

from hemu.foundation.merkle import proofs
from hemu.infra.identity import first_id
from hemu.ledger.models import Book, Entry, Leaf, Seal
from hemu.ledger.queries import SLICE, leaves_of


@dataclass(frozen=True)
class Packed:
    """An entry and its place: the seal's number (None: not sealed yet), its position there, the way to the root."""

    entry: Entry
    seal: int | None
    position: int | None
    path: list[str]

    def proof(self) -> dict[str, Any]:
        """Return the line of the proof."""
        return {"id": str(self.entry.id), "seal": self.seal, "position": self.position, "path": self.path}


def packed(book: Book, *, since: datetime, until: datetime) -> Iterator[Packed]:
    """Yield a book's entries recorded from ``since`` to before ``until``: by seal and position, then the unsealed.

    An id carries the time of recording, so the index of ids finds them. Four statements a seal, one seal in memory.
    """
    within = Entry.objects.filter(book=book, id__gte=first_id(since), id__lt=first_id(until))
    leaf = Leaf.objects.filter(entry_seq=OuterRef("seq"))
    waiting = list(
        within.exclude(Exists(leaf)).order_by("recorded_at", "id")
    )  # before the sealed: none falls between
    rows = Leaf.objects.filter(entry_seq__in=within.values("seq")).order_by("seal_id", "position")
    places = list(rows.values_list("seal_id", "position", "entry_seq"))
    for seal, group in groupby(places, key=lambda place: place[0]):
        yield from _of_seal(seal, list(group))
    sealed = {seq for *_, seq in places}
    yield from (Packed(each, None, None, []) for each in waiting if each.seq not in sealed)


def _of_seal(seal: int, places: list[tuple[int, int, int]]) -> Iterator[Packed]:
    paths = proofs(leaves_of(seal), [position for _, position, _ in places])
    for start in range(0, len(places), SLICE):
        part = places[start : start + SLICE]
        entries = Entry.objects.in_bulk([seq for *_, seq in part])
        for (_, position, seq), path in zip(part, paths[start : start + SLICE], strict=True):
            yield Packed(entries[seq], seal, position, [each.hex() for each in path])


def seal_lines() -> Iterator[dict[str, Any]]:
    """Yield every seal from the first on, as a package tells it: ``sealed_at`` as it was hashed."""
    for seal in Seal.objects.order_by("number").iterator(SLICE):
        yield {
            "number": seal.number,
            "size": seal.size,
            "total": seal.total,
            "root": seal.root,
            "previous": seal.previous,
            "head": seal.head,
            "sealed_at": seal.sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        }
