"""Publishing the month's report on return visits and approving the year's plan: each fulfils its duty."""

from datetime import datetime, timedelta

from hemu.access.actors import Actor
from hemu.duties.operations import open_period
from hemu.estate.models import Community
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.reports.queries import month_of, visit_figures
from hemu.reports.rules import KIND_OF, MONTHLY, YEARLY, check_over, check_words, subject_of


@operation
def publish_month(*, community: Community, month: datetime, by: Actor, act: Act, words: str) -> Entry:
    """Publish the report on a month's return visits of home repairs (RV-07).

    Args:
        month: any moment of the month, which must be over.
        words: the analysis: what was found and what is done about it.

    Raises:
        RuleViolation: ``access.denied``, ``report.no_words``, ``report.too_long``, ``report.not_over``.
    """
    by.require("report.publish", community.office_id)
    words, period = check_words(words), month_of(community, month)
    check_over(ends_at=period.end, now=act.recorded_at)
    open_report(community, MONTHLY, on=period.start, now=act.recorded_at)
    return append(
        book=community.book_id,
        kind="report.published",
        subject=subject_of(MONTHLY, community.id.hex, period.key),
        act=act,
        clause=MONTHLY,
        facts={
            "kind": KIND_OF[MONTHLY],
            "period": period.key,
            "figures": visit_figures(community, period).plain(),
        },
        words={"text": words},
    )


@operation
def approve_plan(*, community: Community, year: int, by: Actor, act: Act, words: str) -> Entry:
    """Approve how return visits are shared out in a year (RV-05).

    Raises:
        RuleViolation: ``access.denied``, ``report.no_words``, ``report.too_long``.
    """
    by.require("plan.approve", community.office_id)
    words = check_words(words)
    on = month_of(community, act.recorded_at).start.replace(year=year, month=1, day=2)
    open_report(community, YEARLY, on=on, now=act.recorded_at)
    return append(
        book=community.book_id,
        kind="plan.approved",
        subject=subject_of(YEARLY, community.id.hex, str(year)),
        act=act,
        clause=YEARLY,
        facts={"kind": KIND_OF[YEARLY], "period": str(year)},
        words={"text": words},
    )


def open_report(community: Community, clause: str, *, on: datetime, now: datetime) -> bool:
    """Open the duty of a period; return whether it is new."""
    key = month_of(community, on).key if clause == MONTHLY else str((on + timedelta(days=1)).year)
    return open_period(
        clause_id=clause,
        office=community.office,
        subject=subject_of(clause, community.id.hex, key),
        on=on,
        now=now,
        book_id=community.book_id,
    )
