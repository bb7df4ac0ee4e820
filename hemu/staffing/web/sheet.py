"""A staff list on the page: upload, preview with differences, writing, the refused rows back."""

from pathlib import PurePath
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.estate.roster.export import refused_workbook
from hemu.estate.roster.reading import MAX_BYTES
from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.staffing.models import StaffImport
from hemu.staffing.operations_hand_over import hand_over
from hemu.staffing.operations_import import Compared, bring_in, discard, preview_of, write_import
from hemu.staffing.queries import authority_of, import_by_id
from hemu.staffing.web.words import Names, sentence
from hemu.staffing.wording import REFUSED_COLUMNS, REFUSED_FILE, TABS

PERMISSION = "staff.change"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SEEN = ("created", "updated", "refused", "leaving")
LINES = 500
State = StaffImport.State


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Show the upload form (GET) or take a list in (POST: file) and go to its preview."""
    staff = cast("StaffRequest", request)
    if request.method == "GET":
        return render(request, "staffing/list_upload.html", {})
    try:
        file = request.FILES.get("file")
        if file is None:
            raise RuleViolation("roster.no_file")
        if (file.size or 0) > MAX_BYTES:
            raise RuleViolation("roster.too_large", limit=MAX_BYTES, unit="bytes")
        act = staff.actor.act(now=staff.now)
        row = bring_in(content=file.read(), filename=file.name or "", by=authority_of(staff.actor), act=act)
    except RuleViolation as refusal:
        context = {"error": words_for(refusal)}
        return render(request, "staffing/list_upload.html", context, status=status_of(refusal))
    return redirect("staff_list_import", row.id)


@needs(PERMISSION)
@require_GET
def show(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show a list's preview (show: tab), or what was written."""
    return _page(cast("StaffRequest", request), _row(request, import_id))


def _row(request: HttpRequest, import_id: UUID) -> StaffImport:
    try:
        return import_by_id(import_id, by=cast("StaffRequest", request).actor.key)
    except RuleViolation as unknown:
        raise Http404 from unknown


def _page(staff: StaffRequest, row: StaffImport, refusal: RuleViolation | None = None) -> HttpResponse:
    if row.state == State.DISCARDED:
        return redirect("staff_list")
    context: dict[str, Any] = {
        "row": row, "counts": row.counts, "refusal": words_for(refusal) if refusal else "",
        "refused_url": reverse("staff_list_refused", args=[row.id]), "done": row.state == State.DONE,
    }  # fmt: skip
    if row.state == State.PREVIEW:
        compared = preview_of(row, by=authority_of(staff.actor), now=staff.now)
        context |= {"counts": compared.counts, "seen": {name: compared.counts[name] for name in SEEN}}
        context |= _tabs(row, compared, staff.GET.get("show", ""))
    return render(staff, "staffing/list.html", context, status=status_of(refusal) if refusal else 200)


def _tabs(row: StaffImport, compared: Compared, show: str) -> dict[str, Any]:
    counts = {name: compared.counts[name] for name in TABS}
    if show not in TABS:
        show = next((name for name, count in counts.items() if count), "created")
    here = reverse("staff_list_import", args=[row.id])
    names, plan = Names(), compared.plan
    lines: dict[str, Any] = {
        "created": lambda: [names.created(each) for each in plan.created],
        "updated": lambda: [names.updated(each) for each in plan.updated],
        "refused": lambda: [_said(line) for line in compared.refused],
        "missing": lambda: [
            {"name": each.name, "posts": [names.post(post) for post in each.posts]} for each in plan.missing
        ],
        "warnings": lambda: [_said(line) for line in compared.warnings],
    }
    return {
        "show": show,
        "rows": lines[show]()[:LINES],
        "tabs": [
            {
                "label": label, "url": f"{here}?{urlencode({'show': name})}#rows", "current": name == show,
                "count": counts[name],
            }
            for name, label in TABS.items()
        ],
    }  # fmt: skip


def _said(line: dict[str, Any]) -> dict[str, Any]:
    cells = " · ".join(cell for cell in line.get("cells", ()) if cell)
    return {"sheet": line["sheet"], "row": line["row"], "reason": sentence(line), "cells": cells}


@needs(PERMISSION)
@require_POST
def write(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Write the list as previewed (POST: the figures that were seen)."""
    staff, row = cast("StaffRequest", request), _row(request, import_id)
    seen = {
        name: int(text) for name in SEEN if (text := request.POST.get(name, "")).isdecimal() and len(text) < 9
    }
    act = staff.actor.act(now=staff.now)
    try:
        leavings = write_import(row=row, by=authority_of(staff.actor), act=act, seen=seen)
    except RuleViolation as refusal:
        row.refresh_from_db()
        return _page(staff, row, refusal)
    for leaving in leavings:
        if leaving.done_at:
            hand_over(leaving=leaving, act=act)
    return redirect("staff_list_import", row.id)


@needs(PERMISSION)
@require_POST
def discard_list(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Give the list up and go back to the upload."""
    staff = cast("StaffRequest", request)
    discard(row=_row(request, import_id), act=staff.actor.act(now=staff.now))
    return redirect("staff_list")


@needs(PERMISSION)
@require_GET
def refused(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Give the refused rows back as a spreadsheet."""
    staff, row = cast("StaffRequest", request), _row(request, import_id)
    if row.state == State.PREVIEW:
        lines: list[dict[str, Any]] = preview_of(row, by=authority_of(staff.actor), now=staff.now).refused
    else:
        lines = row.refused
    if not lines:
        raise Http404
    first, second = REFUSED_COLUMNS
    content = refused_workbook(lines, titles=(str(first), str(second)), say=sentence)
    name = f"{PurePath(row.filename).stem}-{REFUSED_FILE}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return HttpResponse(content, content_type=SPREADSHEET, headers={"Content-Disposition": disposition})
