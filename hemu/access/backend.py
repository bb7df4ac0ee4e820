"""Checking a password. The limiter of the log-in page runs before this, since a hash costs half a second."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import BigIntegerField
from django.http import HttpRequest

from hemu.access.models import Account
from hemu.infra import clock
from hemu.infra.moments import office_day
from hemu.infra.prepared import Given, Reading
from hemu.infra.standing import STAMP, read_under

_BY_ID = Reading(
    lambda: (
        Account.objects.select_related("staff")
        .annotate(stamp=STAMP)
        .filter(id=Given("id", BigIntegerField()))
    )
)
"""Asked for with every page of the staff; the stamp of what stands comes with it."""


class AccountBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, login: str = "", password: str = "", **kwargs: Any
    ) -> Account | None:
        account = Account.objects.select_related("staff").filter(login=login).first()
        if account is None:
            Account().set_password(password)  # the same work, so that an unknown login answers no faster
            return None
        return account if account.check_password(password) and may_enter(account) else None

    def get_user(self, user_id: int) -> Account | None:
        for account in _BY_ID(id=user_id):
            read_under(account.stamp)
            return account if may_enter(account) else None
        return None


def may_enter(account: Account) -> bool:
    """Tell whether an account opens the door today: it is in use, and its holder has not left."""
    today = office_day(clock.now())
    return account.is_active and not account.staff.has_left(today)
