"""The messages of a case: the panel on its page, and what a person does with one of them."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import refused_page
from hemu.infra.web.needs import needs
from hemu.ledger.models import Entry
from hemu.ledger.queries import timeline
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import mark_as_sent, send_again, take_back_message
from hemu.messaging.queries import messages_about
from hemu.messaging.web.panels import message_panel
from hemu.service_requests.models import Request
from hemu.service_requests.operations.telling import text_of
from hemu.service_requests.queries import request_for
from hemu.service_requests.wording import MESSAGE_TOPICS

ACTS: dict[str, Callable[..., None]] = {
    "take_back": take_back_message,
    "sent": mark_as_sent,
    "again": send_again,
}


@needs("request.view")
@never_cache
@require_GET
def panel(request: HttpRequest, number: str) -> HttpResponse:
    """Answer with the panel alone: the page asks again while something is about to go out."""
    staff = cast("StaffRequest", request)
    return _panel(staff, _found(staff, number, "request.view"))


@needs("request.register")
@require_POST
def settle(request: HttpRequest, number: str, message: UUID) -> HttpResponse:
    """Take a message back, mark it as sent, or send it again (POST: act)."""
    staff = cast("StaffRequest", request)
    found = _found(staff, number, "request.register")
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404(number)
    with_htmx = "HX-Request" in request.headers
    try:
        act(message=message, subject=found.subject, by=staff.actor.staff_id, now=staff.now)
    except RuleViolation as refusal:
        return _panel(staff, found, words_for(refusal)) if with_htmx else refused_page(request, refusal)
    return _panel(staff, found) if with_htmx else redirect(f"{reverse('request', args=[number])}#messages")


def messages_of(staff: StaffRequest, found: Request, entries: list[Entry]) -> dict[str, Any]:
    """Return the panel's context; texts with their links, as the owner gets them."""
    base = settings.PUBLIC_URL or staff.build_absolute_uri("/").rstrip("/")
    by_id = {str(entry.id): entry for entry in entries}

    def text(row: Outgoing) -> str:
        entry = by_id.get(row.facts.get("entry", ""))
        return text_of(row, entry, found, base=base) if entry else ""

    return message_panel(
        messages_about(found.subject),
        text_of=text,
        topics=MESSAGE_TOPICS,
        may_settle=staff.actor.may("request.register", found.community.office_id),
        url=reverse("request_messages", args=[found.number]),
        now=staff.now,
    )


def _panel(staff: StaffRequest, found: Request, refusal: str = "") -> HttpResponse:
    context = messages_of(staff, found, timeline(found.subject))
    return render(staff, "messaging/panel.html", {**context, "message_refusal": refusal})


def _found(staff: StaffRequest, number: str, permission: str) -> Request:
    try:
        return request_for(staff.actor, number, permission)
    except RuleViolation as refusal:
        raise Http404(number) from refusal
