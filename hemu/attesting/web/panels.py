"""The one button on a case's page."""

from django.template.loader import render_to_string
from django.urls import reverse

from hemu.access.web.gate import StaffRequest
from hemu.service_requests.models import Request


def about_request(request: StaffRequest, case: Request) -> str:
    """Return the question whether the case's record is unaltered."""
    context = {"url": reverse("request_proof", args=[case.number])}
    return render_to_string("attesting/panel.html", context, request)


PANELS = {"request": about_request}
