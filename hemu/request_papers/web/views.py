"""Papers as PDF: blank, of one case, of some days; and the page that offers them."""

from collections.abc import Callable
from datetime import date
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day, typed_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import refused_page, status_of
from hemu.infra.web.needs import needs
from hemu.request_papers.forms.catalogue import Form
from hemu.request_papers.operations import (
    Printing,
    form_of,
    print_blank,
    print_case,
    print_period,
)
from hemu.request_papers.web.page import page
from hemu.service_requests.queries import communities_of, request_for

PDF = "application/pdf"


@needs("request.view")
@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """Show which forms there are: blank ones, and those of some days (GET: community, form, from, to)."""
    return page(cast("StaffRequest", request))


@needs("request.view")
@never_cache
@require_GET
def paper_blank(request: HttpRequest, form: str) -> HttpResponse:
    """Return a blank form as PDF (GET: community, the first one where none is named)."""
    staff = cast("StaffRequest", request)
    asked = _form(form)
    community = _community(staff)
    if community is None:
        raise Http404(form)
    return _pdf(asked.name, lambda: print_blank(asked, community=community, printing=_printing(staff)), staff)


@needs("request.view")
@never_cache
@require_GET
def paper_case(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """Return a form filled from a case as PDF (GET: phones: numbers in full, for those who may see them)."""
    staff = cast("StaffRequest", request)
    asked = _form(form)
    try:
        found = request_for(staff.actor, number)
    except RuleViolation as refusal:
        raise Http404(number) from refusal
    name = f"{asked.name} {found.number}"
    return _pdf(
        name,
        lambda: print_case(asked, found, printing=_printing(staff)),
        staff,
        back=reverse("request", args=[number]),
    )


@needs("request.view")
@never_cache
@require_GET
def paper_days(request: HttpRequest) -> HttpResponse:
    """Return what came in on some days as PDF (GET: form, community, from, to, phones); refused, the page again."""
    staff = cast("StaffRequest", request)
    asked, community = _form(staff.GET.get("form", "")), _community(staff)
    if community is None:
        raise Http404(asked.code)
    try:
        since, until = _day(staff, "from"), _day(staff, "to")
        made = print_period(asked, community=community, since=since, until=until, printing=_printing(staff))
    except RuleViolation as refusal:
        return page(staff, words_for(refusal), status=status_of(refusal))
    return _answer(f"{asked.name} {community.name} {since} {until}", made)


def _form(code: str) -> Form:
    try:
        return form_of(code)
    except RuleViolation as refusal:
        raise Http404(code) from refusal


def _community(staff: StaffRequest) -> Community | None:
    communities = communities_of(staff.actor, "request.view")
    asked = staff.GET.get("community", "")
    chosen = (each for each in communities if str(each.id) == asked)
    return next(chosen, None) if asked else next(iter(communities), None)


def _printing(staff: StaffRequest) -> Printing:
    return Printing(staff.now, staff.actor, bool(staff.GET.get("phones")))


def _day(staff: StaffRequest, name: str) -> date:
    text = staff.GET.get(name, "") or str(office_day(staff.now))
    try:
        return typed_day(text)
    except ValueError as error:
        raise RuleViolation("paper.unreadable_day", value=text[:20]) from error


def _pdf(name: str, make: Callable[[], bytes], request: HttpRequest, back: str = "") -> HttpResponse:
    try:
        return _answer(name, make())
    except RuleViolation as refusal:
        return refused_page(request, refusal, back=back)


def _answer(name: str, made: bytes) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(False, f"{name}.pdf") or "inline"}
    return HttpResponse(made, content_type=PDF, headers=headers)
