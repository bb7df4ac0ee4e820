"""One's own devices: keeping this one known by a PIN, signing in with it, forgetting one."""

import re
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hemu.access.actors import actor_of
from hemu.access.models import Account
from hemu.access.web.gate import StaffRequest
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.needs import SIGNED_IN, needs
from hemu.sign_in.models import Device
from hemu.sign_in.operations_devices import (
    devices_of,
    forget_device,
    keep_device,
    known_device,
    let_in_by_pin,
    note_session,
)
from hemu.sign_in.queries import has_factor
from hemu.sign_in.rules_pin import KEPT_FOR, may_use_pin
from hemu.sign_in.web.entering import BY_CODE, BY_PIN, enter, let_in

COOKIE = "device"
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@needs(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """Show one's devices (GET), or keep this one known (POST: pin, again)."""
    staff = cast("StaffRequest", request)
    if request.method == "GET":
        return _page(staff)
    account = cast("Account", request.user)
    try:
        token = keep_device(
            account=account,
            by=staff.actor,
            pin=request.POST.get("pin", ""),
            again=request.POST.get("again", ""),
            name=_name(request.headers.get("User-Agent", "")),
            session_key=request.session.session_key or "",
            now=staff.now,
            by_code=bool(request.session.get(BY_CODE)),
            by_pin=bool(request.session.get(BY_PIN)),
        )
    except RuleViolation as refusal:
        return _page(staff, error=words_for(refusal), status=422)
    return _with_cookie(redirect("devices"), token)


@needs(SIGNED_IN)
@require_POST
def forget(request: HttpRequest, device: UUID) -> HttpResponse:
    """Forget a device; the session it opened ends with it."""
    forget_device(account=cast("Account", request.user), device=device)
    return redirect("devices")


def device_here(request: HttpRequest) -> Device | None:
    """Return the device from which a request comes, where it is known."""
    return known_device(token=request.COOKIES.get(COOKIE, ""), now=clock.now())


def log_in_by_pin(request: HttpRequest, device: Device, target: str) -> HttpResponse:
    """Let in the owner of a known device (POST: pin); refusals as `let_in_by_pin`.

    Phone and PIN are two factors where the phone was kept by who had shown the second; where a post asks for one that
    its holder has not got, enrolling it comes first, as after the password.
    """
    now = clock.now()
    by = actor_of(device.account, today=office_day(now))
    account = let_in_by_pin(device=device, by=by, pin=request.POST.get("pin", ""), now=now)
    answer = (
        let_in(request, account, target, by_pin=True)
        if has_factor(account)
        else enter(request, account, target, now=now, by_pin=True)
    )
    if request.user.is_authenticated:
        request.session.save()
        note_session(device=device, session_key=request.session.session_key or "")
    return answer


def _with_cookie(response: HttpResponse, token: str) -> HttpResponse:
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(KEPT_FOR.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
    return response


def _name(agent: str) -> str:
    system = next((word for mark, word in _SYSTEMS if mark in agent), _("未知设备"))
    return f"{system} · {_('微信')}" if re.search("MicroMessenger|wxwork", agent) else system


def _page(request: StaffRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    account = cast("Account", request.user)
    here = device_here(request)
    context: dict[str, Any] = {
        "devices": [
            {
                "id": each.id,
                "name": each.name,
                "used_at": each.used_at,
                "ends_at": each.ends_at,
                "here": here is not None and each.pk == here.pk,
            }
            for each in devices_of(account=account, now=request.now)
        ],
        "may_keep": may_use_pin(request.actor.roles) and (here is None or here.account_id != account.pk),
        "allowed": may_use_pin(request.actor.roles),
        "error": error,
    }
    return render(request, "sign_in/devices.html", context, status=status)
