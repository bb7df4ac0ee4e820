"""Reading files: who may see one, what an entry names, whether the sealed originals are what the book says."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.apps import apps

from hemu.access.actors import Actor
from hemu.attachments.models import KeptFile
from hemu.attachments.operations.storing import store
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry

SLICE = 500
Gate = Callable[[Actor, str], bool]
"""Tells whether somebody may see the files of a subject (``request:…``); a room declares it in its `permissions`
as ``FILES_SEEN_BY``, by what the subject begins with."""


def file_seen_by(actor: Actor, file: UUID) -> KeptFile:
    """Return a file that this person may see: an own draft, or one of a thing that the person may see.

    Raises:
        RuleViolation: ``file.not_found``, the same for one that does not exist.
    """
    row = KeptFile.objects.filter(id=file).first()
    if row and not row.subject and row.uploaded_by == actor.key:
        return row
    if not may_see(actor, row.subject if row else "") or row is None:
        raise RuleViolation("file.not_found")
    return row


def may_see(actor: Actor, subject: str) -> bool:
    """Say whether somebody may see the thing that files belong to.

    Every room is asked, of what is not its own about nothing: so a file that is not there takes as long as one hidden.
    """
    gates = _gates().items()
    answers = [gate(actor, subject if subject.startswith(f"{kind}:") else "") for kind, gate in gates]
    return any(answers)


@cache
def _gates() -> Mapping[str, Gate]:
    found: dict[str, Gate] = {}
    for room in apps.get_app_configs():
        if room.name.startswith("hemu.") and find_spec(f"{room.name}.permissions"):
            found |= getattr(import_module(f"{room.name}.permissions"), "FILES_SEEN_BY", {})
    return found


def named_in(facts: Mapping[str, Any]) -> list[UUID]:
    """Return the ids of the files that the facts of an entry name."""
    return [UUID(each["id"]) for each in facts.get("files", ())]


def files_of(entries: Iterable[Entry]) -> dict[UUID, KeptFile]:
    """Return the files that entries name, by id and in one question; one that was erased is not among them."""
    ids = [each for entry in entries for each in named_in(entry.facts)]
    return KeptFile.objects.in_bulk(ids) if ids else {}


def portrait_of(staff: str) -> KeptFile | None:
    """Return the picture of a member of staff (``staff:…``), the newest; None where there is none."""
    return KeptFile.objects.filter(subject=staff, kind="picture").order_by("-id").first()


def drafts_of(by: str, ids: Iterable[str]) -> list[KeptFile]:
    """Return those of the ids that are this uploader's drafts, in their order."""
    known = {str(row.id): row for row in KeptFile.objects.filter(uploaded_by=by, subject="")}
    return [known[each] for each in ids if each in known]


@dataclass
class FilesFound:
    """What a walk over all files found.

    Attributes:
        strays: names in the store of which no row speaks: left by a crash, or brought there by somebody.
    """

    files: int = 0
    bytes: int = 0
    problems: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Tell whether every original is there and is what the book says."""
        return not self.problems


def verify_files() -> FilesFound:
    """Read every sealed original, recompute its digest and compare it with the row and with the entry naming it."""
    found, known = FilesFound(), set[str]()
    for rows in _slices():
        said = _digests_in_the_book(rows)
        for row in rows:
            known.update(row.names)
            _verify(found, row, said)
    found.strays = sorted(name for name in _names_in_store() if name not in known)
    return found


def _verify(found: FilesFound, row: KeptFile, said: Mapping[str, str]) -> None:
    data = bytes_of(row.original_name)
    found.files += 1
    if data is None:
        found.problems.append(f"file {row.id}: its original is missing")
        return
    found.bytes += len(data)
    if hashlib.sha256(data).hexdigest() != row.digest:
        found.problems.append(f"file {row.id}: its original was changed")
    if row.subject and said.get(str(row.id)) != row.digest:
        found.problems.append(f"file {row.id}: the book says another digest, or none")
    missing = [name for name in row.names[1:] if not store().exists(name)]
    found.problems += [f"file {row.id}: {name} is missing" for name in missing]


def _slices() -> Iterator[list[KeptFile]]:
    last = UUID(int=0)
    while rows := list(KeptFile.objects.filter(id__gt=last).order_by("id")[:SLICE]):
        yield rows
        last = rows[-1].id


def _digests_in_the_book(rows: list[KeptFile]) -> dict[str, str]:
    subjects = {row.subject for row in rows if row.subject}
    entries = Entry.objects.filter(subject__in=subjects).values_list("facts", flat=True)
    return {each["id"]: each["digest"] for facts in entries for each in facts.get("files", ())}


def bytes_of(name: str) -> bytes | None:
    """Return what lies in the store under a name; None where nothing does."""
    try:
        with store().open(name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def _names_in_store() -> Iterator[str]:
    for top in ("originals", "shown", "thumbs"):
        for folder in _listed(top)[0]:
            yield from (f"{top}/{folder}/{name}" for name in _listed(f"{top}/{folder}")[1])


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return store().listdir(folder)
    except FileNotFoundError:
        return [], []
