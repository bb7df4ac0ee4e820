"""Rows that serve every room: number series, answers kept for a repeated key, who beats, what fails again and again."""

from django.db import models


class NumberSeries(models.Model):
    """The last number given in one series and year; taken inside the transaction that uses it, so none is lost."""

    scope = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "year"], name="series_once")]


class IdempotentAnswer(models.Model):
    """What was answered to a key, written in the transaction of the act itself."""

    account = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="key_once")]


class Heartbeat(models.Model):
    """When a background process last finished a round."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()


class Trouble(models.Model):
    """A piece of work in the background that could not be done: parked after some tries, until a person sees to it.

    It says what kind of error it was, never the error's own words: they may hold what somebody wrote.
    """

    kind = models.CharField(max_length=20, help_text="message, duty, round …")
    key = models.CharField(max_length=80, help_text="which piece: an id or a name")
    about = models.CharField(max_length=80, blank=True, help_text="the subject, where the piece has one")
    error = models.CharField(max_length=80, help_text="the name of the error's class")
    tries = models.PositiveSmallIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, help_text="when it is tried again; none where it is parked")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="trouble_once")]


class LoginAttempt(models.Model):
    """Recent failures of one login or address; `free_at` is when the next try is weighed."""

    subject = models.CharField(max_length=120, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    free_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
