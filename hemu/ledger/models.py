"""The book: entries that are never changed or deleted, the erasable words beside them, and the seals."""

import hashlib
from typing import Any

from django.db import models

from hemu.foundation.merkle import canonical_json
from hemu.infra.moments import iso_utc
from hemu.ledger.rules import root_code


class Book(models.Model):
    """One book: of the company, an office or a community. Its id is a pseudonym; names live in the estate."""

    class Level(models.TextChoices):
        COMPANY = "company"
        OFFICE = "office"
        COMMUNITY = "community"

    id = models.CharField(max_length=40, primary_key=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")


class Entry(models.Model):
    """One act, as DESIGN §1 fixes it. The database refuses UPDATE, DELETE and TRUNCATE.

    `seq` orders the book and is not part of the entry. `digest` is SHA-256 of
    its canonical bytes, and the data of its Merkle leaf.
    """

    seq = models.BigAutoField(primary_key=True)
    v = models.PositiveSmallIntegerField(default=1)
    id = models.UUIDField(unique=True)
    book = models.ForeignKey(Book, models.PROTECT, db_index=False)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    actor = models.CharField(max_length=80)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    proof = models.CharField(max_length=10)
    clause = models.CharField(max_length=20)
    facts = models.JSONField()
    closed = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "seq"], name="entry_by_subject"),
            models.Index(fields=["book", "kind", "at"], name="entry_by_kind"),
        ]

    @property
    def is_system(self) -> bool:
        return self.actor == "system"

    def canonical(self) -> bytes:
        """Return the bytes that are hashed: canonical JSON of the twelve fields. Pinned by golden entries."""
        return canonical_json(self.plain())

    def plain(self) -> dict[str, Any]:
        return {
            "v": self.v,
            "id": str(self.id),
            "book": self.book_id,
            "kind": self.kind,
            "subject": self.subject,
            "actor": self.actor,
            "at": iso_utc(self.at),
            "recorded_at": iso_utc(self.recorded_at),
            "proof": self.proof,
            "clause": self.clause,
            "facts": self.facts,
            "closed": self.closed,
        }

    def computed_digest(self) -> str:
        return hashlib.sha256(self.canonical()).hexdigest()


class ClosedWords(models.Model):
    """The words and personal facts of an entry, with the salt of their hash. Erasing the row erases them."""

    entry = models.OneToOneField(
        Entry, models.DO_NOTHING, primary_key=True, to_field="id", related_name="words_row"
    )
    salt = models.BinaryField(max_length=16)
    words = models.JSONField()


class Unsealed(models.Model):
    """An entry that waits for its seal. A trigger writes the row with the entry; the seal deletes it."""

    entry = models.OneToOneField(
        Entry,
        models.DO_NOTHING,
        primary_key=True,
        db_column="entry_seq",
        db_constraint=False,
        related_name="unsealed_row",
    )


class Seal(models.Model):
    """A Merkle batch: its root, chained to the one before."""

    number = models.PositiveBigIntegerField(primary_key=True)
    size = models.PositiveIntegerField()
    total = models.PositiveBigIntegerField(help_text="entries sealed up to and with this one")
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["head"], name="seal_by_head")]

    @property
    def code(self) -> str:
        """Return the public code: the first 80 bits of the head in 16 signs."""
        return root_code(self.head)


class Leaf(models.Model):
    """An entry's place in its seal."""

    entry_seq = models.BigIntegerField(primary_key=True)
    seal = models.ForeignKey(Seal, models.PROTECT, db_index=False)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "position"], name="leaf_once")]
