"""Logging in by phone number and a code, and out again. Every answer is the same for a known and an unknown number."""

import json
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import PUBLIC, needs
from hemu.messaging.channels import ready_channels
from hemu.messaging.rules import Channel
from hemu.portal.operations import log_out as end_session
from hemu.portal.operations import log_out_everywhere, open_session, send_code
from hemu.portal.operations.door import can_send, guesser_of, phone_of
from hemu.portal.queries import owner_of
from hemu.portal.rules import mobile_of
from hemu.portal.web.gate import COOKIE, OwnerRequest, forget, owners, remember, way_on
from hemu.sign_in.operations import note_failure, note_success, seconds_to_wait
from hemu.sign_in.web.waiting import told_when


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for the phone number (GET), and send it a code (POST: phone, next)."""
    asked = cast("OwnerRequest", request)
    if request.method == "GET":
        if owner_of(request.COOKIES.get(COOKIE, ""), now=asked.now):
            return redirect(way_on(request))
        return _phone_page(request)
    try:
        phone = mobile_of(request.POST.get("phone", ""))
        handle = send_code(phone=phone, address=request.META["REMOTE_ADDR"], now=asked.now)
    except RuleViolation as refusal:
        return _phone_page(request, refusal)
    return _code_page(request, handle)


@needs(PUBLIC)
@never_cache
@require_POST
def code(request: HttpRequest) -> HttpResponse:
    """Weigh a code (POST: handle, code, next) and open the door."""
    now, address = cast("OwnerRequest", request).now, request.META["REMOTE_ADDR"]
    handle = request.POST.get("handle", "")
    who = guesser_of(handle)
    if seconds := seconds_to_wait(login=who, address=address, now=now):
        refusal = RuleViolation("portal.wait", seconds=seconds)
        return told_when(_code_page(request, handle, refusal, 429), seconds)
    token = open_session(handle=handle, said=request.POST.get("code", ""), now=now)
    if token is None:
        note_failure(login=who, address=address, now=now)
        return _code_page(request, handle, RuleViolation("portal.wrong_code"))
    note_success(login=who, address=address)
    return remember(redirect(way_on(request)), token)


@needs(PUBLIC)
@require_POST
@owners
def log_out(request: OwnerRequest) -> HttpResponse:
    """End this log-in, or with POST everywhere=1 every log-in of this number."""
    if request.POST.get("everywhere"):
        log_out_everywhere(phone=request.owner.phone)
    else:
        end_session(token=request.COOKIES.get(COOKIE, ""))
    return forget(redirect("my_log_in"))


def _phone_page(request: HttpRequest, refusal: RuleViolation | None = None) -> HttpResponse:
    context = {
        "phone": request.POST.get("phone", ""),
        "next": way_on(request),
        "error": words_for(refusal) if refusal else "",
        "closed": not can_send(),
        **_trial(),
    }
    return render(request, "portal/log_in.html", context, status=status_of(refusal) if refusal else 200)


def _code_page(
    request: HttpRequest, handle: str, refusal: RuleViolation | None = None, status: int = 422
) -> HttpResponse:
    context = {
        "handle": handle,
        "phone": phone_of(handle),
        "next": way_on(request),
        "code_url": reverse("my_code"),
        "error": words_for(refusal) if refusal else "",
        **_trial(),
    }
    return render(request, "portal/code.html", context, status=status if refusal else 200)


def _trial() -> dict[str, Any]:
    """Tell whether codes go to the terminal of this machine: without a gateway, never behind https; and whose."""
    if settings.HTTPS or Channel.SMS in ready_channels():
        return {}
    note = settings.HOME / "demo_owners.json"
    demo = json.loads(note.read_text(encoding="utf-8")) if note.exists() else []
    return {"at_terminal": True, "demo_owners": demo}
