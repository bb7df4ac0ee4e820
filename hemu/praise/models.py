"""Praise 表扬 that was passed on: who was praised in which case. The words stay with the case and the entry."""

from django.db import models

from hemu.estate.models import Staff
from hemu.service_requests.models import Request


class Praise(models.Model):
    """A member of staff praised in a case; once a person and case."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="praises", db_index=False)
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="praises", db_index=False)
    entry = models.UUIDField(help_text="the entry that says so, with the words")
    praised_at = models.DateTimeField(help_text="when the owner said it")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "staff"], name="praised_once")]
        indexes = [models.Index(fields=["staff", "praised_at"], name="praise_by_staff")]
