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


class Standing(models.Model):
    """The one row whose stamp changes with what stands for long (`hemu.infra.standing`)."""

    stamp = models.UUIDField()


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


class SearchToken(models.Model):
    """Two letters that stand side by side in the words of a thing. Worked out from the words; erased with them.

    Both indexes hold all that a search reads: newest first within a scope, and newest first anywhere.
    """

    pk = models.CompositePrimaryKey("token", "scope", "target")
    token = models.BigIntegerField(help_text="the two code points, as `search.tokens_of` packs them")
    scope = models.UUIDField(help_text="whose thing it is: a community")
    target = models.UUIDField(help_text="the thing; ordered by time")

    class Meta:
        indexes = [models.Index(fields=["token", "-target"], name="token_anywhere")]


class SearchMark(models.Model):
    """Up to which thing of a kind the words are in the index."""

    name = models.CharField(max_length=40, primary_key=True)
    upto = models.UUIDField()
