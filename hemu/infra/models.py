"""Rows that serve every room: number series, answers kept for a repeated key, and who beats."""

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


class LoginAttempt(models.Model):
    """Recent failures of one login or address; `free_at` is when the next try is weighed."""

    subject = models.CharField(max_length=120, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    free_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
