"""Writing a package of the book: a folder that somebody else checks with `hemu_verify.py`, offline."""

import shutil
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_utc
from hemu.ledger.models import Book
from hemu.ledger.queries_package import packed, seal_lines
from hemu.ledger.rules import line, manifest


def export(
    *,
    book: Book,
    since: datetime,
    until: datetime,
    folder: Path,
    now: datetime,
    without: Collection[str] = (),
) -> dict[str, int]:
    """Write what a book recorded from ``since`` to before ``until`` into a new folder; return how much it holds.

    No words, no names: what the entries carry beside their hashes lies elsewhere. The checker is not put beside it;
    an auditor takes it from where they trust it.

    Args:
        without: numbers and ids kept from who takes it (`access.queries_kept`): no entry that says one is in it.

    Raises:
        RuleViolation: ``package.period``, ``package.exists``, ``package.unwritable``, ``package.spoiled``.
    """
    if since >= until:
        raise RuleViolation("package.period")
    if folder.exists():
        raise RuleViolation("package.exists", folder=folder.name)
    unfinished = folder.with_name(folder.name + ".part")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        counts, files = _write(unfinished, book, since, until, without)
        told = {"book": book.pk, "from": iso_utc(since), "to": iso_utc(until), "made_at": iso_utc(now)}
        (unfinished / "manifest.json").write_bytes(manifest({**told, "counts": counts, "files": files}))
        unfinished.rename(folder)
    except OSError as error:
        raise RuleViolation("package.unwritable", folder=folder.name, reason=error.strerror or "") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return counts


def _write(
    folder: Path, book: Book, since: datetime, until: datetime, without: Collection[str]
) -> tuple[dict[str, int], dict[str, str]]:
    counts = {"entries": 0, "unsealed": 0, "seals": 0}
    entries, proofs, seals = (_File(folder / f"{name}.jsonl") for name in ("entries", "proofs", "seals"))
    with entries.open, proofs.open, seals.open:
        for each in packed(book, since=since, until=until):
            try:
                said = line(each.entry.plain())
            except RuleViolation as spoiled:
                raise RuleViolation("package.spoiled", entry=str(each.entry.id)) from spoiled
            if any(name.encode() in said for name in without):
                continue
            entries.add(said)
            proofs.add(line(each.proof()))
            counts["entries"] += 1
            counts["unsealed"] += each.seal is None
        for seal in seal_lines():
            seals.add(line(seal))
            counts["seals"] += 1
    return counts, {file.path.name: file.digest.hexdigest() for file in (entries, proofs, seals)}


class _File:
    """A file of lines that grows together with its digest."""

    def __init__(self, path: Path) -> None:
        self.path, self.open, self.digest = path, path.open("wb"), sha256()

    def add(self, written: bytes) -> None:
        self.open.write(written)
        self.digest.update(written)
