"""Who owes a duty on a day: the post's holders, or those who stand in for them while they are away."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from hemu.access.actors import Actor
from hemu.duties.models import Duty
from hemu.estate.models import Office, Post
from hemu.estate.queries import holders
from hemu.infra.terms import in_force
from hemu.infra.transaction import read_once

StandIns = Callable[..., Iterable[tuple[UUID, UUID, UUID | None]]]


@lru_cache(maxsize=1)
def _declared() -> tuple[StandIns, ...]:
    """Return what the rooms above declare in `reactions.py` as ``STAND_INS``: who is away, and who stands in."""
    found: list[StandIns] = []
    for room in apps.get_app_configs():
        if room.name.startswith("hemu.") and find_spec(f"{room.name}.reactions"):
            found.extend(getattr(import_module(f"{room.name}.reactions"), "STAND_INS", ()))
    return tuple(found)


def away_from(office: Office | UUID, *, on: date) -> Mapping[UUID, UUID | None]:
    """Return who is away from an office on a day → who stands in; None where nobody does."""
    office_id = office if isinstance(office, UUID) else office.id

    def read() -> dict[UUID, UUID | None]:
        rows = (row for each in _declared() for row in each(office=office_id, on=on))
        return {staff: to for _office, staff, to in rows}

    return read_once(("away_from", office_id, on), read)


def stood_in_for(actor: Actor, *, on: date) -> Q | None:
    """Return the condition for duties that somebody owes on a day because they stand in for others; None for nobody."""
    rows = [row for each in _declared() for row in each(to=actor.staff_id, on=on)]
    if not rows:
        return None
    found = Q()
    for office, staff, _to in rows:
        held = _held_at(office, on).filter(staff=staff).values_list("role", flat=True)
        found |= Q(office=office, staff=staff) | Q(office=office, staff__isnull=True, role__in=set(held))
    return found


def _held_at(office: UUID, on: date) -> QuerySet[Post]:
    """Return the posts that count at an office on a day, of those who have not left."""
    held = Post.objects.filter(in_force(on))
    held = held.filter(Q(staff__left_on__isnull=True) | Q(staff__left_on__gt=on))
    return held.filter(Q(office=office) | Q(office__isnull=True))


def present(people: Iterable[UUID], office: Office, *, on: date) -> list[UUID]:
    """Return these people, those who are away replaced by who stands in for them.

    Who is away without anybody standing in is left out; where that would leave nobody, they stay: somebody has to
    hear of it.
    """
    asked, away = list(people), away_from(office, on=on)
    here = [away.get(each, each) for each in asked]
    found = list(dict.fromkeys(each for each in here if each is not None and each not in away))
    return found or list(dict.fromkeys(each for each in here if each is not None)) or asked


def owers_of(duty: Duty, *, on: date) -> list[UUID]:
    """Return who owes a duty on a day.

    A duty of one person's post goes to the others who hold the post once that person holds it no more (a change of
    post, or leaving), and to who stands in while they are away.
    """
    if duty.staff_id and _still_holds(duty, on):
        return present([duty.staff_id], duty.office, on=on)
    return present(holders(duty.role, duty.office, on=on), duty.office, on=on)


def _still_holds(duty: Duty, on: date) -> bool:
    """Tell whether the person a duty lies with still has the post; of a case somebody has in hand it always holds."""
    if duty.trigger is not None:
        return True
    return _held_at(duty.office_id, on).filter(staff=duty.staff_id, role=duty.role).exists()


class Owing:
    """What somebody owes on a day: their own, their posts', and that of those for whom they stand in.

    Each office is asked once, however many duties are looked at.
    """

    def __init__(self, actor: Actor, *, on: date) -> None:
        self.actor, self.on = actor, on
        self._known: dict[UUID, _Standing] = {}

    def owes(self, duty: Duty) -> bool:
        """Tell whether a duty is theirs to do."""
        here = self._at(duty.office_id)
        if duty.staff_id and (duty.trigger is not None or (duty.staff_id, duty.role) in here.held):
            return here.away.get(duty.staff_id, duty.staff_id) == self.actor.staff_id
        return duty.role in here.roles

    def roles_at(self, office: UUID) -> frozenset[str]:
        """Return the roles whose duties they owe at an office."""
        return self._at(office).roles

    def _at(self, office: UUID) -> "_Standing":
        if office not in self._known:
            away, held = away_from(office, on=self.on), self._held(office)
            others = {staff for staff, to in away.items() if to == self.actor.staff_id}
            roles = frozenset(role for staff, role in held if staff in others)
            self._known[office] = _Standing(away, held, self.actor.roles_at(office) | roles)
        return self._known[office]

    def _held(self, office: UUID) -> frozenset[tuple[UUID, str]]:
        return frozenset(_held_at(office, self.on).values_list("staff_id", "role"))


@dataclass(frozen=True)
class _Standing:
    """Who is away from an office, who holds which post there, and the roles that somebody owes there."""

    away: Mapping[UUID, UUID | None]
    held: frozenset[tuple[UUID, str]]
    roles: frozenset[str]
