"""Making accounts, and the log of looks at what is hidden at first."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password

from hemu.access.actors import Actor
from hemu.access.models import Account, ReadLog
from hemu.estate.models import Staff
from hemu.infra.transaction import operation


@operation
def make_account(*, login: str, password: str, staff: Staff) -> Account:
    """Make a log-in for a member of staff.

    Raises:
        django.core.exceptions.ValidationError: the password is too short or too common.
    """
    validate_password(password)
    account = Account(login=login, staff=staff)
    account.set_password(password)
    account.save(force_insert=True)
    return account


@operation
def log_read(*, by: Actor, subject: str, what: str, now: datetime) -> None:
    """Record that somebody looked at something hidden: who, what, when."""
    ReadLog.objects.create(staff_id=by.staff_id, subject=subject, what=what, read_at=now)
