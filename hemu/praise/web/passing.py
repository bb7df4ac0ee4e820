"""Passing praise on from the page of the case."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hemu.access.web.gate import StaffRequest
from hemu.foundation.errors import RuleViolation
from hemu.infra.web.errors import refused_page
from hemu.infra.web.needs import needs
from hemu.praise.operations import pass_on_praise
from hemu.service_requests.queries import request_for


@needs("praise.pass_on")
@require_POST
def pass_on(request: HttpRequest, number: str) -> HttpResponse:
    """Pass it on to a person (POST: staff)."""
    staff = cast("StaffRequest", request)
    try:
        case = request_for(staff.actor, number, "praise.pass_on")
        to = UUID(request.POST.get("staff", ""))
    except (RuleViolation, ValueError) as error:
        raise Http404(number) from error
    try:
        pass_on_praise(number=case.number, staff_id=to, by=staff.actor, act=staff.actor.act(now=staff.now))
    except RuleViolation as refusal:
        return refused_page(request, refusal, back=reverse("request", args=[number]))
    return redirect("request", case.number)
