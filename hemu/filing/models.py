"""The file as it stands: items with their files, holds, disposals. Their history is the ledger."""

from django.db import models
from django.db.models import Q

from hemu.attachments.models import KeptFile
from hemu.estate.models import Community, Home, Office, Staff
from hemu.filing.rules import CLASSES


class Item(models.Model):
    """One thing in the file. When it is disposed of this row stays, and the digests of what it held."""

    id = models.UUIDField(primary_key=True)
    scope = models.UUIDField(help_text="the community's id; the office's own where it belongs to none")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    community = models.ForeignKey(Community, models.PROTECT, null=True, related_name="+", db_index=False)
    home = models.ForeignKey(Home, models.PROTECT, null=True, related_name="+", db_index=False)
    file_class = models.CharField(max_length=16, choices=[(each, each) for each in CLASSES])
    number = models.CharField(max_length=130, unique=True)
    title = models.CharField(max_length=120)
    paper_number = models.CharField(max_length=60, blank=True, help_text="文号, or the case's number")
    piece = models.CharField(max_length=16, blank=True, help_text="which paper of a home's file it is")
    dated = models.DateField(help_text="the day that the paper bears")
    subject = models.CharField(
        max_length=80, help_text="of what is filed; its own where it was filed by hand"
    )
    about = models.UUIDField(null=True, unique=True, help_text="the entry with which the filed work ended")
    about_digest = models.CharField(max_length=64, blank=True)
    by_hand = models.BooleanField(default=False)
    filed_by = models.CharField(max_length=80)
    filed_at = models.DateTimeField()
    keep_until = models.DateField(
        null=True, help_text="the last day on which it must be kept; none: for good"
    )
    reported_at = models.DateTimeField(null=True, help_text="to the company's operations (OC-14k)")
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["scope", "-dated", "-id"], name="item_by_day"),
            models.Index(fields=["scope", "file_class", "-dated", "-id"], name="item_by_class"),
            models.Index(
                fields=["home", "-dated", "-id"], name="item_by_home", condition=Q(home__isnull=False)
            ),
            models.Index(fields=["subject"], name="item_by_subject"),
            models.Index(fields=["paper_number"], name="item_by_paper_number"),
            models.Index(
                fields=["scope", "keep_until", "id"],
                name="item_to_go",
                condition=Q(keep_until__isnull=False, disposed_at__isnull=True),
            ),
        ]

    @property
    def own_subject(self) -> str:
        return f"archive:{self.id.hex}"

    @property
    def book_id(self) -> str:
        return self.community.book_id if self.community else self.office.book_id


class ItemFile(models.Model):
    """One file of an item. While it stands here nobody can erase the file; its digest stays afterwards."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="files", db_index=False)
    position = models.PositiveSmallIntegerField()
    file = models.OneToOneField(KeptFile, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="item_file_once")]


class ItemWord(models.Model):
    """Two letters that stand side by side in the words of an item, as `infra.search` packs them."""

    pk = models.CompositePrimaryKey("token", "scope", "target")
    token = models.BigIntegerField()
    scope = models.UUIDField()
    target = models.UUIDField(help_text="the item; ordered by time of filing")


class Hold(models.Model):
    """Somebody's word that an item must not go, whatever its time."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="holds")
    reason = models.TextField()
    placed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(lifted_at__isnull=True), name="one_hold_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_by_somebody",
            ),
        ]


class Disposal(models.Model):
    """Items that one person proposes to destroy and another decides over."""

    id = models.UUIDField(primary_key=True)
    scope = models.UUIDField(help_text="as of its items")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    community = models.ForeignKey(Community, models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=[(each, each) for each in ("waiting", "refused", "done")])
    items = models.ManyToManyField(Item, related_name="disposals")
    count = models.PositiveIntegerField()
    reason = models.TextField()
    proposed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope"], condition=Q(state="waiting"), name="one_disposal_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(state="waiting") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="disposal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")),
                name="disposal_by_two",
            ),
        ]
        indexes = [models.Index(fields=["scope", "-id"], name="disposal_by_scope")]

    @property
    def subject(self) -> str:
        return f"disposal:{self.id.hex}"

    @property
    def book_id(self) -> str:
        return self.community.book_id if self.community else self.office.book_id
