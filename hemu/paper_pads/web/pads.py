"""The pads: reserving one, printing it, giving sheets back."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import refused_page, status_of
from hemu.infra.web.needs import needs
from hemu.paper_pads.models import Pad
from hemu.paper_pads.operations import MOST_SHEETS, print_pad, reserve_pad, return_sheets
from hemu.paper_pads.queries import late_entries_by_person, listed_pads, pad_for
from hemu.paper_pads.wording import STATES
from hemu.service_requests.queries import communities_of


@needs("request.register")
@require_http_methods(["GET", "POST"])
def pads(request: HttpRequest) -> HttpResponse:
    """Show the pads (GET), or reserve one and go to it (POST: community, count, key)."""
    staff = cast("StaffRequest", request)
    if staff.method == "GET":
        return _pads(staff)
    asked = {name: staff.POST.get(name, "") for name in ("community", "count")}
    try:
        made = once(
            account=staff.actor.key,
            key=staff.POST.get("key", ""),
            body=asked,
            now=staff.now,
            act=lambda: {"pad": str(_reserved(staff, asked).id)},
        )
    except RuleViolation as refusal:
        return _pads(staff, words_for(refusal), status_of(refusal))
    return redirect("pad", made["pad"])


def _reserved(staff: StaffRequest, asked: dict[str, str]) -> Pad:
    communities = communities_of(staff.actor, "request.register")
    community = next((each for each in communities if str(each.id) == asked["community"]), None)
    if community is None:
        raise RuleViolation("register.no_community")
    count = int(asked["count"]) if asked["count"].isdecimal() and len(asked["count"]) < 6 else 0
    return reserve_pad(community=community, count=count, by=staff.actor, act=staff.actor.act(now=staff.now))


def _pads(staff: StaffRequest, refusal: str = "", status: int = 200) -> HttpResponse:
    communities = communities_of(staff.actor, "request.register")
    context: dict[str, Any] = {
        "pads": listed_pads(staff.actor),
        "communities": [(str(each.id), each.name) for each in communities],
        "count": staff.POST.get("count", "50"),
        "most": MOST_SHEETS,
        "late": late_entries_by_person(communities, since=_month(staff.now)),
        "key": staff.POST.get("key") or new_id(staff.now).hex,
        "refusal": refusal,
    }
    return render(staff, "paper_pads/pads.html", context, status=status)


def _month(now: datetime) -> datetime:
    return now.astimezone(OFFICE_ZONE).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


@needs("request.register")
@require_http_methods(["GET", "POST"])
def pad(request: HttpRequest, pad: UUID) -> HttpResponse:
    """Show a pad and its sheets (GET), or give sheets back (POST: number, several; reason)."""
    staff = cast("StaffRequest", request)
    found = _found(staff, pad)
    if staff.method == "GET":
        return _pad(staff, found)
    try:
        return_sheets(
            pad=found,
            numbers=staff.POST.getlist("number"),
            reason=staff.POST.get("reason", ""),
            by=staff.actor,
            act=staff.actor.act(now=staff.now),
        )
    except RuleViolation as refusal:
        return _pad(staff, found, words_for(refusal), status_of(refusal))
    return redirect("pad", found.id)


def _found(staff: StaffRequest, pad: UUID) -> Pad:
    try:
        return pad_for(staff.actor, pad)
    except RuleViolation as refusal:
        raise Http404(pad) from refusal


def _pad(staff: StaffRequest, found: Pad, refusal: str = "", status: int = 200) -> HttpResponse:
    sheets = list(found.sheets.order_by("serial"))
    chosen = staff.POST.getlist("number")
    context = {
        "pad": found,
        "first": sheets[0].number,
        "last": sheets[-1].number,
        "sheets": [
            {
                "number": sheet.number,
                "status": STATES[sheet.state],
                "url": reverse("request", args=[sheet.number]) if sheet.state == "used" else "",
                "open": sheet.state == "open",
                "chosen": sheet.number in chosen,
                "ended_at": sheet.ended_at,
            }
            for sheet in sheets
        ],
        "open_count": sum(sheet.state == "open" for sheet in sheets),
        "reason": staff.POST.get("reason", ""),
        "refusal": refusal,
    }
    return render(staff, "paper_pads/pad.html", context, status=status)


@needs("request.register")
@never_cache
@require_GET
def pad_print(request: HttpRequest, pad: UUID) -> HttpResponse:
    """Return the open sheets of a pad as PDF."""
    staff = cast("StaffRequest", request)
    found = _found(staff, pad)
    try:
        made = print_pad(found, now=staff.now, by=staff.actor.name)
    except RuleViolation as refusal:
        return refused_page(request, refusal, back=reverse("pad", args=[pad]))
    name = _("纸单 %(first)s") % {"first": found.number(found.first)}
    headers = {"Content-Disposition": content_disposition_header(False, f"{name}.pdf") or "inline"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
