"""A ticket, its first event and a row to tell somebody: the three inserts of the bare view."""

from django.db import models


class Ticket(models.Model):
    title = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=12)
    author = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "-id"], name="bare_by_state")]


class Event(models.Model):
    ticket = models.ForeignKey(Ticket, models.CASCADE)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()


class Outgoing(models.Model):
    ticket = models.ForeignKey(Ticket, models.CASCADE)
    key = models.CharField(max_length=80, unique=True)
