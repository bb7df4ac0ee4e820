"""Reading the book."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from hemu.foundation.errors import RuleViolation
from hemu.foundation.merkle import GENESIS, chain_head, commitment, proof, root
from hemu.ledger.entries import ROOT_PUBLISHED
from hemu.ledger.models import Entry, Leaf, Seal, Unsealed
from hemu.ledger.operations import sealed_up_to
from hemu.ledger.rules import first_digits, root_code
from hemu.ledger.triggers import missing_triggers

SLICE = 5_000


@dataclass(frozen=True)
class Inclusion:
    """Where an entry stands in its seal, and the siblings that lead from it to the root, the lowest first."""

    seal: Seal
    position: int
    path: list[bytes]


def inclusion_of(entry: Entry) -> Inclusion | None:
    """Return the inclusion proof of an entry (RFC 9162 §2.1.3); None while it is not sealed.

    Its leaf's data are the bytes of its digest. Three statements, whatever the size of the seal.
    """
    leaf = Leaf.objects.select_related("seal").filter(entry_seq=entry.seq).first()
    if leaf is None:
        return None
    return Inclusion(leaf.seal, leaf.position, proof(leaves_of(leaf.seal_id), leaf.position))


def leaves_of(seal: int) -> list[bytes]:
    """Return the data of a seal's leaves in order: the digests of its entries. Two statements."""
    places = dict(Leaf.objects.filter(seal=seal).values_list("entry_seq", "position"))
    within = Leaf.objects.filter(seal=seal).values("entry_seq")
    rows = Entry.objects.filter(seq__in=within).values_list("seq", "digest")
    return [_bytes(digest) for _seq, digest in sorted(rows, key=lambda row: places[row[0]])]


def timeline(subject: str) -> list[Entry]:
    """Return a subject's entries in the order of the book, with their words where they are not erased."""
    return list(Entry.objects.filter(subject=subject).select_related("words_row").order_by("seq"))


def words_of(entry: Entry) -> dict[str, Any]:
    """Return an entry's words; empty where there were none or they are erased."""
    row = getattr(entry, "words_row", None)
    return dict(row.words) if row else {}


