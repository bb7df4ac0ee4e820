"""What is owed to the committee, as the office sees it: the same sheet, to be printed and handed over."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from hemu.access.operations import log_read
from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.committee.web.frame import frame
from hemu.committee_desk.web.sheets import asked_sheet, sheet_context, sheet_paper
from hemu.estate.models import Community
from hemu.infra.web.needs import needs


@needs("committee.view")
@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """Show what was owed and how it stands (GET: community, span)."""
    staff = cast("StaffRequest", request)
    community = _community(staff)
    shown = sheet_context(
        asked_sheet(staff, community, now=staff.now),
        page=reverse("committee_owed"),
        paper=reverse("committee_owed_paper"),
        community=community,
    )
    return render(
        staff, "committee_desk/office.html", {**frame(staff, community, "committee_owed"), "sheet": shown}
    )


@needs("committee.view")
@require_GET
def owed_paper(request: HttpRequest) -> HttpResponse:
    """Print the sheet for a member who reads on paper (GET: community, span)."""
    staff = cast("StaffRequest", request)
    community = _community(staff)
    log_read(by=staff.actor, subject=f"community:{community.id}", what="print", now=staff.now)
    sheet = asked_sheet(staff, community, now=staff.now)
    return sheet_paper(sheet, community, now=staff.now, by=staff.actor.name)


def _community(staff: StaffRequest) -> Community:
    return community_asked(staff, "committee.view", staff.GET.get("community", ""))
