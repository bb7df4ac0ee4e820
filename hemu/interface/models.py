"""Webhooks: which system is told of what, and each event on its way there; and how many calls a token has made."""

from django.db import models

from hemu.access.models import Token


class Webhook(models.Model):
    """An address to which events of a token's communities go. Its secret is worked out from its id and kept nowhere."""

    id = models.UUIDField(primary_key=True)
    token = models.ForeignKey(Token, models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=500)
    kinds = models.JSONField(
        default=list, help_text="kinds of entries, or what stands before their dot; none: all"
    )
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)


class Delivery(models.Model):
    """An entry on its way to a webhook; `id` names the event however often it is sent.

    `tries` counts the sendings; a sender writes down what it learned only under the try it made.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", db_index=False)
    entry = models.UUIDField()
    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    not_before = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=40, blank=True, help_text="code of the last refusal or doubt")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webhook", "entry"], name="delivery_once")]
        indexes = [models.Index(fields=["state", "not_before"], name="delivery_by_state")]


class CallsTaken(models.Model):
    """How many calls of a calendar minute the web processes have taken for a token, all of them together."""

    token = models.OneToOneField(Token, models.CASCADE, primary_key=True, related_name="+")
    minute = models.BigIntegerField(help_text="since 1970")
    taken = models.PositiveIntegerField()
