"""Reading tokens: who acts by one."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from hemu.access.actors import Integration
from hemu.access.models import Token
from hemu.access.operations import TOKEN_PREFIX, digest_of

USED_AGAIN_AFTER = timedelta(minutes=1)
LONGEST = 100


def integration_by(secret: str, *, now: datetime) -> Integration | None:
    """Return the system whose token this is; None where it is none, was revoked or has ended.

    Two statements, and once a minute a third that notes the use.
    """
    if not secret.startswith(TOKEN_PREFIX) or len(secret) > LONGEST:
        return None
    valid = Token.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), revoked_at__isnull=True)
    token = valid.filter(digest=digest_of(secret)).first()
    if token is None:
        return None
    if token.last_used_at is None or now - token.last_used_at >= USED_AGAIN_AFTER:
        Token.objects.filter(id=token.id).update(last_used_at=now)
    return _integration(token)


def _integration(token: Token) -> Integration:
    here = dict(token.communities.values_list("id", "office_id"))
    roles = frozenset({token.role})
    offices: dict[UUID | None, frozenset[str]] = (
        {None: roles} if token.everywhere else dict.fromkeys(here.values(), roles)
    )
    among = None if token.everywhere else frozenset(here)
    return Integration(token.id, token.name, token.name, offices, among)


def all_tokens() -> list[Token]:
    """Return every token with its communities, by name."""
    return list(Token.objects.order_by("name").prefetch_related("communities"))
