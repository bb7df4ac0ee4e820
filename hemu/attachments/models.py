"""The files that acts name. What one of them is lies in the entry as a digest; the bytes and this row can be erased."""

from django.db import models
from django.db.models import Q

from hemu.attachments.rules import USES
from hemu.estate.models import Community


class KeptFile(models.Model):
    """One file: its sealed original and the copy made for showing. Without a subject it is its uploader's draft."""

    id = models.UUIDField(primary_key=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the original")
    media_type = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, help_text="picture, voice or paper")
    use = models.CharField(max_length=12, choices=[(use, use) for use in USES])
    size = models.PositiveIntegerField(help_text="bytes of the original")
    width = models.PositiveIntegerField(null=True, help_text="pixels of the copy for showing")
    height = models.PositiveIntegerField(null=True)
    uploaded_by = models.CharField(max_length=80)
    uploaded_at = models.DateTimeField()
    community = models.ForeignKey(Community, models.PROTECT, null=True, db_index=False)
    subject = models.CharField(max_length=80, blank=True)
    named_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(subject="", named_at__isnull=True) | ~Q(subject="") & Q(named_at__isnull=False),
                name="file_named_once",
            )
        ]
        indexes = [
            models.Index(fields=["subject", "id"], name="file_by_subject", condition=~Q(subject="")),
            models.Index(fields=["uploaded_at"], name="file_draft_by_age", condition=Q(subject="")),
            models.Index(fields=["uploaded_by"], name="file_draft_of", condition=Q(subject="")),
        ]

    @property
    def original_name(self) -> str:
        """The name of the sealed bytes in the store: under their digest, and this row's own."""
        return f"originals/{self.digest[:2]}/{self.digest}.{self.id.hex}"

    @property
    def shown_name(self) -> str:
        return f"shown/{self.id.hex[-2:]}/{self.id.hex}"

    @property
    def thumb_name(self) -> str:
        return f"thumbs/{self.id.hex[-2:]}/{self.id.hex}"

    @property
    def names(self) -> list[str]:
        """The names of all bytes that belong to this row."""
        copies = [self.shown_name, self.thumb_name] if self.kind == "picture" else [self.shown_name]
        return [self.original_name, *copies]
