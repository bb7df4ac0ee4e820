"""The page of papers: what may be printed, and the offices whose letter one may change."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hemu.access.actors import Actor
from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Office
from hemu.infra.moments import office_day
from hemu.request_papers.forms.catalogue import FORMS
from hemu.request_papers.forms.letter import FIELDS
from hemu.request_papers.models import LetterTemplate
from hemu.request_papers.operations import LONGEST_DAYS
from hemu.service_requests.queries import communities_of


def page(staff: StaffRequest, refusal: str = "", status: int = 200) -> HttpResponse:
    """Return the page (GET: form, community, from, to as chosen), with the words of a refusal on top."""
    today = str(office_day(staff.now))
    own = set(LetterTemplate.objects.values_list("office_id", flat=True))
    context: dict[str, Any] = {
        "forms": list(FORMS.values()),
        "communities": [(str(each.id), each.name) for each in communities_of(staff.actor, "request.view")],
        "chosen": {
            "form": staff.GET.get("form", "F-04"),
            "community": staff.GET.get("community", ""),
            "from": staff.GET.get("from", today),
            "to": staff.GET.get("to", today),
        },
        "listed": [(each.code, f"《{each.name}》") for each in FORMS.values()],
        "days": LONGEST_DAYS,
        "may_reveal": staff.actor.may("estate.reveal"),
        "offices": [
            {"id": each.id, "name": each.name, "own": each.id in own} for each in offices_of(staff.actor)
        ],
        "letter_fields": [f"{{{{{name}}}}}" for name in FIELDS],
        "may_read": staff.actor.may("paper.read"),
        "pads_url": reverse("pads") if staff.actor.may("request.register") else "",
        "refusal": refusal,
    }
    return render(staff, "request_papers/papers.html", context, status=status)


def offices_of(actor: Actor) -> list[Office]:
    """Return the offices whose letter this person may change, by name."""
    held = actor.offices_with("paper.template")
    rows = Office.objects.all() if held is None else Office.objects.filter(id__in=held)
    return list(rows.order_by("name"))
