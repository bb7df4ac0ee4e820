"""What a request asks for: the community and the period of a report."""

from django.http import Http404

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community
from hemu.foundation.due import Period
from hemu.foundation.errors import RuleViolation
from hemu.reports.queries import period_named, usual_period
from hemu.reports.rules import Report, report_by_slug


def chosen_community(staff: StaffRequest) -> Community:
    """Return the community asked for (GET or POST: community), the first of one's own where none is."""
    asked = staff.POST.get("community", "") or staff.GET.get("community", "")
    return community_asked(staff, "report.view", asked)


def chosen_report(slug: str) -> Report:
    """Return the report of an address."""
    try:
        return report_by_slug(slug)
    except RuleViolation as refusal:
        raise Http404(slug) from refusal


def chosen_period(staff: StaffRequest, report: Report, community: Community) -> Period:
    """Return the period asked for (GET or POST: period), last month or this week where none is."""
    asked = staff.POST.get("period", "") or staff.GET.get("period", "")
    if not asked:
        return usual_period(community, report.every, now=staff.now)
    named = period_named(community, report.every, asked)
    if named is None:
        raise Http404(asked)
    return named
