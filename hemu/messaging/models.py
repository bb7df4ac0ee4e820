"""The outbox, written in the transaction of what it tells of, and the in-app messages that come of it."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from hemu.estate.models import Staff
from hemu.messaging.rules import GONE, Channel, Place, Recipient, State


def _codes(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


class Outgoing(models.Model):
    """Something that somebody must be told. `key` makes telling idempotent.

    `tries` counts the sendings; a sender writes down what it learned only under the try it made. `not_before` is
    the moment of the next try, `ask_at` that of the next question to the gateway.
    """

    id = models.UUIDField(primary_key=True)
    key = models.CharField(max_length=160, unique=True)
    recipient = models.CharField(max_length=6, choices=_codes(Recipient), default=Recipient.STAFF)
    staff = models.ForeignKey(Staff, models.CASCADE, null=True, db_index=False)
    address = models.CharField(max_length=100, blank=True, help_text="an owner's number or address; erasable")
    channel = models.CharField(max_length=8, choices=_codes(Channel), default=Channel.IN_APP)
    topic = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    facts = models.JSONField(default=dict, help_text="codes and numbers; nothing that names a person")
    state = models.CharField(max_length=10, choices=_codes(State), default=State.WAITING)
    place = models.SmallIntegerField(
        null=True, choices=[(each.value, each.name) for each in Place], help_text="none: it is told to many"
    )
    not_before = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=40, blank=True, help_text="code of the last refusal or doubt")
    provider_id = models.CharField(max_length=100, blank=True)
    asked_count = models.PositiveSmallIntegerField(default=0)
    ask_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", db_index=False)
    settled_at = models.DateTimeField(null=True, help_text="when a person took it back or marked it as sent")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient="staff", staff__isnull=False, channel="in_app")
                | ~Q(recipient="staff") & Q(staff__isnull=True) & ~Q(channel="in_app"),
                name="outgoing_recipient",
            ),
            models.CheckConstraint(
                condition=Q(state__in=GONE, sent_at__isnull=False)
                | ~Q(state__in=GONE) & Q(sent_at__isnull=True),
                name="outgoing_sent_at",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, settled_at__isnull=True)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="outgoing_settled",
            ),
        ]
        indexes = [
            # No part of an index by state: SQLite does not see that a bound value fits its condition.
            models.Index(fields=["channel", "state", "not_before"], name="outgoing_by_state"),
            models.Index(
                fields=["channel", "state", "place", "not_before"],
                name="outgoing_by_place",
                condition=Q(place__isnull=False),
            ),
            models.Index(fields=["ask_at"], name="outgoing_asking", condition=Q(ask_at__isnull=False)),
            models.Index(fields=["subject", "-id"], name="outgoing_by_subject"),
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
