"""Reading what an import compares with, and the imports themselves."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hemu.estate.models import Community, Home, Phone, RosterImport, StagedRow, Tie
from hemu.estate.roster.changes import FIELDS, KnownHome, KnownPerson
from hemu.foundation.errors import RuleViolation
from hemu.infra import troubles

SLICE = 2_000
TROUBLE = "roster"
"""What an import is called among the troubles of the background."""
_PLACE = ("building", "unit", "room", "written")


def known_homes(community: Community) -> list[KnownHome]:
    """Return all homes of a community with the people bound to them now, their numbers in order."""
    people = _people_by_home(community)
    rows = Home.objects.filter(community=community).order_by("id")
    columns = ("id", *_PLACE, *FIELDS, "flags", "imported")
    return [_known(row, people.get(row["id"], ())) for row in rows.values(*columns).iterator(SLICE)]


def _known(row: dict[str, Any], people: Iterable[KnownPerson]) -> KnownHome:
    values = {name: row[name] for name in FIELDS}
    day = values["handed_over_on"]
    values["handed_over_on"] = str(day) if day else None
    return KnownHome(
        row["id"], row["written"], values, tuple(row["flags"]), tuple(people), row["imported"],
        {name: row[name] for name in _PLACE},
    )  # fmt: skip


def _people_by_home(community: Community) -> dict[UUID, list[KnownPerson]]:
    here = {"home__community": community, "until__isnull": True}
    numbers: dict[UUID, list[str]] = defaultdict(list)
    owned = Phone.objects.filter(person__in=Tie.objects.filter(**here).values("person"))
    for person, number in owned.order_by("position", "id").values_list("person", "number").iterator(SLICE):
        numbers[person].append(number)
    people: dict[UUID, list[KnownPerson]] = defaultdict(list)
    ties = Tie.objects.filter(**here).order_by("id")
    columns = ("home", "id", "person", "kind", "person__name", "person__is_company", "since")
    for home, tie, person, kind, name, is_company, since in ties.values_list(*columns).iterator(SLICE):
        phones = tuple(numbers.get(person, ()))
        people[home].append(KnownPerson(tie, person, kind, name, phones, is_company, since))
    return people


def is_parked(row: RosterImport) -> bool:
    """Tell whether an import lost its worker so often that it rests until a person has it tried again."""
    return troubles.is_parked(kind=TROUBLE, key=row.id.hex)


def import_by_id(import_id: UUID, communities: QuerySet[Community]) -> RosterImport:
    """Return an import into one of these communities.

    Raises:
        RuleViolation: ``roster.not_found``.
    """
    rows = RosterImport.objects.select_related("community__book")
    found = rows.filter(id=import_id, community__in=communities).first()
    if found is None:
        raise RuleViolation("roster.not_found")
    return found


def recent_imports(communities: QuerySet[Community], *, limit: int = 10) -> list[RosterImport]:
    """Return the latest imports into these communities."""
    rows = RosterImport.objects.select_related("community").filter(community__in=communities)
    return list(rows.order_by("-started_at")[:limit])


def preview_rows(
    row: RosterImport, section: str, *, start: int = 0, limit: int | None = None
) -> list[object]:
    """Return the lines of one section of an import's preview, from ``start`` (0 is the first)."""
    lines = StagedRow.objects.filter(roster_import=row, section=section).order_by("position")
    stop = None if limit is None else start + limit
    return list(lines.values_list("payload", flat=True)[start:stop])


def running_imports() -> int:
    """Return how many rosters are being read or written, or wait for that."""
    working = (RosterImport.State.READING, RosterImport.State.WRITING)
    return RosterImport.objects.filter(state__in=working)[:1_000].count()
