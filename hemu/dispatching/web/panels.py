"""What a case's page shows of dispatching: the suggestion, the pool, the questions after a danger, the judgement."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from hemu.access.web.gate import StaffRequest
from hemu.dispatching.queries import Chosen, Exchange
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.service_requests.models import Request
from hemu.service_requests.rules import DISPATCHERS, HANDLERS, State

JUDGED = ("request.judged", "request.escalated")


def _chosen(case: Request) -> Chosen | None:
    if case.state != State.CLASSIFIED:
        return None
    return Exchange(case.community.office, at=clock.now()).chosen_for(case)


def beforehand(case: Request) -> dict[str, str] | None:
    """Return the choice that the form of dispatching shows made, with its reason."""
    chosen = _chosen(case)
    return {"to": chosen.login, "department": chosen.department, "why": chosen.why} if chosen else None


def about_request(request: StaffRequest, case: Request) -> str:
    """Return whom the rules choose, the button that takes a case out of the pool, and what a danger leaves to ask."""
    roles = request.actor.roles_at(case.community.office_id)
    context: dict[str, Any] = {"key": new_id(request.now).hex, "number": case.number, "now": request.now}
    if case.state == State.CLASSIFIED and roles & DISPATCHERS and (chosen := _chosen(case)):
        context |= {"why": chosen.why, "by_rule_url": reverse("dispatch_by_rule", args=[case.number])}
    if case.state == State.DISPATCHED and case.handler_id is None and roles & HANDLERS:
        context["take_url"] = reverse("dispatch_take", args=[case.number])
    if _is_danger(case) and request.actor.may("request.register", case.community.office_id):
        context["details_url"] = reverse("danger_details", args=[case.number])
        context["has_place"] = bool(case.home_id or case.place)
    if case.type == "complaint" and case.state != State.CLOSED:
        context["judgement"] = _judgement(case)
    if not {"by_rule_url", "take_url", "details_url", "judgement"} & set(context):
        return ""
    return render_to_string("dispatching/panel.html", context, request)


def _is_danger(case: Request) -> bool:
    return case.limit == "danger" and case.state in (State.CLASSIFIED, State.DISPATCHED, State.ACCEPTED)


def _judgement(case: Request) -> dict[str, Any]:
    """Return what was judged of a complaint so far, and whether a major one was reported."""
    facts: dict[str, Any] = {}
    reason, escalated = "", False
    entries = Entry.objects.filter(subject=case.subject, kind__in=JUDGED).select_related("words_row")
    for entry in entries.order_by("seq"):
        facts |= entry.facts
        escalated = escalated or entry.kind == "request.escalated"
        reason = str(words_of(entry).get("reason", "")) if "valid" in entry.facts else reason
    return {
        "valid": facts.get("valid"),
        "judged": "valid" in facts,
        "reason": reason,
        "major": bool(facts.get("major")),
        "escalated": escalated,
    }


PANELS = {"request": about_request}
OFFERS = {"dispatch": beforehand}
