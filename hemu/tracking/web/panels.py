"""The code on a case's page, where nothing else reaches the caller."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from hemu.access.web.gate import StaffRequest
from hemu.service_requests.models import Request
from hemu.tracking.queries import code_of


def about_request(request: StaffRequest, case: Request) -> str:
    """Return number and code of a case without a name or without a phone, to those who register."""
    if case.caller_phone or not request.actor.may("request.register", case.community.office_id):
        return ""
    address = f"{settings.PUBLIC_URL}{reverse('ask')}" if settings.PUBLIC_URL else ""
    context = {"number": case.number, "code": code_of(case), "address": address}
    return render_to_string("tracking/panel.html", context, request)


PANELS = {"request": about_request}
