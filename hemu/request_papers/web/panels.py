"""What a case's page offers to print."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from hemu.access.web.gate import StaffRequest
from hemu.request_papers.forms.catalogue import FORMS
from hemu.return_visits.queries import visits_of
from hemu.service_requests.models import Request


def about_request(request: StaffRequest, case: Request) -> str:
    """Return the papers that fit the case."""
    context = {
        "papers": papers_of(request, case),
        "may_reveal": request.actor.may("estate.reveal", case.community.office_id)
        and bool(case.caller_phone),
    }
    return render_to_string("request_papers/panel.html", context, request)


def papers_of(request: StaffRequest, case: Request) -> list[dict[str, Any]]:
    """Return the papers of a case: those of its type first, its return visits where there are any."""
    office = case.community.office_id
    visits = request.actor.may("return_visit.view", office) and visits_of(case)
    fitting = [form for form in FORMS.values() if case.type in form.types]
    fitting += [form for form in FORMS.values() if not form.types and (form.about == "case" or visits)]
    letter = {
        "name": _("答复函"),
        "url": reverse("reply_letter", args=[case.number]),
        "word": True,
    }
    return ([letter] if case.replied_at else []) + [
        {"name": form.name, "url": reverse("paper_case", args=[case.number, form.code])} for form in fitting
    ]


def about_list(request: StaffRequest, filters: Mapping[str, str]) -> str:
    """Return the way from a list to its papers, for the community that is chosen there."""
    form = "F-11" if filters.get("type") == "complaint" else "F-04"
    chosen = {"form": form, "community": filters.get("community", "")}
    return render_to_string(
        "request_papers/list_button.html", {"url": f"{reverse('papers')}?{urlencode(chosen)}"}
    )


PANELS = {"request": about_request, "requests": about_list}
