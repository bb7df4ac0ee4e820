"""The owners' own door: codes sent, who is logged in, what was written here. Erasable, all of it."""

from django.db import models
from django.db.models import Q

from hemu.estate.models import Staff
from hemu.service_requests.models import Request


class SentCode(models.Model):
    """A one-time code that went to a phone. The code itself is kept nowhere: it is worked out from the id."""

    id = models.UUIDField(primary_key=True)
    phone_digest = models.CharField(max_length=64)
    address_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone_digest", "made_at"], name="code_by_phone"),
            models.Index(fields=["address_digest", "made_at"], name="code_by_address"),
        ]


class OwnerSession(models.Model):
    """A phone's log-in on one device: the token's digest, never the token."""

    id = models.UUIDField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    phone = models.CharField(max_length=20, db_index=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)


class OwnWord(models.Model):
    """A case that was written here, and by which phone; `homeless`: no roster knew the number then."""

    request = models.OneToOneField(Request, models.CASCADE, primary_key=True, related_name="own_word")
    phone = models.CharField(max_length=20)
    written_at = models.DateTimeField()
    homeless = models.BooleanField()
    matched_at = models.DateTimeField(null=True)
    matched_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(matched_at__isnull=True, matched_by__isnull=True)
                | Q(matched_at__isnull=False, matched_by__isnull=False, homeless=True),
                name="own_word_matched",
            )
        ]
        indexes = [
            models.Index(fields=["phone", "written_at"], name="own_word_by_phone"),
            models.Index(
                fields=["written_at"],
                name="own_word_unmatched",
                condition=Q(homeless=True, matched_at__isnull=True),
            ),
        ]
