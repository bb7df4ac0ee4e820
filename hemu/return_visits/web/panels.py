"""What a case's page shows of its return visits."""

from django.template.loader import render_to_string
from django.urls import reverse

from hemu.access.web.gate import StaffRequest
from hemu.return_visits.operations.opening import AFTER_WORK
from hemu.return_visits.queries import visits_of
from hemu.return_visits.rules import DOERS
from hemu.return_visits.wording import CLASSES, RESULTS, STATES
from hemu.service_requests.models import Request


def about_request(request: StaffRequest, case: Request) -> str:
    """Return a case's return visits, and the button that opens one where the work is done; "" for neither."""
    actor, office = request.actor, case.community.office_id
    if not actor.may("return_visit.view", office):
        return ""
    visits = visits_of(case)
    over = case.state in AFTER_WORK and case.outcome not in ("withdrawn", "void")
    may = over and bool(DOERS & actor.roles_at(office)) and all(visit.state != "open" for visit in visits)
    if not visits and not may:
        return ""
    rows = [
        {
            "url": reverse("return_visit", args=[visit.number]),
            "number": visit.number,
            "class_word": CLASSES[visit.kind],
            "status": STATES[visit.state],
            "result": RESULTS.get(visit.result),
            "due": visit.due_at if visit.state in ("open", "promised") else None,
            "done_at": visit.done_at,
            "done_by": visit.done_by.name if visit.done_by else "",
            "dependent": visit.independent is False,
        }
        for visit in visits
    ]
    context = {
        "visits": rows,
        "open_url": reverse("return_visit_open", args=[case.number]) if may else "",
        "now": request.now,
    }
    return render_to_string("return_visits/panel.html", context, request)


PANELS = {"request": about_request}
