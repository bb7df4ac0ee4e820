"""Making accounts."""

from django.contrib.auth.password_validation import validate_password

from hemu.access.models import Account
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
