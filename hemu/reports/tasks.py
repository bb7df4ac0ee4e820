"""What the worker does for reports: it opens the month's and, in January, the year's duty where there are visits."""

from datetime import datetime, timedelta

from hemu.duties.models import Duty
from hemu.estate.models import Community
from hemu.infra.identity import first_id
from hemu.infra.rounds import Round
from hemu.reports.operations import open_report
from hemu.reports.queries import month_of
from hemu.reports.rules import MONTHLY, YEARLY, subject_of
from hemu.return_visits.models import ReturnVisit


def look_around(now: datetime) -> int:
    """Open RV-07 where a home repair is revisited this month, RV-05 in January where visits are done at all."""
    done = 0
    for community in Community.objects.select_related("office"):
        month = month_of(community, now)
        visits = ReturnVisit.objects.filter(community=community)
        if _is_new(MONTHLY, community, month.key):
            this_month = visits.filter(kind="repair", id__gte=first_id(month.start))
            done += this_month.exists() and open_report(community, MONTHLY, on=now, now=now)
        if month.first_day.month == 1 and _is_new(YEARLY, community, str(month.first_day.year)):
            done += visits.exists() and open_report(community, YEARLY, on=now, now=now)
    return done


def _is_new(clause: str, community: Community, period: str) -> bool:
    return not Duty.objects.filter(
        subject=subject_of(clause, community.id.hex, period), clause=clause
    ).exists()


ROUNDS = (Round("reports", timedelta(minutes=10), look_around),)
