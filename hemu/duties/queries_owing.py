"""Who owes a duty on a day: the post's holders, or those who stand in for them while they are away."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from hemu.access.actors import Actor
from hemu.duties.models import Duty
from hemu.estate.models import Office, Post
from hemu.estate.queries import holders
from hemu.infra.transaction import read_once

StandIns = Callable[..., Mapping[UUID, UUID | None]]


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
        found: dict[UUID, UUID | None] = {}
        for each in _declared():
            found.update(each(office=office_id, on=on))
        return found

    return read_once(("away_from", office_id, on), read)


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
    held = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=on), staff=duty.staff_id, role=duty.role)
    held = held.filter(Q(office=duty.office_id) | Q(office__isnull=True), since__lte=on)
    return held.filter(Q(staff__left_on__isnull=True) | Q(staff__left_on__gt=on)).exists()


def stood_in_for(actor: Actor, office: UUID, *, on: date) -> set[UUID]:
    """Return for whom somebody stands in at an office on a day."""
    return {staff for staff, to in away_from(office, on=on).items() if to == actor.staff_id}


def roles_owed(actor: Actor, office: UUID, *, on: date) -> frozenset[str]:
    """Return the roles whose duties somebody owes at an office on a day: one's own, and those one stands in for."""
    others = stood_in_for(actor, office, on=on)
    if not others:
        return actor.roles_at(office)
    held = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on, staff__in=others)
    roles = held.filter(Q(office=office) | Q(office__isnull=True)).values_list("role", flat=True)
    return actor.roles_at(office) | frozenset(roles)


def is_mine(duty: Duty, actor: Actor, *, on: date) -> bool:
    """Tell whether a duty is for somebody to do on a day: their own, their post's, or of those they stand in for."""
    if duty.staff_id and duty.staff_id not in away_from(duty.office_id, on=on):
        return duty.staff_id == actor.staff_id
    if duty.staff_id:
        return duty.staff_id in stood_in_for(actor, duty.office_id, on=on)
    return duty.role in roles_owed(actor, duty.office_id, on=on)
