"""How a notice reaches its homes: when its messages go out, which message was for which home, what lay in letter boxes."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Home, Person, Staff
from hemu.messaging.models import Outgoing
from hemu.notices.models import Notice


class Delivery(models.Model):
    """The messages of one notice, laid ready home by home: `after` is the last home that was dealt with."""

    notice = models.OneToOneField(Notice, models.PROTECT, primary_key=True, related_name="delivery")
    send_at = models.DateTimeField()
    bundled = models.BooleanField(help_text="with other notices of that moment in one message to a person")
    begin_at = models.DateTimeField(help_text="from when on the messages are laid ready")
    after = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["begin_at"], name="delivery_to_begin", condition=Q(finished_at__isnull=True))
        ]


class Told(models.Model):
    """A message that speaks of a notice, and a home that it was for."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="told", db_index=False)
    home = models.ForeignKey(Home, models.CASCADE, related_name="+")
    message = models.ForeignKey(Outgoing, models.CASCADE, related_name="told")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "home", "message"], name="told_once")]


class Dropped(models.Model):
    """A slip that somebody put into the letter box of a home."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="dropped", db_index=False)
    home = models.ForeignKey(Home, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "home"], name="dropped_once")]


class Agreement(models.Model):
    """Somebody agreed to messages about events and greetings; what rests on the contract needs no agreement."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="agreement")
    agreed_at = models.DateTimeField()
