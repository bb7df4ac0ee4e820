"""The phones on which a member of staff stays known: the digest of a token, and a PIN."""

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
