"""Reading tokens: who acts by one."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, Value

from hemu.access.actors import Integration
from hemu.access.models import Token
from hemu.access.operations import TOKEN_PREFIX, digest_of

USED_AGAIN_AFTER = timedelta(minutes=1)
LONGEST = 100


def valid_at(moment: datetime | Value, prefix: str = "") -> Q:
    """Return the condition that a token, or the one under a prefix such as ``token__``, opens something at a moment."""
    unended = Q(**{f"{prefix}ends_at__isnull": True}) | Q(**{f"{prefix}ends_at__gt": moment})
    return unended & Q(**{f"{prefix}revoked_at__isnull": True})


def integration_by(secret: str, *, now: datetime) -> Integration | None:
    """Return the system whose token this is; None where it is none, was revoked or has ended.

    One statement, and once a minute a second that notes the use.
    """
    if not secret.startswith(TOKEN_PREFIX) or len(secret) > LONGEST:
        return None
    rows = list(
        Token.objects.filter(valid_at(now), digest=digest_of(secret)).annotate(
            place=F("communities__id"), office=F("communities__office")
        )
    )
    if not rows:
        return None
    token = rows[0]
    if token.last_used_at is None or now - token.last_used_at >= USED_AGAIN_AFTER:
        Token.objects.filter(id=token.id).update(last_used_at=now)
    return _integration(token, {row.place: row.office for row in rows if row.place})


def _integration(token: Token, here: Mapping[UUID, UUID]) -> Integration:
    roles = frozenset({token.role})
    offices: dict[UUID | None, frozenset[str]] = (
        {None: roles} if token.everywhere else dict.fromkeys(here.values(), roles)
    )
    among = None if token.everywhere else frozenset(here)
    return Integration(token.id, token.name, token.name, offices, among)


def all_tokens() -> list[Token]:
    """Return every token with its communities, by name."""
    return list(Token.objects.order_by("name").prefetch_related("communities"))
