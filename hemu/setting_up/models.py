"""What setting up keeps: the code that opens an empty house once, and how the tests of channels went."""

from django.db import models


class StartCode(models.Model):
    """The code with which the first administrator begins: its digest. It is worth nothing once an account exists."""

    digest = models.CharField(max_length=64, primary_key=True)
    made_at = models.DateTimeField()


class ChannelTest(models.Model):
    """A real test message: whether the other side took it. The address is not kept."""

    channel = models.CharField(max_length=8)
    tried_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    ok = models.BooleanField()
    code = models.CharField(max_length=40, blank=True, help_text="of a refusal or doubt")

    class Meta:
        indexes = [models.Index(fields=["channel", "-tried_at"], name="channel_test_by_time")]
