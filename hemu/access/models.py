"""Accounts: who may log in, and as which member of staff."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from hemu.estate.models import Staff


class Account(AbstractBaseUser):
    """A log-in of a member of staff. Rights come from the posts of the staff, never from the account."""

    login = models.CharField(max_length=60, unique=True)
    staff = models.OneToOneField(Staff, models.CASCADE)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    objects = BaseUserManager()


class ReadLog(models.Model):
    """Who looked at what that is hidden at first: a phone number in full, for instance."""

    staff = models.ForeignKey(Staff, models.CASCADE, db_index=False)
    subject = models.CharField(max_length=80)
    what = models.CharField(max_length=20)
    read_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "read_at"], name="read_by_subject"),
            models.Index(fields=["staff", "read_at"], name="read_by_staff"),
        ]