@dataclass
class Verification:
    """What a walk over the whole book found; ``compared`` is how many published codes were compared with seals."""

    entries: int = 0
    seals: int = 0
    unsealed: int = 0
    root: str = ""
    published: dict[int, set[str]] = field(default_factory=dict)
    compared: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Tell whether nothing was wrong."""
        return not self.problems


def verify(*, now: datetime, codes: Sequence[str] = ()) -> Verification:
    """Walk the whole book: every hash, every word against its hash, every seal, the chain, the triggers.

    The chain is compared with the codes that the book itself says were published, and with ``codes``, known from
    outside: whoever rewrites the whole book rewrites the first, never the second.
    """
    found = Verification(problems=[f"trigger missing: {name}" for name in missing_triggers()])
    _verify_entries(found, sealed_up_to(now=now))
    _verify_seals(found, codes)
    return found


def _verify_entries(found: Verification, floor: int) -> None:
    leaf = Leaf.objects.filter(entry_seq=OuterRef("seq"))
    row = Unsealed.objects.filter(pk=OuterRef("seq"))
    rows = Entry.objects.select_related("words_row").annotate(has_leaf=Exists(leaf), waits=Exists(row))
    for entry in _slices(rows, "seq"):
        found.entries += 1
        found.unsealed += not entry.has_leaf
        match entry.kind, entry.facts:
            case ROOT_PUBLISHED.name, {"seal": int(number), "code": str(code)}:
                found.published.setdefault(number, set()).add(code)
        if not entry.has_leaf and (entry.seq <= floor or not entry.waits):
            found.problems.append(f"entry {entry.id}: in no seal, though it should be")
        if not _digest_is_true(entry):
            found.problems.append(f"entry {entry.id}: changed since it was written")
        if not _words_are_true(entry):
            found.problems.append(f"entry {entry.id}: words differ from their hash")
    gone = Unsealed.objects.exclude(Exists(Entry.objects.filter(pk=OuterRef("pk")))).order_by("pk")
    found.problems += [
        f"entry number {seq}: gone before it was sealed" for seq in gone.values_list("pk", flat=True)
    ]


def is_true(entry: Entry) -> bool:
    """Tell whether an entry has its own digest, and its words, where they are not erased, their own hash."""
    return _digest_is_true(entry) and _words_are_true(entry)


def _digest_is_true(entry: Entry) -> bool:
    try:
        return entry.computed_digest() == entry.digest
    except RuleViolation:  # it was made into what has no canonical bytes
        return False


def _words_are_true(entry: Entry) -> bool:
    row = getattr(entry, "words_row", None)
    try:
        return row is None or commitment(bytes(row.salt), row.words) == entry.closed
    except RuleViolation:
        return False


def _verify_seals(found: Verification, codes: Sequence[str]) -> None:
    previous, unknown = GENESIS, set(codes)
    for number, seal in enumerate(Seal.objects.order_by("number").iterator(SLICE), 1):
        found.seals += 1
        places = Leaf.objects.filter(seal=seal).order_by("position").values_list("position", flat=True)
        leaves = leaves_of(seal.number)
        whole = len(places) == len(leaves) == seal.size and list(places) == list(range(seal.size))
        if seal.number != number or not whole or root(leaves).hex() != seal.root:
            found.problems.append(f"seal {seal.number}: its entries do not give its root")
        head = chain_head(previous, _bytes(seal.root), seal.size, seal.sealed_at)
        if seal.previous != previous.hex() or seal.head != head.hex():
            found.problems.append(f"seal {seal.number}: not chained to the one before")
        previous = _bytes(seal.head)
        code = root_code(previous.hex())
        published = found.published.pop(seal.number, set())
        found.compared += len(published | (unknown & {code}))
        unknown -= {code}
        for other in sorted(published - {code}):
            found.problems.append(f"seal {seal.number}: has the code {code}, published was {other}")
    found.root = previous.hex() if found.seals else ""
    gone = sorted({code for codes in found.published.values() for code in codes} | unknown)
    found.problems += [f"no seal has the published code {code}" for code in gone]


def _bytes(hexadecimal: str) -> bytes:
    try:
        return bytes.fromhex(hexadecimal)
    except ValueError:  # somebody wrote over it; what rests on it will not fit
        return b""


def _slices(rows: Any, key: str) -> Iterator[Any]:
    last = 0
    while batch := list(rows.filter(**{f"{key}__gt": last}).order_by(key)[:SLICE]):
        yield from batch
        last = getattr(batch[-1], key)


def oldest_unsealed() -> datetime | None:
    """Return when the first written of the entries without a seal was recorded; None where all are sealed."""
    return Unsealed.objects.order_by("pk").values_list("entry__recorded_at", flat=True).first()


UNSEALED_SHOWN = 1_000


def unsealed_count() -> int:
    """Return how many entries wait for their seal, counted to 1,000."""
    return Unsealed.objects.order_by()[:UNSEALED_SHOWN].count()


def last_seal() -> Seal | None:
    """Return the newest seal."""
    return Seal.objects.order_by("-number").first()


def seal_of_code(code: str) -> Seal | None:
    """Return the seal whose head begins with the 80 bits of a code as `rules.read_code` returns it."""
    digits = first_digits(code)
    return Seal.objects.filter(head__gte=digits, head__lt=digits + "g").order_by("number").first()


def seal_at(moment: datetime) -> Seal | None:
    """Return the newest seal made before a moment: where nothing was new it is that of a day before."""
    return Seal.objects.filter(sealed_at__lt=moment).order_by("-number").first()


def publications(book: str) -> QuerySet[Entry]:
    """Return the entries of a book that say where a code was published, the newest first."""
    return Entry.objects.filter(book=book, kind=ROOT_PUBLISHED.name).order_by("-at", "-seq")
