"""What the back-planner works with: the numbers in force at an office, what is done already, the duties of a period."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import QuerySet

from hemu.duties.models import Duty
from hemu.estate.models import Community
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.foundation.periods import period_of
from hemu.infra.moments import office_day
from hemu.meetings.models import Meeting
from hemu.meetings.rules import EVERY, PERIODIC, State, next_at_latest
from hemu.meetings.rules_planning import COUNTED, Numbers, Plan, What, plan
from hemu.sop.register import load_register


def numbers_of(community: Community, *, on: datetime) -> Numbers:
    """Return what the clauses count at the office of a community on a day (its own numbers win over the register's)."""
    rules = office_rules(community.office, on=on)
    register = load_register()
    dues = {each: rules.settings.due_rule(register.clause(each)) for each in COUNTED}
    return Numbers({clause: due for clause, due in dues.items() if due is not None}, rules.time)


def plan_for(community: Community, day: date, *, kind: str, now: datetime) -> Plan:
    """Return the way to a meeting of a community on a day, as it stands now.

    Raises:
        RuleViolation: ``meeting.in_past``, ``meeting.too_far``.
    """
    return plan(day, today=office_day(now), numbers=numbers_of(community, on=now), kind=kind)


def plan_of(meeting: Meeting, *, now: datetime) -> Plan | None:
    """Return the way to a planned meeting with what is done already; None once its day has passed or it is over."""
    if meeting.state not in (State.PLANNED, State.ASKED):
        return None
    numbers = numbers_of(meeting.community, on=now)
    try:
        return plan(
            office_day(meeting.starts_at),
            today=office_day(now),
            numbers=numbers,
            kind=meeting.kind,
            done=_done(meeting),
        )
    except RuleViolation:
        return None


def _done(meeting: Meeting) -> Mapping[What, date]:
    done: dict[What, date] = {}
    if meeting.agenda and meeting.agenda.approved_on:
        done |= dict.fromkeys((What.REPORTS, What.APPROVAL), meeting.agenda.approved_on)
    if meeting.told_at:
        done[What.NOTICE] = office_day(meeting.told_at)
    if meeting.collected_at:
        done[What.OPINIONS] = office_day(meeting.collected_at)
    invited = [each.invited_at for each in meeting.attendances.all() if each.invited_at]
    if invited:
        done[What.INVITATIONS] = office_day(max(invited))
    return done


def opinions_until(meeting: Meeting, *, on: datetime) -> date | None:
    """Return the last day on which owners may write about a meeting's topics; None before they are told."""
    if meeting.told_at is None:
        return None
    return numbers_of(meeting.community, on=on).day("OC-17", office_day(meeting.told_at))


def next_meeting_at(meeting: Meeting, *, now: datetime) -> datetime:
    """Return when what came of a meeting is to be reported back: at the next one planned, else by the quarter's end."""
    rows = Meeting.objects.filter(
        community=meeting.community_id,
        state__in=(State.PLANNED, State.ASKED),
        starts_at__gt=meeting.starts_at,
    )
    planned = rows.exclude(id=meeting.id).order_by("starts_at").values_list("starts_at", flat=True).first()
    return planned or next_at_latest(meeting.starts_at, office_rules(meeting.community.office, on=now).time)


def periodic_duties(meeting: Meeting) -> QuerySet[Duty]:
    """Return the duties of the period for which a meeting counts."""
    time = office_rules(meeting.community.office, on=meeting.first_starts_at).time
    period = period_of(EVERY[meeting.kind], meeting.first_starts_at, time)
    clauses = [clause for clause, kind in PERIODIC.items() if kind == meeting.kind]
    return Duty.objects.filter(
        subject=period_subject(meeting.community, period.key), clause__in=clauses
    ).select_related("office")


def period_subject(community: Community, period: str) -> str:
    """Return the subject on which the duty of a meeting in a period lies."""
    return f"meetings:{community.id.hex}:{period}"
