"""Reading tokens as those see them who keep them: which reach one's communities, and what one may do about them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q

from hemu.access.actors import Actor
from hemu.access.models import Token
from hemu.access.roles import PERMISSIONS_OF
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.interface.rules import takes_no_more

KEEP = "token.keep"


def tokens_reaching(actor: Actor) -> list[Token]:
    """Return the tokens that reach communities in which the actor keeps them: those in use first, then by name."""
    here = Q(everywhere=True) | Q(communities__in=actor.communities(KEEP))
    rows = Token.objects.filter(here).distinct().prefetch_related("communities")
    return sorted(rows, key=lambda each: (each.revoked_at is not None, each.name))


def token_for(actor: Actor, token_id: UUID) -> Token:
    """Return a token that reaches the actor's communities; any other answers like one that does not exist.

    Raises:
        RuleViolation: ``token.not_found``.
    """
    found = next((each for each in tokens_reaching(actor) if each.id == token_id), None)
    if found is None:
        raise RuleViolation("token.not_found")
    return found


def may_grant(actor: Actor, role: str, communities: Sequence[Community] | None) -> bool:
    """Tell whether the actor may let a system act in a role there: they keep tokens, and may all that the role may."""
    wanted = PERMISSIONS_OF.get(role, frozenset()) | {KEEP}
    if communities is None:
        roles, held = (
            actor.offices.get(None, frozenset()),
            all(actor.offices_with(each) is None for each in wanted),
        )
        return held and takes_no_more(role, roles)
    offices = {each.office_id for each in communities}
    return all(
        takes_no_more(role, actor.roles_at(office)) and all(actor.may(each, office) for each in wanted)
        for office in offices
    )


def may_withdraw(actor: Actor, token: Token) -> bool:
    """Tell whether a token acts nowhere but where the actor keeps tokens."""
    held = actor.offices_with(KEEP)
    return held is None or (not token.everywhere and _all_in(token.communities.all(), held))


def _all_in(communities: Iterable[Community], offices: Sequence[UUID]) -> bool:
    return all(each.office_id in offices for each in communities)


def roles_to_grant(actor: Actor) -> list[str]:
    """Return the roles that the actor could let a system have somewhere, in the order of the table."""
    return [
        role
        for role, wanted in PERMISSIONS_OF.items()
        if wanted and takes_no_more(role, actor.roles) and all(actor.may(each) for each in wanted | {KEEP})
    ]
