"""Months that are frozen, with the list behind each figure; draws, and what was drawn to be called again."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Community, Office, Staff
from hemu.figures.rules import OUTCOMES, WAITING


class FrozenFigure(models.Model):
    """One rate of one community and month as it stood when the month was closed; it never changes afterwards."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="figures", db_index=False)
    clause = models.CharField(max_length=20)
    period = models.CharField(max_length=10)
    met = models.PositiveIntegerField()
    cohort = models.PositiveIntegerField()
    members = models.JSONField(help_text="met and unmet: the subjects counted, by number")
    entry = models.UUIDField(help_text="the entry that carries the figure and the digest of the list")
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "clause", "period"], name="figure_frozen_once"),
            models.CheckConstraint(condition=Q(met__lte=models.F("cohort")), name="figure_met_in_cohort"),
        ]


class Draw(models.Model):
    """The draw of one month: which seal's root it used, and how many pieces of evidence it drew."""

    month = models.CharField(max_length=7, primary_key=True)
    seal = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64, help_text="the head of that seal")
    drawn_at = models.DateTimeField()
    count = models.PositiveIntegerField()


class Recall(models.Model):
    """One piece of evidence that is called again by somebody else."""

    id = models.UUIDField(primary_key=True)
    month = models.CharField(max_length=7)
    entry = models.UUIDField(unique=True)
    subject = models.CharField(max_length=80)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", db_index=False)
    giver = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(
        max_length=12, default=WAITING, choices=[(each, each) for each in (WAITING, *OUTCOMES)]
    )
    tries = models.PositiveSmallIntegerField(default=0)
    noted_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["office", "month"], name="recall_by_office")]
