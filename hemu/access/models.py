"""Accounts: who may log in, and as which member of staff."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from hemu.estate.models import Staff


class Account(AbstractBaseUser):
    """A log-in of a member of staff. Rights come from the posts of the staff, never from the account."""

    login = models.CharField(max_length=60, unique=True)
    staff = models.OneToOneField(Staff, models.CASCADE)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True)

    USERNAME_FIELD = "login"
    objects: ClassVar[BaseUserManager["Account"]] = BaseUserManager()
