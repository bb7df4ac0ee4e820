"""Accounts: who may log in, and as which member of staff; tokens of other systems; the log of looks."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from hemu.estate.models import Community, Staff


class Account(AbstractBaseUser):
    """A log-in of a member of staff. Rights come from the posts of the staff, never from the account."""

    login = models.CharField(max_length=60, unique=True)
    staff = models.OneToOneField(Staff, models.CASCADE)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    objects = BaseUserManager()


class Token(models.Model):
    """The key of another system: what it may do is one role's, where it may do so its communities say.

    The secret is shown once and kept as its SHA-256; it has 256 random bits and needs no slow hash.
    """

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=60, unique=True)
    role = models.CharField(max_length=30)
    everywhere = models.BooleanField(default=False, help_text="all communities, later ones too")
    communities = models.ManyToManyField(Community, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, help_text="from this moment on it opens nothing")
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True, help_text="to the minute")


class ReadLog(models.Model):
    """Who looked at what that is hidden at first: a phone number in full, for instance."""

    staff = models.ForeignKey(Staff, models.CASCADE, null=True, db_index=False)
    token = models.ForeignKey(Token, models.PROTECT, null=True, db_index=False)
    subject = models.CharField(max_length=80)
    what = models.CharField(max_length=20)
    read_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "read_at"], name="read_by_subject"),
            models.Index(fields=["staff", "read_at"], name="read_by_staff"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(staff__isnull=True, token__isnull=False)
                | Q(staff__isnull=False, token__isnull=True),
                name="read_by_one",
            ),
        ]
