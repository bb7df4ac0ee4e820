"""What a case's page shows of praise: who was told, and to whom it can still be passed on."""

from django.template.loader import render_to_string
from django.urls import reverse

from hemu.access.web.gate import StaffRequest
from hemu.estate.queries import colleagues_of
from hemu.infra.moments import office_day
from hemu.praise.queries import praises_of
from hemu.service_requests.models import Request


def about_request(request: StaffRequest, case: Request) -> str:
    """Return who was told of an owner's praise, and the form that passes it on; "" for any other case."""
    if case.type != "praise" or case.outcome in ("void", "withdrawn"):
        return ""
    told = praises_of(case)
    known = {str(each.staff_id) for each in told}
    may = request.actor.may("praise.pass_on", case.community.office_id)
    people = (
        [each for each in colleagues_of(case.community, on=office_day(request.now)) if each[0] not in known]
        if may
        else []
    )
    if not told and not people:
        return ""
    context = {
        "names": [each.staff.name for each in told],
        "people": people,
        "url": reverse("request_praise", args=[case.number]) if people else "",
    }
    return render_to_string("praise/panel.html", context, request)


PANELS = {"request": about_request}
