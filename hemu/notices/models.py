"""Planned works and notices as they stand now; their history is the ledger."""

from django.db import models
from django.db.models import F, Q

from hemu.estate.models import Community, Home, Staff
from hemu.notices.rules_notices import KINDS as NOTICE_KINDS
from hemu.notices.rules_notices import Audience
from hemu.notices.rules_works import KINDS, State
from hemu.papers.models import Document


class Work(models.Model):
    """Works that touch owners: an outage, pest control, noise or danger, the renewal of what is shared."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="works", db_index=False)
    kind = models.CharField(max_length=16, choices=[(each, each) for each in KINDS])
    place = models.CharField(max_length=60)
    text = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(str(each), str(each)) for each in State])
    version = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(Staff, models.PROTECT)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="work_ends_after_it_starts")
        ]
        indexes = [
            models.Index(fields=["community", "-id"], name="work_by_community"),
            models.Index(
                fields=["community", "starts_at"], name="work_planned", condition=Q(state="planned")
            ),
        ]

    @property
    def subject(self) -> str:
        return f"operation:{self.id.hex}"


class Notice(models.Model):
    """What makes a paper a notice: its kind, whom it is for, when it hangs."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="notice")
    community = models.ForeignKey(Community, models.PROTECT, related_name="notices", db_index=False)
    kind = models.CharField(max_length=20, choices=[(each, each) for each in NOTICE_KINDS])
    channel = models.CharField(
        max_length=12, blank=True, help_text="broadcast, which asks for consent of its own"
    )
    work = models.ForeignKey(Work, models.PROTECT, null=True, related_name="notices")
    subject = models.CharField(max_length=80, help_text="on which its entries lie: that of the duty it keeps")
    original = models.TextField(
        blank=True, help_text="of a digest, as staff wrote it before names and rooms were taken out"
    )
    buildings = models.JSONField(default=list, help_text="names of the buildings it is for")
    units = models.JSONField(default=list, help_text="[building, unit] of those it is for")
    homes = models.JSONField(
        default=list, help_text="as written, of those it is for; with both above empty: all"
    )
    roles = models.JSONField(default=list, help_text="owner, tenant; empty: whoever is bound to a home")
    since = models.DateField()
    until = models.DateField()
    published_at = models.DateTimeField(null=True, help_text="from when on owners can read it by phone")
    posted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="notice_days_in_order"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(posted_at__isnull=False),
                name="notice_posted_first",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "-document"], name="notice_by_community"),
            models.Index(
                fields=["community", "until"],
                name="notice_shown",
                condition=Q(published_at__isnull=False, withdrawn_at__isnull=True),
            ),
        ]

    @property
    def audience(self) -> Audience:
        return Audience(
            tuple(self.buildings),
            tuple((building, unit) for building, unit in self.units),
            tuple(self.homes),
            tuple(self.roles),
        )


class Posting(models.Model):
    """One sheet at one place, from its photo on posting to that on taking down."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="postings")
    place = models.CharField(max_length=60)
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "place"], name="posted_once_at_a_place")]


class NoticeRead(models.Model):
    """Somebody of a household opened a notice: the first time counts."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="reads", db_index=False)
    home = models.ForeignKey(Home, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "home"], name="read_once_by_a_home")]
