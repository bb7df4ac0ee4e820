"""The company's layout as nearly every page asks for it: read once in a process while it stands (`hemu.infra.standing`)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from hemu.estate.models import Community, Department, Office
from hemu.infra.standing import kept_while_standing


def communities_at(offices: Collection[UUID] | None) -> list[Community]:
    """Return the communities of these offices (None: of the whole company) with their offices, by name.

    The rows are the caller's own; those of one office share it.
    """
    found, at = [], dict[UUID, Office]()
    for own, office in _communities(None if offices is None else tuple(offices)):
        community = Community.from_db("default", COMMUNITY, own)
        if community.office_id not in at:
            at[community.office_id] = Office.from_db("default", OFFICE, office)
        community.office = at[community.office_id]
        found.append(community)
    return found


COMMUNITY = [field.attname for field in Community._meta.concrete_fields]
OFFICE = [field.attname for field in Office._meta.concrete_fields]


@kept_while_standing
def _communities(offices: tuple[UUID, ...] | None) -> tuple[tuple[tuple[Any, ...], tuple[Any, ...]], ...]:
    rows = Community.objects.order_by("name")
    rows = rows if offices is None else rows.filter(office__in=offices)
    values = rows.values_list(*COMMUNITY, *(f"office__{name}" for name in OFFICE))
    return tuple((row[: len(COMMUNITY)], row[len(COMMUNITY) :]) for row in values)


@kept_while_standing
def office_name(office: UUID) -> str:
    """Return the name of an office."""
    return str(Office.objects.values_list("name", flat=True).get(id=office))


def department_names(offices: Collection[UUID]) -> list[str]:
    """Return the names of the departments of these offices, each once, in order."""
    return list(_department_names(tuple(sorted(offices))))


@kept_while_standing
def _department_names(offices: tuple[UUID, ...]) -> tuple[str, ...]:
    rows = Department.objects.filter(office__in=offices).order_by("name")
    return tuple(rows.values_list("name", flat=True).distinct())
