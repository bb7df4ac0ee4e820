"""What is watched where: the clauses of a community by package, the duties of one clause in a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from hemu.duties.models import Duty
from hemu.duties.queries import is_by_hand, is_watched, stands_late
from hemu.estate.models import Community, CommunityFact
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
class Year:
    """What became of one clause's duties: how many there were, in time, late, still open, and excused."""

    duties: list[Duty]
    in_time: int
    late: int
    open: int
    excused: int


def year_of(clause: str, community: Community, *, since: datetime, now: datetime) -> Year:
    """Return a clause's duties at a community that were due since ``since``, the latest 100 first, void ones left out."""
    rows = Duty.objects.filter(
        Q(book=community.book_id) | Q(book=community.office.book_id), clause=clause, start_at__gte=since
    ).exclude(state=Duty.State.VOID)
    found = list(rows.filter(start_at__lte=now).select_related("staff").order_by("-start_at")[:SHOWN])
    late = [each for each in found if stands_late(each, now)]
    ended = [each for each in found if each.state == Duty.State.FULFILLED]
    in_time = sum(not each.is_late for each in ended)
    excused = sum(each.state == Duty.State.EXCUSED for each in found)
    return Year(found, in_time, len(late), len(found) - len(ended) - excused, excused)
