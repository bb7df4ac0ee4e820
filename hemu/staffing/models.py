"""A staff list on its way in, and somebody's leaving from its order to the last piece of work handed over."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Staff


class StaffImport(models.Model):
    """One staff list. The file is kept only until it is written or given up; the preview is worked out anew each time."""

    class State(models.TextChoices):
        PREVIEW = "preview"
        DONE = "done"
        DISCARDED = "discarded"

    id = models.UUIDField(primary_key=True)
    filename = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    content = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=State.choices)
    by = models.CharField(max_length=80)
    started_at = models.DateTimeField(db_index=True)
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=list, help_text="the refused rows of a written list, to be given back")


class Leaving(models.Model):
    """That somebody leaves, from a day on. `by` ordered it; a worker carries out what its day brings."""

    id = models.UUIDField(primary_key=True)
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="leavings")
    on = models.DateField()
    to = models.ForeignKey(
        Staff, models.PROTECT, null=True, related_name="+", help_text="who takes the open work"
    )
    by = models.CharField(max_length=80)
    ordered_at = models.DateTimeField()
    posts_before = models.JSONField(default=dict, help_text="post → its last day before, ISO or null")
    done_at = models.DateTimeField(null=True, help_text="when access ended")
    handed_over_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=Q(handed_over_at__isnull=True, cancelled_at__isnull=True),
                name="leaving_once",
            )
        ]
