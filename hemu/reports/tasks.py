"""What the worker does for reports: it opens the duty of each report whose time it is, where there is what to report."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from hemu.duties.models import Duty
from hemu.duties.rules import times_of
from hemu.estate.models import Community
from hemu.estate.queries import office_rules
from hemu.foundation.due import Period
from hemu.infra.identity import first_id
from hemu.infra.rounds import Round
from hemu.reports.operations import open_plan, open_report
from hemu.reports.queries import before, period_at
from hemu.reports.rules import (
    CONTACTS,
    MONTHLY,
    MONTHLY_COMPLAINTS,
    REPORTS,
    WEEKLY_COMPLAINTS,
    YEARLY,
    Report,
    is_owed,
)
from hemu.return_visits.models import ReturnVisit
from hemu.service_requests.models import Request
from hemu.service_requests.rules import NOT_YET_DONE

Wanted = Callable[[datetime, datetime], Q]
WEEKEND = timedelta(days=2)


def look_around(now: datetime) -> int:
    """Open what is owed for this month and week, and for those before; the plan in January where visits are done.

    A month's report is owed where something of its kind came in that month; a week's where a complaint or suggestion
    came in from Saturday to Friday, before it was due, or a complaint is still to be done. How many statements it
    takes does not grow with the communities that owe nothing new.
    """
    first = Community.objects.select_related("office").first()
    if first is None:
        return 0
    done = 0
    for report in REPORTS.values():
        this = period_at(first, report.every, now)  # months and weeks are the same everywhere
        last = before(first, report.every, this)
        for period, earlier in ((last, before(first, report.every, last)), (this, last)):
            done += sum(_open(report, period, each, now) for each in _without(report, period, earlier, now))
    this = period_at(first, "month", now)
    if this.first_day.month == 1:
        done += sum(open_plan(each, on=now, now=now) for each in _unplanned(str(this.first_day.year)))
    return done


def _open(report: Report, period: Period, community: Any, now: datetime) -> bool:
    """Open one community's duty of a period, if it is owed; ``watched``: it was owed for the period before."""
    rules = office_rules(community.office, on=period.start)
    clause = next((each.clause for each in rules.clauses if each.clause.id == report.clause), None)
    if clause is None:
        return False
    due = times_of(clause, settings=rules.settings, time=rules.time, start=period.start, facts={}).due_at
    assert due is not None  # every report has a date
    if not is_owed(due_at=due, now=now, ever=community.watched):
        return False
    if report.every == "week" and now > due and not _spoke(community, period, due):
        return False
    return open_report(community, report, period, now=now)


def _without(report: Report, period: Period, earlier: Period, now: datetime) -> QuerySet[Community]:
    """Return the communities with something to report in a period and no duty of it yet."""

    def duty(each: Period) -> Exists:
        key = Concat(Value(f"{report.clause}:"), OuterRef("book_id"), Value(f":{each.key}"))
        return Exists(Duty.objects.filter(key=key))

    wanted = WANTED[report.clause](*_window(report, period, now))
    return (
        Community.objects.filter(wanted)
        .exclude(duty(period))
        .annotate(watched=duty(earlier))
        .select_related("office")
    )


def _window(report: Report, period: Period, until: datetime) -> tuple[datetime, datetime]:
    """Return the time in which something must have come in: of a week, from Saturday to Friday."""
    if report.every == "week":
        return period.start - WEEKEND, min(period.end - WEEKEND, until)
    return period.start, min(period.end, until)


def _came(since: datetime, until: datetime, *types: str) -> Q:
    rows = Request.objects.filter(community=OuterRef("pk"), id__gte=first_id(since), id__lt=first_id(until))
    return Q(Exists(rows.filter(type__in=types) if types else rows))


def _complaints(since: datetime, until: datetime) -> Q:
    """Return the condition that complaints or suggestions came in, or a complaint is still to be done."""
    waiting = Request.objects.filter(
        community=OuterRef("pk"), type="complaint", state__in=sorted(NOT_YET_DONE), id__lt=first_id(until)
    )
    return _came(since, until, "complaint", "suggestion") | Q(Exists(waiting))


def _spoke(community: Community, week: Period, due: datetime) -> bool:
    wanted = _complaints(week.start - WEEKEND, min(due, week.end - WEEKEND))
    return Community.objects.filter(wanted, pk=community.pk).exists()


def _visits(since: datetime, until: datetime) -> Q:
    visits = ReturnVisit.objects.filter(community=OuterRef("pk"), kind="repair")
    return Q(Exists(visits.filter(id__gte=first_id(since), id__lt=first_id(until))))


WANTED: dict[str, Wanted] = {
    CONTACTS: _came,
    WEEKLY_COMPLAINTS: _complaints,
    MONTHLY_COMPLAINTS: lambda since, until: _came(since, until, "complaint"),
    MONTHLY: _visits,
}


def _unplanned(year: str) -> QuerySet[Community]:
    """Return the communities where return visits are done and the year's plan is not owed yet."""
    key = Concat(Value(f"{YEARLY}:"), F("book_id"), Value(f":{year}"))
    visits = Exists(ReturnVisit.objects.filter(community=OuterRef("pk")))
    planned = Exists(Duty.objects.filter(key=OuterRef("plan")))
    return Community.objects.alias(plan=key).filter(visits).exclude(planned).select_related("office")


ROUNDS = (Round("reports", timedelta(minutes=10), look_around),)
