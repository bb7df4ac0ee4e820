"""Publishing an office's reports and approving the year's plan: each fulfils its duty."""

from datetime import datetime, timedelta

from hemu.access.actors import Actor
from hemu.duties.operations import open_period
from hemu.estate.models import Community
from hemu.estate.queries import holders
from hemu.foundation.due import Period
from hemu.infra.moments import iso_utc, office_day
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.messaging.operations import tell
from hemu.reports.queries import count, period_at, without_cause
from hemu.reports.rules import (
    PLAN_KIND,
    WEEKLY_COMPLAINTS,
    YEARLY,
    Report,
    check_causes,
    check_time,
    check_words,
    subject_of,
)


@operation
def publish_report(
    *,
    report: Report,
    community: Community,
    on: datetime,
    by: Actor,
    act: Act,
    words: str,
    measures: str = "",
) -> Entry:
    """Publish a report: the figures as they are counted now are frozen in its entry; those it is for are told.

    Args:
        on: any moment of the month, which must be over, or of the week, which must have begun.
        words: the analysis, by a person.
        measures: what is done about it, where the report asks for that (RQ-24, RQ-25).

    Raises:
        RuleViolation: ``access.denied``, ``report.no_words``, ``report.no_measures``, ``report.too_long``,
            ``report.not_over``, ``report.not_begun``, ``report.late_without_cause``.
    """
    by.require("report.publish", community.office_id)
    said = {"text": check_words(words)}
    if "measures" in report.asks:
        said["measures"] = check_words(measures, empty="report.no_measures")
    now, period = act.recorded_at, period_at(community, report.every, on)
    check_time(report.every, starts_at=period.start, ends_at=period.end, now=now)
    if report.clause == WEEKLY_COMPLAINTS:
        check_causes(without_cause(by, community, until=min(now, period.end), now=now))
    open_report(community, report, period, now=now)
    counted = count(report, community, period, now=now)
    entry = append(
        book=community.book_id,
        kind="report.published",
        subject=subject_of(report.clause, community.id.hex, period.key),
        act=act,
        clause=report.clause,
        facts={
            "kind": report.kind,
            "period": period.key,
            "since": iso_utc(counted.since),
            "until": iso_utc(counted.until),
            "figures": counted.figures,
        },
        words=said,
    )
    _tell(report, community, entry, by=by)
    return entry


def _tell(report: Report, community: Community, entry: Entry, *, by: Actor) -> None:
    today = office_day(entry.recorded_at)
    people = {each for role in report.tells for each in holders(role, community.office, on=today)}
    tell(
        staff=sorted(people - {by.staff_id}),
        topic="report.published",
        subject=entry.subject,
        key=f"report:{entry.id.hex}",
        now=entry.recorded_at,
        facts={"kind": report.kind, "period": entry.facts["period"]},
    )


def open_report(community: Community, report: Report, period: Period, *, now: datetime) -> bool:
    """Open the duty of a report's period; return whether it is new."""
    return open_period(
        clause_id=report.clause,
        office=community.office,
        subject=subject_of(report.clause, community.id.hex, period.key),
        on=period.start,
        now=now,
        book_id=community.book_id,
    )


@operation
def approve_plan(*, community: Community, year: int, by: Actor, act: Act, words: str) -> Entry:
    """Approve how return visits are shared out in a year (RV-05).

    Raises:
        RuleViolation: ``access.denied``, ``report.no_words``, ``report.too_long``.
    """
    by.require("plan.approve", community.office_id)
    words = check_words(words)
    on = period_at(community, "month", act.recorded_at).start.replace(year=year, month=1, day=2)
    open_plan(community, on=on, now=act.recorded_at)
    return append(
        book=community.book_id,
        kind="plan.approved",
        subject=subject_of(YEARLY, community.id.hex, str(year)),
        act=act,
        clause=YEARLY,
        facts={"kind": PLAN_KIND, "period": str(year)},
        words={"text": words},
    )


def open_plan(community: Community, *, on: datetime, now: datetime) -> bool:
    """Open the duty of a year's plan; return whether it is new."""
    year = str((on + timedelta(days=1)).year)
    return open_period(
        clause_id=YEARLY,
        office=community.office,
        subject=subject_of(YEARLY, community.id.hex, year),
        on=on,
        now=now,
        book_id=community.book_id,
    )
