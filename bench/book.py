"""The book at size: sealing it, walking it, exporting it, and checking the package, each beside its floor.

python -m bench.book [ENTRIES]     prints figures; the database is empty before
"""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import datetime, timedelta
from hashlib import sha256
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

import hemu_verify  # noqa: E402
from bench.figures import figure  # noqa: E402
from hemu.foundation.merkle import canonical_json  # noqa: E402
from hemu.infra.identity import new_id  # noqa: E402
from hemu.infra.moments import parse_moment  # noqa: E402
from hemu.ledger.models import Book, Entry, Leaf, Seal  # noqa: E402
from hemu.ledger.operations import open_book, seal  # noqa: E402
from hemu.ledger.operations_package import export  # noqa: E402
from hemu.ledger.queries import verify  # noqa: E402

ENTRIES, SLICE = 1_000_000, 5_000
BEGAN = parse_moment("2026-11-01 00:00")
SEALED = BEGAN + timedelta(days=30)


def measure(count: int) -> None:
    """Print what sealing and verifying ``count`` entries cost."""
    name = connection.vendor
    book = open_book(level="company", parent=None, now=BEGAN)
    start = time.perf_counter()
    for number in range(0, count, SLICE):
        Entry.objects.bulk_create(entries(book, number))
    figure(f"book.{name}.written", time.perf_counter() - start, "s", entries=count)
    sealing(name, count)
    walking(name, count)
    package(name, book)


def entries(book: Book, first: int) -> Iterator[Entry]:
    for number in range(first, first + SLICE):
        at = BEGAN + timedelta(seconds=number)
        entry = Entry(
            id=new_id(at), book=book, kind="request.replied", subject=f"request:HFHY-2026-{number:05}",
            actor="staff:01a0f153-dc00-7000-8000-000000000001", at=at, recorded_at=at, proof="word", clause="RQ-06",
            facts={"channel": "phone", "in_time": True}, closed=sha256(b"%d" % number).hexdigest(),
        )  # fmt: skip
        entry.digest = entry.computed_digest()
        yield entry


def sealing(name: str, count: int) -> None:
    """Seal all; the floor puts the same leaves into a bare copy of their table."""
    longest, start = 0.0, time.perf_counter()
    while True:
        began = time.perf_counter()
        if seal(now=SEALED) is None:
            break
        longest = max(longest, time.perf_counter() - began)
    seconds = time.perf_counter() - start
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE bare_leaf (entry_seq bigint PRIMARY KEY, position int, seal_id bigint)"
        )
        began = time.perf_counter()
        cursor.execute("INSERT INTO bare_leaf SELECT entry_seq, position, seal_id FROM ledger_leaf")
        floor = time.perf_counter() - began
    assert Leaf.objects.count() == count
    figure(f"book.{name}.sealed", seconds, "s", floor, entries=count, seals=Seal.objects.count())
    figure(f"book.{name}.longest_seal", longest, "s", limit=2)
    figure(f"book.{name}.peak_memory", memory(), "MiB")


def walking(name: str, count: int) -> None:
    """Walk the book as `hemu ledger verify` does; the floor is SHA-256 over the same bytes."""
    start = time.perf_counter()
    found = verify(now=SEALED)
    seconds = time.perf_counter() - start
    assert (found.ok, found.entries, found.unsealed) == (True, count, 0), found.problems[:3]
    floor, size = 0.0, 0
    for number in range(0, count, SLICE):
        lines = [
            canonical_json(each.plain()) for each in Entry.objects.order_by("seq")[number : number + SLICE]
        ]
        began = time.perf_counter()
        for line in lines:
            sha256(line).hexdigest()
        floor += time.perf_counter() - began
        size += sum(map(len, lines))
    figure(f"book.{name}.verified", seconds, "s", floor, entries=count, mebibytes=round(size / 2**20))
    figure(f"book.{name}.verified_rate", count / seconds, "entries/s")
    figure(f"book.{name}.peak_memory_after", memory(), "MiB")


def package(name: str, book: Book) -> None:
    """Export everything and check the package under its newest code; the floor is SHA-256 over its files."""
    with TemporaryDirectory(prefix="hemu-bench-") as place:
        folder = Path(place) / "package"
        start = time.perf_counter()
        counts = export(book=book, since=BEGAN, until=SEALED, folder=folder, now=datetime.now(BEGAN.tzinfo))
        exported = time.perf_counter() - start
        start = time.perf_counter()
        with redirect_stdout(StringIO()) as said:
            code = hemu_verify.main([str(folder), "--root", Seal.objects.order_by("number").last().code])  # type: ignore[union-attr]
        checked = time.perf_counter() - start
        assert (code, "Unaltered since" in said.getvalue()) == (0, True), said.getvalue()
        start = time.perf_counter()
        for file in folder.iterdir():
            hemu_verify.digest_of(file)
        floor = time.perf_counter() - start
        size = sum(file.stat().st_size for file in folder.iterdir())
    figure(f"book.{name}.exported", exported, "s", entries=counts["entries"], mebibytes=round(size / 2**20))
    figure(f"book.{name}.package_checked", checked, "s", floor, entries=counts["entries"])


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
