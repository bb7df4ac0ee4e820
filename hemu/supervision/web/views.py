"""Named views of the list: keeping the filters that stand in the address, deleting what is no longer used."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Office
from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.supervision.operations import drop_view, keep_view
from hemu.supervision.queries import may_change, views_of
from hemu.supervision.rules import Filters
from hemu.supervision.web.listing import filters_of
from hemu.supervision.web.said import said_of


@needs("request.view")
@require_http_methods(["GET", "POST"])
def views(request: HttpRequest) -> HttpResponse:
    """Show the views (GET: filters that one may keep); keep one (POST: name, shared_with, and the filters)."""
    staff = cast("StaffRequest", request)
    if request.method == "GET":
        return _page(staff, filters_of(request.GET))
    filters = filters_of(request.POST)
    office = request.POST.get("shared_with", "")
    try:
        keep_view(
            by=staff.actor,
            name=request.POST.get("name", ""),
            filters=filters,
            office=UUID(office) if office else None,
            now=staff.now,
        )
    except RuleViolation as refusal:
        return _page(staff, filters, refusal)
    except ValueError as error:
        raise Http404(office) from error
    return redirect(f"{reverse('requests')}?{urlencode(filters.chosen())}")


@needs("request.view")
@require_POST
def drop(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Delete a view."""
    staff = cast("StaffRequest", request)
    try:
        drop_view(by=staff.actor, view_id=view_id)
    except RuleViolation as refusal:
        raise Http404(str(view_id)) from refusal
    return redirect("request_views")


def _page(staff: StaffRequest, filters: Filters, refusal: RuleViolation | None = None) -> HttpResponse:
    found = views_of(staff.actor)
    names: dict[Any, str] = dict(Office.objects.values_list("id", "name"))
    context = {
        "rows": [
            {
                "name": each.name,
                "url": f"{reverse('requests')}?{urlencode(each.chosen)}",
                "said": said_of(each.chosen, staff.actor),
                "office": names.get(each.office_id, ""),
                "drop_url": reverse("request_view_drop", args=[each.id])
                if may_change(staff.actor, each)
                else "",
            }
            for each in found
        ],
        "chosen": filters.chosen(),
        "said": said_of(filters.chosen(), staff.actor),
        "offices": [(str(each), names[each]) for each in staff.actor.offices if each],
        "typed": staff.POST.get("name", ""),
        "refusal": words_for(refusal) if refusal else "",
        "list_url": f"{reverse('requests')}?{urlencode(filters.chosen())}",
    }
    return render(staff, "supervision/views.html", context, status=status_of(refusal) if refusal else 200)
