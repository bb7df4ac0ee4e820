"""Logging in and out. The limiter is asked before the password is hashed."""

import json

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hemu.access.models import Account
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.refusals import words_for
from hemu.infra.web.needs import PUBLIC, needs
from hemu.sign_in.models import Device
from hemu.sign_in.operations import note_failure, note_success, seconds_to_wait
from hemu.sign_in.web.devices import device_here, log_in_by_pin
from hemu.sign_in.web.entering import enter
from hemu.sign_in.web.forms import LogInForm
from hemu.sign_in.web.waiting import told_when
from hemu.sign_in.web.ways import safe


@needs(PUBLIC)
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Show the log-in page (GET) or try a log-in (POST: login, password, next; on a known device: pin, next)."""
    target = request.POST.get("next", request.GET.get("next", ""))
    if isinstance(request.user, Account):
        return redirect(safe(target, request) or "/")
    if "pin" in request.POST or (request.method == "GET" and "password" not in request.GET):
        device = device_here(request)
        if device:
            return _by_pin(request, device, target)
    if request.method == "GET" and not Account.objects.exists():
        return redirect("start")
    form = LogInForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, target)
    now, address, login = clock.now(), request.META["REMOTE_ADDR"], form.cleaned_data["login"]
    if seconds := seconds_to_wait(login=login, address=address, now=now):
        return told_when(_page(request, form, target, wait_seconds=seconds, status=429), seconds)
    account = auth.authenticate(request, login=login, password=form.cleaned_data["password"])
    if not isinstance(account, Account):
        note_failure(login=login, address=address, now=now)
        return _page(request, form, target, error=_("账号或密码不对。"), status=422)
    note_success(login=login, address=address)
    return enter(request, account, safe(target, request) or "/", now=now)


def _by_pin(request: HttpRequest, device: Device, target: str) -> HttpResponse:
    """Show the field for the PIN of a known device (GET) or try it (POST)."""
    context = {"next": target, "name": device.account.staff.name}
    if request.method == "GET":
        return render(request, "sign_in/pin.html", context)
    try:
        return log_in_by_pin(request, device, safe(target, request) or "/")
    except RuleViolation as refusal:
        ended = refusal.code == "pin.ended"
        if ended:
            return _page(request, LogInForm(), target, error=words_for(refusal), status=422)
        return render(request, "sign_in/pin.html", context | {"error": words_for(refusal)}, status=422)


@needs(PUBLIC)
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    return redirect("log_in")


def _page(
    request: HttpRequest,
    form: LogInForm,
    target: str,
    *,
    error: str = "",
    wait_seconds: int = 0,
    status: int = 200,
) -> HttpResponse:
    context = {
        "login": form.data.get("login", ""),
        "next": target,
        "error": error,
        "seconds": wait_seconds,
        "demo_logins": _demo_logins(),
    }
    return render(request, "sign_in/log_in.html", context, status=status)


def _demo_logins() -> list[dict[str, str]]:
    """Return the log-ins of the demonstration, as its loading noted them; nothing on a server."""
    note = settings.HOME / "demo.json"
    if settings.HTTPS or not note.exists():
        return []
    return [
        {**each, "post": str(ROLES[each["role"]])} for each in json.loads(note.read_text(encoding="utf-8"))
    ]
