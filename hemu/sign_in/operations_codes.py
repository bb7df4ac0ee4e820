"""Codes for the first entry, and choosing a password with one."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from hemu.access.backend import may_enter
from hemu.access.models import Account
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.sign_in.models import EntryCode
from hemu.sign_in.operations_devices import forget_devices
from hemu.sign_in.operations_factor import forget_factor, random_code
from hemu.sign_in.queries import book_of
from hemu.sign_in.rules import CODE_LENGTH, ENTRY_CODE_DAYS, code_digest, plain_code

LONGEST_PASSWORD = 200
"""As much as the form of the log-in takes."""


@operation
def give_entry_code(*, account: Account, act: Act) -> str:
    """Return a new code for one entry within fourteen days; an older one is void. It is shown once and kept nowhere.

    Raises:
        RuleViolation: ``account.closed``.
    """
    if not may_enter(account):
        raise RuleViolation("account.closed")
    code, ends_at = random_code(), act.recorded_at + timedelta(days=ENTRY_CODE_DAYS)
    values = {"digest": _digest(code), "made_at": act.recorded_at, "ends_at": ends_at}
    EntryCode.objects.update_or_create(account=account, defaults=values)
    append(
        book=book_of(account.staff),
        kind="account.code_given",
        subject=account.staff.key,
        act=act,
        facts={"ends_on": office_day(ends_at).isoformat()},
    )
    return code


def account_by_code(code: str, *, now: datetime) -> Account:
    """Return whose entry a code opens.

    Raises:
        RuleViolation: ``account.code_not_valid``: unknown, used or run out.
    """
    row = None
    if len(plain_code(code)) == CODE_LENGTH:
        rows = EntryCode.objects.select_related("account__staff")
        row = rows.filter(digest=_digest(code), ends_at__gt=now).first()
    if row is None or not may_enter(row.account):
        raise RuleViolation("account.code_not_valid")
    return row.account


@operation
def choose_password(*, code: str, password: str, now: datetime) -> Account:
    """Use up a code and set the password its holder chose; whoever was logged in as them is out.

    Raises:
        RuleViolation: ``account.code_not_valid``, ``account.weak_password`` (why).
    """
    account = account_by_code(code, now=now)
    _check(password)
    if not EntryCode.objects.filter(account=account, digest=_digest(code)).delete()[0]:
        raise RuleViolation("account.code_not_valid")
    _set(account, password, Act(account.staff.key, at=now, recorded_at=now), "code")
    return account


@operation
def change_password(*, account: Account, old: str, new: str, act: Act) -> None:
    """Change one's own password; other devices are logged out.

    Raises:
        RuleViolation: ``account.wrong_password``, ``account.weak_password`` (why).
    """
    if not account.check_password(old):
        raise RuleViolation("account.wrong_password")
    _check(new)
    _set(account, new, act, "own")


def _check(password: str) -> None:
    try:
        validate_password(password[:LONGEST_PASSWORD])
    except ValidationError as error:
        raise RuleViolation("account.weak_password", why="".join(error.messages)) from error
    if len(password) > LONGEST_PASSWORD or "\x00" in password:
        raise RuleViolation("account.weak_password", why=f"≤ {LONGEST_PASSWORD}")


def _set(account: Account, password: str, act: Act, means: str) -> None:
    account.set_password(password)
    account.save(update_fields=["password"])
    append(
        book=book_of(account.staff),
        kind="account.password_set",
        subject=account.staff.key,
        act=act,
        facts={"means": means},
    )


@operation
def shut_out(account: Account) -> None:
    """Close an account at once: its sessions, devices and codes are worth nothing from the next request on."""
    EntryCode.objects.filter(account=account).delete()
    forget_factor(account)
    forget_devices(account=account)
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])


def _digest(code: str) -> str:
    return code_digest(code, key=settings.SECRET_KEY, purpose="entry")
