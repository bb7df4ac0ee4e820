"""What is watched where: the clauses of a community by package, the duties of one clause in a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from hemu.access.actors import Actor
from hemu.access.queries_kept import kept_from
from hemu.duties.models import Duty
from hemu.duties.queries import is_by_hand, is_watched, stands_late
from hemu.estate.models import ClauseSwitch, Community, CommunityFact, ProfileValue
from hemu.estate.queries import office_rules
from hemu.sop.profiles import facts_needed
from hemu.sop.register import Clause
from hemu.sop.watching import PACKAGES, Watching, package_of

SHOWN = 100


@dataclass(frozen=True)
class Watched:
    """One clause as a community stands to it on a day."""

    clause: Clause
    by_hand: bool
    watched: bool
    said: bool
    """Whether somebody switched it; otherwise what rooms keep by themselves is on."""
    lacks: tuple[str, ...]
    """The facts for want of which it does not apply."""


def clauses_by_package(community: Community, *, now: datetime) -> dict[str, list[Watched]]:
    """Return the clauses in force at a community's office that can open a duty, by package, in the register's order."""
    rules = office_rules(community.office, on=now)
    watching = rules.watching.get(community.book_id, Watching())
    known = {each.what for each in watching.facts if each.on}
    found: dict[str, list[Watched]] = {name: [] for name in PACKAGES}
    for clause in (each.clause for each in rules.clauses):
        if not (clause.every or clause.trigger):
            continue
        found[package_of(clause.id)].append(
            Watched(
                clause=clause,
                by_hand=is_by_hand(clause.id),
                watched=is_watched(clause.id, rules=rules, book_id=community.book_id),
                said=watching.says(clause.id, rules.day) is not None,
                lacks=()
                if watching.applies(clause.id, rules.day)
                else tuple(sorted(facts_needed(clause.id) - known) or facts_needed(clause.id)),
            )
        )
    return found


def facts_waiting(communities: Sequence[Community]) -> list[CommunityFact]:
    """Return what was said of communities and waits for a second person, the oldest first."""
    rows = CommunityFact.objects.filter(community__in=communities, confirmed_by="")
    return list(rows.select_related("community").order_by("id"))


@dataclass(frozen=True)
class Version:
    """What holds of a clause from a day on: its own due time (``due``, as the register writes it), or on and off."""

    since: date
    due: str = ""
    on: bool | None = None
    company: bool = False
    """Whether it was said for all offices."""


def versions_of(clause: str, community: Community) -> list[Version]:
    """Return what was said of a clause at a community, the newest day first; what was never said stands in the register.

    Statements: two.
    """
    values = ProfileValue.objects.filter(
        Q(office=community.office_id) | Q(office__isnull=True),
        Q(key=clause) | Q(key__startswith=f"{clause}["),
    )
    switches = ClauseSwitch.objects.filter(community=community, what__in=(clause, package_of(clause)))
    found = [Version(each.since, due=str(each.value), company=each.office_id is None) for each in values]
    found += [Version(each.since, on=each.on) for each in switches]
    return sorted(found, key=lambda each: each.since, reverse=True)


@dataclass(frozen=True)
class Year:
    """What became of one clause's duties: how many there were, in time, late, still open, and excused."""

    duties: list[Duty]
    in_time: int
    late: int
    open: int
    excused: int


def year_of(clause: str, community: Community, *, since: datetime, now: datetime, actor: Actor) -> Year:
    """Return a clause's duties at a community that were due since ``since``, the latest 100 first, void ones left out.

    What is kept from this person is neither listed nor counted.
    """
    rows = Duty.objects.filter(
        Q(book=community.book_id) | Q(book=community.office.book_id), clause=clause, start_at__gte=since
    ).exclude(state=Duty.State.VOID)
    rows = rows.exclude(subject__in=kept_from(actor.staff_id))
    found = list(rows.filter(start_at__lte=now).select_related("staff").order_by("-start_at")[:SHOWN])
    late = [each for each in found if stands_late(each, now)]
    ended = [each for each in found if each.state == Duty.State.FULFILLED]
    in_time = sum(not each.is_late for each in ended)
    excused = sum(each.state == Duty.State.EXCUSED for each in found)
    return Year(found, in_time, len(late), len(found) - len(ended) - excused, excused)
