"""Planned works as they stand now; their history is the ledger."""

from django.db import models
from django.db.models import F, Q

from hemu.estate.models import Community, Staff
from hemu.notices.rules_works import KINDS, State


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
