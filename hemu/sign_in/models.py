"""What an account needs at the door besides its password: devices kept, a second factor, codes."""

from django.db import models

from hemu.access.models import Account


class Device(models.Model):
    """One browser on one phone; it ends by itself, by too many wrong PINs, by its owner, with the password."""

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token in the cookie")
    pin = models.CharField(max_length=200, help_text="hash")
    bound_to = models.CharField(max_length=128, help_text="changes with the account's password")
    name = models.CharField(max_length=60)
    failures = models.PositiveSmallIntegerField(default=0, help_text="wrong PINs since the last right one")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    session_key = models.CharField(max_length=40, blank=True, help_text="the session it opened last")


class SecondFactor(models.Model):
    """An authenticator. `secret` lies sealed under the installation's key; before `confirmed_at` it guards nothing."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="second_factor")
    secret = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0, help_text="the newest half-minute whose code was used")


class RecoveryCode(models.Model):
    """One of the codes for the day the phone is lost: its digest, and when it was used."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes", db_index=False)
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once")]


class EntryCode(models.Model):
    """A code for one entry without a password, to choose one: its digest, never the code."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="entry_code")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
