"""Calls as they came in: the number and what it was about can be erased; the book knows rings and times."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Office, Staff
from hemu.service_requests.models import Request


class Call(models.Model):
    """One call to an office, taken or missed."""

    id = models.UUIDField(primary_key=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="calls", db_index=False)
    called_at = models.DateTimeField()
    phone = models.CharField(max_length=20, blank=True, help_text="digits only")
    rings = models.PositiveSmallIntegerField()
    answered = models.BooleanField()
    about = models.TextField(blank=True)
    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="calls")
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, help_text="who took it, or called back")
    returned_at = models.DateTimeField(null=True, help_text="called back, and somebody was reached")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "called_at", "phone"], condition=~Q(phone=""), name="call_once"
            )
        ]
        indexes = [
            models.Index(fields=["office", "-called_at"], name="call_by_time"),
            models.Index(
                fields=["office", "called_at"],
                name="call_to_return",
                condition=Q(answered=False, returned_at__isnull=True),
            ),
        ]

    @property
    def subject(self) -> str:
        return f"call:{self.id.hex}"
