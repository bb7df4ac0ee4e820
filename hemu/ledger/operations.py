"""Writing the book: appending entries, erasing words, sealing."""

import secrets
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, Max, OuterRef

from hemu.foundation.errors import RuleViolation
from hemu.foundation.merkle import GENESIS, chain_head, commitment, root
from hemu.infra.identity import new_id
from hemu.infra.prepared import insert
from hemu.infra.transaction import operation
from hemu.ledger.catalogue import kind_of, reactions_to
from hemu.ledger.entries import PLACES, ROOT_PUBLISHED, SYSTEM_KINDS, Kind, Proof
from hemu.ledger.models import Book, ClosedWords, Entry, Leaf, Seal, Unsealed
from hemu.ledger.rules import root_code

SYSTEM = "system"
DEPTH = 2
"""So many entries may follow from one, each from the one before: a circle ends there. What the clock says of the last one,
that it came late, may follow it: nobody reacts to that, and evidence is refused by no lateness."""
CLOCK_SKEW = timedelta(minutes=2)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
SEAL_AT_MOST = 20_000
_LEAF = Leaf.objects.filter(entry_seq=OuterRef("pk"))
_depth: ContextVar[int] = ContextVar("reaction_depth", default=0)


@dataclass(frozen=True)
class Act:
    """Who acts, when it happened, when it is entered, and on what it rests.

    Attributes:
        actor: a pseudonymous id, ``staff:…``, ``owner:…`` or ``system``.
        at: when it happened, by the caller's word.
        recorded_at: the edge's clock; no caller sets it.
    """

    actor: str
    at: datetime
    recorded_at: datetime
    proof: Proof = Proof.WORD


def append(
    *,
    book: str,
    kind: str,
    subject: str,
    act: Act,
    clause: str = "",
    facts: Mapping[str, Any] | None = None,
    words: Mapping[str, Any] | None = None,
) -> Entry:
    """Append one entry and run the reactions declared for its kind, in the caller's transaction.

    Args:
        facts: codes, numbers, times, ids; nothing that names a person, no free text.
        words: the words and personal facts; they lie in an erasable row, the entry carries their salted hash.

    Raises:
        RuleViolation: ``entry.unknown_kind``, ``entry.unknown_fact``, ``entry.missing_fact``,
            ``entry.wrong_fact``, ``entry.wrong_actor``, ``entry.proof_too_weak``, ``entry.in_future``,
            ``entry.too_long_ago``, ``entry.too_deep``, ``canonical.unsupported``.
    """
    declared = kind_of(kind)
    if _depth.get() > DEPTH + (declared in SYSTEM_KINDS):
        raise RuleViolation("entry.too_deep", kind=kind)
    facts = {name: value for name, value in (facts or {}).items() if value is not None}
    _check(declared, facts, act)
    words = {name: value for name, value in (words or {}).items() if value not in ("", None)}
    salt = secrets.token_bytes(16)
    entry = Entry(
        id=new_id(act.recorded_at),
        book_id=book,
        kind=kind,
        subject=subject,
        actor=act.actor,
        at=act.at,
        recorded_at=act.recorded_at,
        proof=act.proof.value,
        clause=clause,
        facts=facts,
        closed=commitment(salt, words) if words else "",
    )
    entry.digest = entry.computed_digest()
    insert(entry)
    if words:
        insert(ClosedWords(entry_id=entry.id, salt=salt, words=words))
    _react(entry)
    return entry


def _check(kind: Kind, facts: Mapping[str, Any], act: Act) -> None:
    for name, value in facts.items():
        if name not in kind.facts:
            raise RuleViolation("entry.unknown_fact", kind=kind.name, fact=name)
        if type(value) is not kind.facts[name]:
            raise RuleViolation("entry.wrong_fact", kind=kind.name, fact=name)
    if missing := kind.required - set(facts):
        raise RuleViolation("entry.missing_fact", kind=kind.name, fact=sorted(missing)[0])
    # The clock writes its own kinds and nobody else does: no job gives a reply, a confirmation or a visit.
    if (act.actor == SYSTEM) is not (kind in SYSTEM_KINDS):
        raise RuleViolation("entry.wrong_actor", kind=kind.name)
    if act.proof.weight < kind.least_proof.weight:
        raise RuleViolation("entry.proof_too_weak", kind=kind.name, least=kind.least_proof.value)
    if act.at > act.recorded_at + CLOCK_SKEW:
        raise RuleViolation("entry.in_future")
    if act.at < EARLIEST:
        raise RuleViolation("entry.too_long_ago", year=EARLIEST.year)


