"""Letting another system in, and shutting it out: acts of the office, written into its book."""

from collections.abc import Sequence
from datetime import datetime

from hemu.access.actors import Actor
from hemu.access.models import Token
from hemu.access.operations import make_token, revoke_token
from hemu.estate.models import Community
from hemu.estate.operations import found_company
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.interface.queries_tokens import may_grant, may_withdraw
from hemu.ledger.operations import Act, append


@operation
def grant_token(
    *,
    name: str,
    role: str,
    communities: Sequence[Community] | None,
    by: Actor | None,
    act: Act,
    ends_at: datetime | None,
) -> tuple[Token, str]:
    """Make a token for another system and return it with its secret, which is shown once and kept nowhere.

    Args:
        communities: where it may act; None: everywhere.
        by: who makes it: nobody lets a system do more than they may themselves. None: whoever runs the installation.

    Raises:
        RuleViolation: ``token.beyond_own``, and those of `make_token`.
    """
    if by is not None and not may_grant(by, role, communities):
        raise RuleViolation("token.beyond_own", role=role)
    token, secret = make_token(
        name=name, role=role, communities=communities, now=act.recorded_at, ends_at=ends_at
    )
    append(
        book=book_of(token, act),
        kind="token.made",
        subject=f"token:{token.id}",
        act=act,
        facts={
            "role": role,
            **({} if communities is None else {"communities": sorted(str(each.id) for each in communities)}),
            **({"ends_on": office_day(ends_at).isoformat()} if ends_at else {}),
        },
        words={"name": token.name},
    )
    return token, secret


@operation
def withdraw_token(*, name: str, by: Actor | None, act: Act) -> Token:
    """Stop a token at once; stopped before, nothing is written.

    Raises:
        RuleViolation: ``token.unknown``, ``token.beyond_own`` where it also acts where ``by`` may not stop it.
    """
    token = Token.objects.filter(name=name.strip()).prefetch_related("communities").first()
    if token is not None and by is not None and not may_withdraw(by, token):
        raise RuleViolation("token.beyond_own", role=token.role)
    stood = token is not None and token.revoked_at is None
    token = revoke_token(name=name, now=act.recorded_at)
    if stood:
        append(book=book_of(token, act), kind="token.revoked", subject=f"token:{token.id}", act=act)
    return token


def book_of(token: Token, act: Act) -> str:
    """Return the id of the book of the one office that a token belongs to, else of the company's."""
    offices = {each.office_id: each.office.book_id for each in token.communities.select_related("office")}
    if len(offices) == 1:
        return next(iter(offices.values()))
    return str(found_company(now=act.recorded_at).book_id)
