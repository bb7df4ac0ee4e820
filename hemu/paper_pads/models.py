"""Pads of paper for when all is down: numbers of the series, reserved before they are written on."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Community, Staff
from hemu.foundation.numbering import format_number
from hemu.service_requests.models import Request


class Pad(models.Model):
    """A pad: numbers of one community and year, next to each other."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="pads", db_index=False)
    year = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    reserved_at = models.DateTimeField()
    reserved_by = models.ForeignKey(Staff, models.PROTECT)

    class Meta:
        indexes = [models.Index(fields=["community", "-id"], name="pad_by_community")]

    @property
    def subject(self) -> str:
        return f"pad:{self.id}"

    def number(self, serial: int) -> str:
        """Return the number of a sheet as cases bear it."""
        return format_number(self.community.code, self.year, serial)


class Sheet(models.Model):
    """One reserved number: open until it is typed in or given back with a reason."""

    class State(models.TextChoices):
        OPEN = "open"
        USED = "used"
        RETURNED = "returned"

    number = models.CharField(max_length=30, primary_key=True)
    pad = models.ForeignKey(Pad, models.PROTECT, related_name="sheets")
    serial = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    request = models.OneToOneField(Request, models.PROTECT, null=True, related_name="sheet")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", request__isnull=True, ended_at__isnull=True)
                | Q(state="used", request__isnull=False, ended_at__isnull=False)
                | Q(state="returned", request__isnull=True, ended_at__isnull=False),
                name="sheet_ends_in_one_way",
            )
        ]
        indexes = [models.Index(fields=["pad"], name="sheet_open", condition=Q(state="open"))]
