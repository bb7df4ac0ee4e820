"""What would move, what moved, what waits for a second person, and who that can be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from hemu.access.actors import Actor
from hemu.access.queries_kept import kept_from
from hemu.access.roles import PERMISSIONS_OF
from hemu.adjusting.models import RuleProposal
from hemu.adjusting.rules import clauses_moved
from hemu.duties.models import DueMoved, Duty, RulesChange
from hemu.duties.operations.retiming import Retiming
from hemu.estate.models import Office, Post, ProfileValue
from hemu.estate.queries import Proposed, office_rules, rules_if
from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.terms import in_force
from hemu.sop.profiles import Profile, Settings

MOST = 5_000
"""Duties looked at to say beforehand what would move; the nearest ones first."""
SHOWN = 20
CONFIRMERS = frozenset(role for role, held in PERMISSIONS_OF.items() if "rules.change" in held)


@dataclass(frozen=True)
class Move:
    """A duty and the due time that it would have, or has."""

    duty: Duty
    was: datetime
    due_at: datetime


@dataclass(frozen=True)
class Preview:
    """What would move: how many, the first of them; `more`: there are more open duties than were looked at."""

    count: int
    first: list[Move]
    more: bool


def would_move(proposed: Proposed, *, now: datetime, hidden: Collection[str] = ()) -> Preview:
    """Return the open duties that a change would move, the one due next first; at most 5,000 are looked at.

    Args:
        hidden: subjects kept from who asks.
    """
    clauses = clauses_moved(proposed.key) if proposed.key else None
    if clauses is not None and not clauses:
        return Preview(0, [], more=False)
    rows = Duty.objects.filter(state=Duty.State.OPEN, due_at__gt=now, late_at__isnull=True)
    if hidden:
        rows = rows.exclude(subject__in=hidden)
    if proposed.office:
        rows = rows.filter(office=proposed.office)
    if proposed.key:  # a duty is judged by the version of the day on which it began
        begins = datetime.combine(proposed.since, datetime.min.time(), OFFICE_ZONE)
        rows = rows.filter(start_at__gte=begins)
    if clauses is not None:
        rows = rows.filter(clause__in=clauses)
    found = list(rows.order_by("due_at", "id")[: MOST + 1])
    moves = _moves(found[:MOST], proposed, now)
    return Preview(len(moves), moves[:SHOWN], more=len(found) > MOST)


def _moves(duties: list[Duty], proposed: Proposed, now: datetime) -> list[Move]:
    offices = Office.objects.in_bulk({each.office_id for each in duties})
    rules = rules_if(offices.values(), proposed)
    by_office = {
        number: Retiming(lambda start, office=office: rules(office, start), now)  # type: ignore[misc]
        for number, office in offices.items()
    }
    moves: list[Move] = []
    for duty in duties:
        times = by_office[duty.office_id].moved(duty)
        if times and times.due_at and duty.due_at and times.due_at != duty.due_at:
            moves.append(Move(duty, duty.due_at, times.due_at))
    return moves


def moved_by(stamp: UUID | None, actor: Actor) -> QuerySet[DueMoved]:
    """Return what a change moved at the offices whose duties somebody sees, in the order in which it was found."""
    if stamp is None:
        return DueMoved.objects.none()
    rows = DueMoved.objects.filter(stamp=stamp).select_related("duty", "duty__staff").order_by("id")
    rows = rows.exclude(duty__subject__in=kept_from(actor.staff_id))
    offices = actor.offices_with("duty.view")
    return rows if offices is None else rows.filter(office__in=offices)


def change_of(stamp: UUID, actor: Actor) -> RulesChange | None:
    """Return the act behind a stamp, if it touches an office whose duties somebody sees."""
    rows = RulesChange.objects.filter(stamp=stamp).select_related("office")
    offices = actor.offices_with("duty.view")
    return (rows if offices is None else rows.filter(Q(office__in=offices) | Q(office=None))).first()


def proposals_for(actor: Actor, office: Office | None) -> QuerySet[RuleProposal]:
    """Return what was proposed for an office (none: the company), the newest first, where one may change rules."""
    rows = proposals_of(actor).filter(office=office)
    return rows.order_by("-id")


def proposals_of(actor: Actor) -> QuerySet[RuleProposal]:
    """Return the proposals of the offices at which somebody may change rules; the company's by a post of it alone."""
    rows = RuleProposal.objects.select_related("office")
    offices = actor.offices_with("rules.change")
    return rows if offices is None else rows.filter(office__in=offices)


def others(office: Office | None, *, without: UUID | None, on: date) -> tuple[bool, bool]:
    """Tell whether somebody else may confirm a change on a day: at the office, and at the company."""
    held = Post.objects.filter(in_force(on), role__in=CONFIRMERS)
    held = held.filter(
        Q(staff__left_on__isnull=True) | Q(staff__left_on__gt=on), staff__account__is_active=True
    )
    held = held.filter(Q(office=office) | Q(office__isnull=True)) if office else held.filter(office=None)
    places = set(held.exclude(staff=without).values_list("office_id", flat=True))
    return bool(office and office.id in places), None in places


def settings_on(office: Office | None, on: datetime) -> Settings:
    """Return what holds at an office on a day; of the company, what it says itself."""
    if office is not None:
        return office_rules(office, on=on).settings
    said: dict[date, dict[str, object]] = {}
    for since, key, value in ProfileValue.objects.filter(office=None).values_list("since", "key", "value"):
        said.setdefault(since, {})[key] = value
    return Profile(overrides=said).on(on.astimezone(OFFICE_ZONE).date())
