"""Changes of the rules that somebody proposed: a setting of the profile from a day on, or a day worked or rested."""

from django.db import models
from django.db.models import F, Q

from hemu.estate.models import Office


class RuleProposal(models.Model):
    """What somebody would change; it counts once a second person confirms it.

    `key` is the setting's dotted name; empty where it is a day of the work calendar, which is then `since`.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CONFIRMED = "confirmed"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True)
    office = models.ForeignKey(Office, models.CASCADE, null=True, help_text="none: the whole company")
    key = models.CharField(max_length=80, blank=True)
    value = models.JSONField(help_text="of a day: whether it is worked")
    was = models.JSONField(null=True, help_text="what held when it was proposed")
    since = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    stated_by = models.CharField(max_length=80)
    stated_at = models.DateTimeField()
    ended_by = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True)
    independent = models.BooleanField(default=True, help_text="false: nobody else was there to confirm it")
    stamp = models.UUIDField(null=True, help_text="that the offices carry since; moves of duties name it")
    entry = models.UUIDField(help_text="the entry that proposed it; the reason lies there")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", ended_by="", ended_at__isnull=True)
                | ~Q(state="waiting") & ~Q(ended_by="") & Q(ended_at__isnull=False),
                name="rule_proposal_ended_by",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed", independent=True) | ~Q(ended_by=F("stated_by")),
                name="rule_confirmed_by_another",
            ),
            models.UniqueConstraint(
                fields=["office", "key", "since"],
                condition=Q(state="waiting", office__isnull=False),
                name="rule_waits_once",
            ),
            models.UniqueConstraint(
                fields=["key", "since"],
                condition=Q(state="waiting", office__isnull=True),
                name="company_rule_waits_once",
            ),
        ]
        indexes = [models.Index(fields=["office", "-id"], name="rule_proposal_by_office")]
