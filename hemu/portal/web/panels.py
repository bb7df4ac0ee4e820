"""What a case's page shows of the owners' door: that it was written there and waits for its home."""

from django.template.loader import render_to_string
from django.urls import reverse

from hemu.access.web.gate import StaffRequest
from hemu.portal.models import OwnWord
from hemu.service_requests.models import Request


def about_request(request: StaffRequest, case: Request) -> str:
    """Return the hint that a case is tied to no home yet; "" where nothing is to do."""
    if (
        case.home_id
        or case.channel != "web"
        or not request.actor.may("portal.match", case.community.office_id)
    ):
        return ""
    if not OwnWord.objects.filter(pk=case.pk, homeless=True, matched_at__isnull=True).exists():
        return ""
    context = {"match_url": reverse("unmatched_match", args=[case.number])}
    return render_to_string("portal/panel.html", context, request)


PANELS = {"request": about_request}
