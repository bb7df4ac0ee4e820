"""Calendars that a phone or a desk program fetches by a secret address."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Office, Staff


class Feed(models.Model):
    """One secret address: of its maker's own duties, or of an office's. Only the digest of the secret is kept.

    It opens what its maker may see at the moment it is fetched: with the log-in or the post it is over too.
    """

    id = models.UUIDField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="calendar_feeds")
    office = models.ForeignKey(Office, models.CASCADE, null=True, help_text="none: the maker's own duties")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=models.F("made_at")),
                name="feed_revoked_after_made",
            )
        ]
