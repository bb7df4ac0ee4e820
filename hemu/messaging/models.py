"""The outbox, written in the transaction of what it tells of, and the in-app messages that come of it."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Staff


class Outgoing(models.Model):
    """Something that a member of staff must be told. `key` makes telling idempotent."""

    id = models.UUIDField(primary_key=True)
    key = models.CharField(max_length=160, unique=True)
    staff = models.ForeignKey(Staff, models.CASCADE, db_index=False)
    topic = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    facts = models.JSONField(default=dict, help_text="codes and numbers; nothing that names a person")
    not_before = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], name="outgoing_waiting", condition=Q(sent_at__isnull=True))
        ]


class Message(models.Model):
    """An in-app message; exactly one for each outgoing key."""

    id = models.UUIDField(primary_key=True)
    key = models.CharField(max_length=160, unique=True)
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="messages", db_index=False)
    topic = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["staff", "-id"], name="message_by_staff"),
            models.Index(fields=["staff"], name="message_unread", condition=Q(read_at__isnull=True)),
        ]
