"""Who acts: a member of staff with the posts of the day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from hemu.access.models import Account
from hemu.access.roles import permissions_of
from hemu.estate.models import Community, Post
from hemu.estate.queries_standing import communities_at
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.standing import kept_while_standing
from hemu.infra.terms import in_force
from hemu.ledger.entries import Proof
from hemu.ledger.operations import Act


@dataclass(frozen=True)
class Actor:
    """A member of staff as the gates see one.

    Attributes:
        offices: office → roles held there today; the key None holds the roles of the whole company.
    """

    staff_id: UUID
    name: str
    login: str
    offices: dict[UUID | None, frozenset[str]]

    @property
    def key(self) -> str:
        return f"staff:{self.staff_id}"

    @property
    def roles(self) -> frozenset[str]:
        return frozenset().union(*self.offices.values())

    def roles_at(self, office_id: UUID) -> frozenset[str]:
        """Return the roles that count at an office: those held there and those of the whole company."""
        return self.offices.get(office_id, frozenset()) | self.offices.get(None, frozenset())

    def may(self, permission: str, office_id: UUID | None = None) -> bool:
        """Tell whether a permission is held: at that office, or anywhere where none is named."""
        roles = self.roles if office_id is None else self.roles_at(office_id)
        return permission in permissions_of(roles)

    def require(self, permission: str, office_id: UUID | None = None) -> None:
        """Raise ``access.denied`` where the permission is not held."""
        if not self.may(permission, office_id):
            raise RuleViolation("access.denied", permission=permission)

    def communities(self, permission: str) -> QuerySet[Community]:
        """Return the communities in which a permission is held."""
        held = self.offices_with(permission)
        return Community.objects.all() if held is None else Community.objects.filter(office__in=held)

    def places(self, permission: str) -> list[Community]:
        """Return the same communities with their offices, by name; read once while they stand."""
        held = self.offices_with(permission)
        return communities_at(None if held is None else tuple(held))

    def within(self, permission: str, community: str = "community") -> Q:
        """Return the condition that a row's ``community`` is one in which a permission is held.

        Where the row's community is read as well it costs nothing more; a list of communities is looked up for each row.
        """
        held = self.offices_with(permission)
        return Q() if held is None else Q(**{f"{community}__office__in": held})

    def offices_with(self, permission: str) -> list[UUID] | None:
        """Return the offices at which a permission is held; None: at every one, by a post of the company."""
        if permission in permissions_of(self.offices.get(None, frozenset())):
            return None
        return [
            office for office, roles in self.offices.items() if office and permission in permissions_of(roles)
        ]

    def by_post(self, *, role: str = "role", office: str = "office") -> Q:
        """Return the condition that a row's ``role`` is one this person holds at its ``office``, or for the whole company.

        Offices where the same roles are held are asked for together: one condition each would have no index.
        """
        held = Q(**{f"{role}__in": self.offices.get(None, frozenset())})
        together: dict[frozenset[str], list[UUID]] = {}
        for at, roles in self.offices.items():
            if at is not None:
                together.setdefault(roles, []).append(at)
        for roles, offices in together.items():
            held |= Q(**{f"{role}__in": sorted(roles), f"{office}__in": offices})
        return held

    def act(self, *, now: datetime, at: datetime | None = None, proof: Proof = Proof.WORD) -> Act:
        """Return an act of this person: entered ``now``, happened ``at`` (now where nothing is said)."""
        return Act(actor=self.key, at=at or now, recorded_at=now, proof=proof)


@dataclass(frozen=True)
class Integration(Actor):
    """Another system that acts by its token: never a person, and only in the communities of the token.

    `staff_id` is the token's id; no member of staff has it, so nothing is this actor's own.

    Attributes:
        community_ids: where it may act; None: everywhere.
    """

    community_ids: frozenset[UUID] | None = None

    @property
    def key(self) -> str:
        return f"{INTEGRATION}{self.staff_id}"

    def communities(self, permission: str) -> QuerySet[Community]:
        """Return the communities of the token, if its role holds the permission."""
        rows = super().communities(permission)
        return rows if self.community_ids is None else rows.filter(id__in=self.community_ids)

    def places(self, permission: str) -> list[Community]:
        """Return the communities of the token, if its role holds the permission."""
        ours = self.community_ids
        return [each for each in super().places(permission) if ours is None or each.id in ours]

    def within(self, permission: str, community: str = "community") -> Q:
        """Return the condition that a row's ``community`` is one of the token's, if its role holds the permission."""
        held = super().within(permission, community)
        return held if self.community_ids is None else held & Q(**{f"{community}__in": self.community_ids})


INTEGRATION = "integration:"
"""What the keys of such actors begin with."""


def actor_of(account: Account, *, today: date) -> Actor:
    """Return the actor behind an account, with the posts held on a day."""
    staff = account.staff
    offices: dict[UUID | None, frozenset[str]] = {}
    for office_id, role in _posts(staff.id, today):
        offices[office_id] = offices.get(office_id, frozenset()) | {role}
    return Actor(staff.id, staff.name, account.login, offices)


@kept_while_standing
def _posts(staff: UUID, on: date) -> tuple[tuple[UUID | None, str], ...]:
    held = Post.objects.filter(in_force(on), staff=staff)
    return tuple(held.values_list("office_id", "role"))


def actor_by_key(key: str, *, now: datetime) -> Actor | None:
    """Return the member of staff whose key an entry bears; None for anybody else, and who has no account."""
    if not key.startswith("staff:"):
        return None
    account = Account.objects.select_related("staff").filter(staff=UUID(key.removeprefix("staff:"))).first()
    return actor_of(account, today=office_day(now)) if account else None


def actor_by_login(login: str, *, now: datetime) -> Actor:
    """Return the actor who logs in as ``login``.

    Raises:
        RuleViolation: ``access.unknown_login``.
    """
    account = Account.objects.select_related("staff").filter(login=login, is_active=True).first()
    if account is None:
        raise RuleViolation("access.unknown_login", login=login)
    return actor_of(account, today=office_day(now))
