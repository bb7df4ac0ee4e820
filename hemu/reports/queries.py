"""The periods of reports, what they count, and what was published and planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hemu.access.actors import Actor
from hemu.duties.models import Duty
from hemu.estate.models import Community
from hemu.estate.queries import office_rules
from hemu.foundation.due import Period, period_of
from hemu.infra.moments import OFFICE_ZONE, parse_moment
from hemu.ledger.models import Entry
from hemu.reports.queries_complaints import has_cause, monthly_figures, unexplained, weekly_figures
from hemu.reports.queries_contacts import contact_figures
from hemu.reports.queries_visits import visit_figures
from hemu.reports.rules import CONTACTS, MONTHLY, REPORTS, WEEKLY_COMPLAINTS, Report, rising, subject_of

MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class Counted:
    """What a report's figures are, and the time whose entries they count."""

    since: datetime
    until: datetime
    figures: dict[str, Any]


@dataclass(frozen=True)
class Standing:
    """How a report of a period stands: owed (``duty``) or not, published or not."""

    report: Report
    period: Period
    duty: Duty | None
    published: Entry | None


def period_at(community: Community, every: str, moment: datetime) -> Period:
    """Return the month or week of a moment at the community's office."""
    return period_of(every, moment, office_rules(community.office, on=moment).time)


def before(community: Community, every: str, period: Period) -> Period:
    """Return the period before."""
    return period_at(community, every, period.start - MOMENT)


def period_named(community: Community, every: str, key: str) -> Period | None:
    """Return the period of a key, ``2026-10`` or ``2026-W47``; None where it names none from 2000 to 2199."""
    try:
        if every == "week":
            year, week = key.split("-W")
            day = date.fromisocalendar(int(year), int(week), 1)
        else:
            day = date.fromisoformat(f"{key}-01")
    except (ValueError, OverflowError):
        return None
    if not 2000 < day.year < 2200:
        return None
    return period_at(community, every, datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE))


def usual_period(community: Community, every: str, *, now: datetime) -> Period:
    """Return the period that one reports on: last month, this week."""
    this = period_at(community, every, now)
    return this if every == "week" else before(community, every, this)


def count(report: Report, community: Community, period: Period, *, now: datetime) -> Counted:
    """Return a report's figures as they stand now, with those of the month before beside them."""
    if report.clause == WEEKLY_COMPLAINTS:
        since, until = week_bounds(report, community, period, now=now)
        return Counted(since, until, weekly_figures(community, since, until, now=now))
    if report.clause == MONTHLY:
        return Counted(period.start, period.end, visit_figures(community, period).plain())
    last = before(community, "month", period)
    tally = contact_figures if report.clause == CONTACTS else monthly_figures
    figures, earlier = tally(community, period), tally(community, last)
    return Counted(period.start, period.end, {**figures, **_trend(figures, earlier)})


def _trend(figures: Mapping[str, Any], earlier: Mapping[str, Any]) -> dict[str, Any]:
    warn = {
        name: found
        for name in ("by_trade", "by_building", "complaints_by_trade", "complaints_by_building")
        if name in figures and (found := rising(figures[name], earlier[name]))
    }
    return {"rising": warn, "before": {name: value for name, value in earlier.items() if name != "worst"}}


def week_bounds(
    report: Report, community: Community, week: Period, *, now: datetime
) -> tuple[datetime, datetime]:
    """Return from when to when a week's report counts: from the report before, so that nothing falls between two."""
    last = published(report.clause, community, before(community, "week", week).key)
    said = last[-1].facts.get("until") if last else None
    return parse_moment(said) if said else week.start, min(now, week.end)


def without_cause(actor: Actor, community: Community, *, until: datetime, now: datetime) -> list[str]:
    """Return the numbers of the late complaints, seen by this person, of which no stock-take has named the cause."""
    found = unexplained(actor, community, until=until, now=now)
    return [case.number for case, finding in found if not has_cause(finding)]


def published(clause: str, community: Community, period: str) -> list[Entry]:
    """Return what was published or approved for a period, in the order of the book, with the words."""
    subject = subject_of(clause, community.id.hex, period)
    rows = Entry.objects.filter(subject=subject, kind__in=("report.published", "plan.approved"))
    return list(rows.select_related("words_row").order_by("seq"))


def standings(community: Community, *, now: datetime) -> list[Standing]:
    """Return how each report of the period before and of this one stands, in a fixed number of statements."""
    periods = []
    for report in REPORTS.values():
        this = period_at(community, report.every, now)
        periods += [(report, this), (report, before(community, report.every, this))]
    subjects = [subject_of(report.clause, community.id.hex, period.key) for report, period in periods]
    duties = {each.subject: each for each in Duty.objects.filter(subject__in=subjects)}
    entries = {
        each.subject: each
        for each in Entry.objects.filter(subject__in=subjects, kind="report.published").order_by("seq")
    }
    return [
        Standing(report, period, duties.get(subject), entries.get(subject))
        for (report, period), subject in zip(periods, subjects, strict=True)
    ]
