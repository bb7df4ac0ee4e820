"""An office's rules of dispatch, each dated; whether they act at sorting; who is away and who stands in."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Community, Department, Office, Staff

LONGEST_BUILDINGS = 200


class DispatchRule(models.Model):
    """One rule, in force from a day to a day, both included. A changed rule is a new row; the old one ends."""

    id = models.UUIDField(primary_key=True)
    office = models.ForeignKey(Office, models.CASCADE, related_name="dispatch_rules", db_index=False)
    position = models.PositiveSmallIntegerField()
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="+")
    type = models.CharField(max_length=16, blank=True)
    trade = models.CharField(max_length=12, blank=True)
    buildings = models.CharField(max_length=LONGEST_BUILDINGS, blank=True, help_text="1,2,3,A")
    place = models.CharField(max_length=30, blank=True)
    hours = models.CharField(max_length=11, blank=True)
    staff = models.ForeignKey(Staff, models.CASCADE, null=True, related_name="+")
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=30, blank=True)
    on_duty = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["office", "position"], name="dispatch_rule_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(staff__isnull=False, department__isnull=True, role="")
                | Q(staff__isnull=True, department__isnull=False, role="")
                | Q(staff__isnull=True, department__isnull=True) & ~Q(role=""),
                name="dispatch_rule_has_one_target",
            )
        ]


class Arrangement(models.Model):
    """What an office has arranged about dispatching; without a row: suggested only, the usual shifts."""

    office = models.OneToOneField(Office, models.CASCADE, primary_key=True, related_name="dispatching")
    at_sorting = models.BooleanField(default=False, help_text="dispatched by rule by whoever sorts")
    shifts = models.JSONField(default=dict, help_text="the office's own shifts: code → 07:00-15:00")


class Absence(models.Model):
    """Somebody who is away from an office from a day to a day (none: for good), and who stands in."""

    id = models.UUIDField(primary_key=True)
    office = models.ForeignKey(Office, models.CASCADE, related_name="absences", db_index=False)
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="absences", db_index=False)
    stand_in = models.ForeignKey(Staff, models.CASCADE, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    waits = models.BooleanField(
        default=False, db_default=False, help_text="the work is handed over when the day comes"
    )
    planned_by = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    tried_at = models.DateTimeField(null=True, help_text="when the worker last took it up")
    refused = models.JSONField(null=True, help_text="{code, params}: why its day brought nothing")

    class Meta:
        indexes = [
            models.Index(fields=["office", "until"], name="absence_by_office"),
            models.Index(fields=["since"], name="absence_waiting", condition=Q(waits=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["office", "staff", "since"], name="absence_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="absence_ends_after_it_began",
            ),
        ]
