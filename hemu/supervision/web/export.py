"""A list as a spreadsheet: what is chosen on the list, the columns last chosen."""

import tempfile
from typing import cast

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.service_requests.models import Request
from hemu.service_requests.queries import visible_to
from hemu.supervision.operations_export import export_cases
from hemu.supervision.queries import narrowed
from hemu.supervision.queries_export import AT_MOST, columns_of
from hemu.supervision.rules import Filters
from hemu.supervision.web.listing import filters_of
from hemu.supervision.web.said import said_of
from hemu.supervision.wording import COLUMNS

IN_MEMORY = 2_000_000
"""Bytes; a larger file lies on the disk while it is sent."""


@needs("request.export")
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """Ask for the columns (GET: the list's filters); send the sheet (POST: columns, full_phones, the filters)."""
    staff = cast("StaffRequest", request)
    if request.method == "GET":
        return _page(staff, filters_of(request.GET), columns_of(staff.actor))
    filters, columns = filters_of(request.POST), request.POST.getlist("columns")
    target = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  the answer closes it
    try:
        export_cases(
            by=staff.actor,
            rows=_rows(staff, filters),
            filters=filters,
            columns=columns,
            full_phones=bool(request.POST.get("full_phones")),
            target=target,
            title=_("诉求"),
            now=staff.now,
        )
    except RuleViolation as refusal:
        target.close()
        return _page(staff, filters, columns, refusal)
    target.seek(0)
    day = staff.now.astimezone(OFFICE_ZONE)
    return FileResponse(target, as_attachment=True, filename=f"{_('诉求')}-{day:%Y%m%d-%H%M}.xlsx")


def _rows(staff: StaffRequest, filters: Filters) -> QuerySet[Request]:
    actor = staff.actor
    seen = visible_to(actor, "request.export")
    return narrowed(seen, filters, offices=actor.offices_with("request.export"), now=staff.now)


def _page(
    staff: StaffRequest, filters: Filters, columns: list[str], refusal: RuleViolation | None = None
) -> HttpResponseBase:
    chosen = filters.chosen()
    count = _rows(staff, filters).order_by()[: AT_MOST + 1].values("id").count()
    context = {
        "columns": [(name, words) for name, (words, _width) in COLUMNS.items()],
        "chosen_columns": columns,
        "chosen": chosen,
        "said": said_of(chosen, staff.actor),
        "count": count,
        "too_many": count > AT_MOST,
        "at_most": AT_MOST,
        "may_reveal": staff.actor.may("estate.reveal"),
        "refusal": words_for(refusal) if refusal else "",
        "list_url": f"{reverse('requests')}?{urlencode(chosen)}",
    }
    return render(staff, "supervision/export.html", context, status=status_of(refusal) if refusal else 200)
