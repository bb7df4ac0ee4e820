"""Making accounts and tokens, and the log of looks at what is hidden at first."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.contrib.auth.password_validation import validate_password

from hemu.access.actors import Actor, Integration
from hemu.access.models import Account, ReadLog, Token
from hemu.access.roles import PERMISSIONS_OF
from hemu.estate.models import Community, Staff
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation

LONGEST_LOGIN = 60


@operation
def make_account(*, login: str, password: str, staff: Staff) -> Account:
    """Make a log-in for a member of staff.

    Args:
        login: 1 to 60 characters.

    Raises:
        RuleViolation: ``account.login_length``.
        django.core.exceptions.ValidationError: the password is too short or too common.
    """
    if not 1 <= len(login) <= LONGEST_LOGIN:
        raise RuleViolation("account.login_length", most=LONGEST_LOGIN)
    validate_password(password)
    account = Account(login=login, staff=staff)
    account.set_password(password)
    account.save(force_insert=True)
    return account


@operation
def log_read(*, by: Actor, subject: str, what: str, now: datetime) -> None:
    """Record that somebody looked at something hidden: who, what, when."""
    who = {"token_id": by.staff_id} if isinstance(by, Integration) else {"staff_id": by.staff_id}
    ReadLog.objects.create(**who, subject=subject, what=what, read_at=now)


TOKEN_PREFIX = "hemu_"
"""Heads every secret, so that one left in a public place is known for what it is."""


def digest_of(secret: str) -> str:
    """Return what is kept of a token's secret."""
    return sha256(secret.encode()).hexdigest()


@operation
def make_token(
    *, name: str, role: str, communities: Sequence[Community] | None, now: datetime, ends_at: datetime | None
) -> tuple[Token, str]:
    """Make a token for another system and return it with its secret, which is not kept.

    Args:
        name: 1 to 60 characters; no two tokens share one, revoked ones included.
        communities: where it may act; None: everywhere, also in communities opened later.
        ends_at: exclusive; None: until it is revoked.

    Raises:
        RuleViolation: ``token.no_name``, ``token.name_taken``, ``token.unknown_role``,
            ``token.no_community``, ``token.ended``.
    """
    name = name.strip()[:60]
    if not name:
        raise RuleViolation("token.no_name")
    if not PERMISSIONS_OF.get(role):
        raise RuleViolation(
            "token.unknown_role", role=role, known=sorted(filter(PERMISSIONS_OF.get, PERMISSIONS_OF))
        )
    if communities is not None and not communities:
        raise RuleViolation("token.no_community")
    if ends_at is not None and ends_at <= now:
        raise RuleViolation("token.ended")
    if Token.objects.filter(name=name).exists():
        raise RuleViolation("token.name_taken", name=name)
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = Token(
        id=new_id(now),
        name=name,
        role=role,
        everywhere=communities is None,
        digest=digest_of(secret),
        made_at=now,
        ends_at=ends_at,
    )
    token.save(force_insert=True)
    token.communities.set(communities or [])
    return token, secret


@operation
def revoke_token(*, name: str, now: datetime) -> Token:
    """Stop a token at once; the row stays, for what it did stays.

    Raises:
        RuleViolation: ``token.unknown``.
    """
    token = Token.objects.select_for_update().filter(name=name.strip()).first()
    if token is None:
        raise RuleViolation("token.unknown", name=name)
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
    return token