def _react(entry: Entry) -> None:
    reactions = reactions_to(entry.kind)
    if not reactions:
        return
    token = _depth.set(_depth.get() + 1)
    try:
        for reaction in reactions:
            reaction.run(entry)
    finally:
        _depth.reset(token)


@operation
def erase_words(*, entry_id: str) -> bool:
    """Erase an entry's words and their salt; its hash and every seal stay valid. Returns whether there were any."""
    deleted, _ = ClosedWords.objects.filter(entry_id=entry_id).delete()
    return bool(deleted)


@operation
def seal(*, now: datetime) -> Seal | None:
    """Seal what waits in ``unsealed``, by time of recording and id; None where nothing does.

    At most 20,000 entries, the first written of those it can see, so that no transaction lasts; call it again for
    the rest. What commits later, whatever its `seq`, keeps its row and falls into the next seal.
    """
    # One sealer at a time; `no_key` lets entries of that book be written meanwhile.
    Book.objects.select_for_update(no_key=True).filter(level=Book.Level.COMPANY).first()
    waiting = Unsealed.objects.exclude(Exists(_LEAF)).order_by("pk")
    columns = ("entry__recorded_at", "entry__id", "pk", "entry__digest")
    entries = sorted(waiting.values_list(*columns)[:SEAL_AT_MOST])
    if not entries:
        forget_sealed()
        return None
    last = Seal.objects.order_by("-number").first()
    previous = bytes.fromhex(last.head) if last else GENESIS
    tree_root = root([bytes.fromhex(digest) for *_, digest in entries])
    made = Seal.objects.create(
        number=last.number + 1 if last else 1,
        size=len(entries),
        total=(last.total if last else 0) + len(entries),
        root=tree_root.hex(),
        previous=previous.hex(),
        head=chain_head(previous, tree_root, len(entries), now).hex(),
        sealed_at=now,
    )
    places = [(seq, made.number, place) for place, (_, _, seq, _) in enumerate(entries)]
    with (
        connection.cursor() as cursor
    ):  # a third of the time of `bulk_create`, which makes objects and long SQL
        cursor.executemany(
            f"INSERT INTO {Leaf._meta.db_table} (entry_seq, seal_id, position) VALUES (%s, %s, %s)", places
        )
    forget_sealed(up_to=max(seq for _, _, seq, _ in entries))
    return made


def forget_sealed(*, up_to: int | None = None) -> None:
    """Delete from ``unsealed`` what has a leaf, by this seal, by an older version's or out of an archive."""
    rows = Unsealed.objects.filter(Exists(_LEAF))
    (rows if up_to is None else rows.filter(pk__lte=up_to)).delete()


def sealed_up_to(*, now: datetime) -> int:
    """Return the `seq` up to which every entry must have a leaf: the end of the last seal that is a day old.

    No transaction lives a day, and a seal takes the first written of all it can see.
    """
    old = Seal.objects.filter(sealed_at__lt=now - timedelta(days=1)).order_by("-number").first()
    floor = Leaf.objects.filter(seal=old).aggregate(last=Max("entry_seq"))["last"] if old else 0
    return floor or 0


@operation
def publish_root(*, book: str, seal: int, place: str, act: Act) -> Entry:
    """Write down where and when (``act.at``) the code of a seal was made public.

    Raises:
        RuleViolation: ``root.no_such_seal``, ``root.unknown_place``, and as `append`.
    """
    row = Seal.objects.filter(number=seal).first()
    if row is None:
        raise RuleViolation("root.no_such_seal", seal=seal)
    if place not in PLACES:
        raise RuleViolation("root.unknown_place")
    facts = {"seal": seal, "code": root_code(row.head), "place": place}
    return append(book=book, kind=ROOT_PUBLISHED.name, subject=f"seal:{seal}", act=act, facts=facts)


def open_book(*, level: str, parent: Book | None, now: datetime) -> Book:
    """Open a new book under ``parent``."""
    prefix = {"company": "co", "office": "of", "community": "cm"}[level]
    return Book.objects.create(id=f"{prefix}-{new_id(now).hex}", level=level, parent=parent)
