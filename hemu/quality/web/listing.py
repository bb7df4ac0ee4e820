"""The list of corrective actions with its filters."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.infra.web.needs import needs
from hemu.quality.queries import SHOWN, listed, narrowed, visible_to
from hemu.quality.web.lines import choices, chosen, filtered, line, list_url, tabs


@needs("action.view")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show one page of the list, newest first (GET: shown, community, kind, source, person, after)."""
    staff = cast("StaffRequest", request)
    filters, shown = chosen(staff), staff.GET.get("shown", "")
    shown = shown if shown in SHOWN else "open"
    rows = narrowed(filtered(staff, filters), shown=shown, now=staff.now, staff=staff.actor.staff_id)
    after = staff.GET.get("after", "")
    found, following = listed(rows, after=after, seen=visible_to(staff.actor))
    context = choices(staff, filters) | {
        "tabs": tabs(filters, shown),
        "shown": shown,
        "rows": [line(each, staff.now) for each in found],
        "first": list_url(filters, shown) if after else "",
        "following": list_url(filters, shown, following) if following else "",
        "clear_url": list_url({}, shown),
    }
    return render(staff, "quality/list.html", context)
