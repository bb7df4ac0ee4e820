"""Who calls: homes and their people by a room, a part of a phone number, a name or its pinyin initials."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from hemu.estate.models import Community, Home, Person, Phone, Tie
from hemu.estate.roster.rooms import read_room
from hemu.foundation.errors import RuleViolation
from hemu.infra.prefix import LastFour

LEAST_DIGITS = 4
LEAST_LETTERS = 2
WHOLE_NUMBER_DIGITS, MOST_DIGITS = 7, 20
CANDIDATES = 500
"""More people than this whose name begins alike are not told apart: one letter more is asked for."""


@dataclass(frozen=True)
class Found:
    """One who may be meant: a home, and with it a person bound to it, or nobody in particular."""

    home: Home
    person: Person | None = None
    kind: str = ""


def phone_as_said(words: str) -> str:
    """Return the digits of words that are a whole phone number (7 to 20 digits) and nothing else; else ""."""
    digits = _digits(words)
    return digits if WHOLE_NUMBER_DIGITS <= len(digits) <= MOST_DIGITS else ""


def callers_like(
    communities: QuerySet[Community], words: str, *, on: date, limit: int, within: Community | None = None
) -> tuple[list[Found], bool]:
    """Return who may be meant, at most ``limit``, and whether there are more.

    A room stands first, then the people of the home it names, then people by phone (4 digits or more, its
    beginning, its end, or any part of it in the community ``within``), by name and by initials (2 or more).

    Args:
        communities: those in reach; nobody of another one is found.
        on: the day on which a person must be bound to the home.
        within: one of them, whose rooms stand first and whose name may stand before a room.
    """
    words = words.strip()
    found = _by_room(communities, words, within, on, limit + 1)
    people = _candidates(words, within) if len(found) <= limit else []
    ties = Tie.objects.filter(_bound(on), person__in=people[:CANDIDATES], home__community__in=communities)
    ties = ties.order_by("home__community", "home__written", "person__name", "id")[: limit + 1]
    found += _with_person(ties) if people else []
    return found[:limit], len(found) > limit or len(people) > CANDIDATES or len(words) < LEAST_LETTERS


def _by_room(
    communities: QuerySet[Community], words: str, within: Community | None, on: date, limit: int
) -> list[Found]:
    here_first = Case(When(community=within, then=0), default=1)
    homes = Home.objects.filter(community__in=communities).select_related("community")
    homes = homes.order_by(here_first, "community", "written")
    try:
        read = read_room(words, community=within.name if within else "")
    except RuleViolation:
        named = words[:1].isdigit() and not words.isdigit()
        rows = homes.filter(written__begins=words)[:limit] if named else []
        return [Found(home) for home in rows]
    exact = list(homes.filter(written=read.written)[:limit])
    begun = Q(written__begins=f"{read.written}-")  # 1-2- on its way to 1-2-301
    alike = homes.filter(Q(room=read.room) | begun).exclude(written=read.written)
    if read.building:
        alike = alike.filter(building=read.building)
    if read.unit:
        alike = alike.filter(unit=read.unit)
    people = _with_person(Tie.objects.filter(_bound(on), home__in=exact)) if len(exact) == 1 else []
    return [Found(home) for home in exact] + people + [Found(home) for home in alike[: limit - len(exact)]]


def _candidates(words: str, within: Community | None) -> list[UUID]:
    if digits := _digits(words):
        return _by_phone(digits, within) if len(digits) >= LEAST_DIGITS else []
    if len(words) < LEAST_LETTERS or any(sign.isdigit() for sign in words):
        return []
    initials = Q(initials__begins=words.lower()) if words.isascii() else Q()
    rows = Person.objects.filter(initials | Q(name__begins=words) if initials else Q(name__begins=words))
    return list(rows.values_list("id", flat=True)[: CANDIDATES + 1])


def _by_phone(digits: str, within: Community | None) -> list[UUID]:
    ends = Q(last_four=digits[-4:], number__endswith=digits)
    rows = Phone.objects.alias(last_four=LastFour("number")).filter(Q(number__begins=digits) | ends)
    people = list(rows.values_list("person_id", flat=True)[: CANDIDATES + 1])
    if people or within is None:
        return people
    # No index knows the middle of a number: it is looked for among the phones of this one community.
    inside = Phone.objects.filter(number__contains=digits, person__ties__home__community=within)
    return list(inside.values_list("person_id", flat=True).distinct()[: CANDIDATES + 1])


def _with_person(ties: QuerySet[Tie]) -> list[Found]:
    rows = ties.select_related("person", "home__community").prefetch_related("person__phones")
    return [Found(tie.home, tie.person, tie.kind) for tie in rows]


def _bound(on: date) -> Q:
    return Q(until__isnull=True) | Q(until__gte=on)


def _digits(words: str) -> str:
    plain = words.replace(" ", "").replace("-", "").removeprefix("+86")
    return plain if plain.isascii() and plain.isdigit() and not _is_dashed_room(words) else ""


def _is_dashed_room(words: str) -> bool:
    """Tell ``3-2-1201`` from ``0755-2600 1234``: what is read as a room has short parts."""
    parts = words.strip().split("-")
    return len(parts) > 1 and all(len(part) <= 4 for part in parts) and len("".join(parts)) < 10
