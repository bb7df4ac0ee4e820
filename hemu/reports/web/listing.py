"""Which reports are owed and which are published: the way to each of them."""

from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.infra.web.needs import needs
from hemu.reports.queries import Standing, standings
from hemu.reports.rules import subject_of
from hemu.reports.web.asked import chosen_community
from hemu.reports.web.links import report_url
from hemu.reports.wording import LEADS, TITLES
from hemu.service_requests.queries import communities_of


@needs("report.view")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the reports of a community (GET: community), those of the period before and of this one."""
    staff = cast("StaffRequest", request)
    community = chosen_community(staff)
    found = communities_of(staff.actor, "report.view")
    standing = standings(community, now=staff.now)
    context = {
        "communities": [(str(each.id), each.name) for each in found],
        "community": str(community.id),
        "community_name": community.name,
        "rows": [
            _row(each, str(community.id.hex), staff.now)
            for each in standing
            if each.duty or each.published or each.period.end <= staff.now
        ],
        "now": staff.now,
    }
    return render(staff, "reports/listing.html", context)


def _row(each: Standing, community: str, now: datetime) -> dict[str, Any]:
    return {
        "title": TITLES[each.report.kind],
        "lead": LEADS[each.report.kind],
        "period": each.period.key,
        "clause": each.report.clause,
        "url": report_url(subject_of(each.report.clause, community, each.period.key)),
        "published_at": each.published.at if each.published else None,
        "due": each.duty.due_at if each.duty and not each.published else None,
        "late": bool(each.duty and each.duty.is_late),
        "quiet": each.duty is None and each.published is None,
    }
