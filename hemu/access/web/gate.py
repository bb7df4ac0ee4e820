"""The gate in front of every page: it puts the actor on the request and refuses what the view does not allow."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from hemu.access.actors import Actor, actor_of
from hemu.access.models import Account
from hemu.access.web.bearer import admit
from hemu.infra.moments import office_day
from hemu.infra.standing import one_request
from hemu.infra.web.needs import PUBLIC, SIGNED_IN, TOKEN, needed


class StaffRequest(HttpRequest):
    """A request behind the gate: the actor, and the moment at which it came."""

    actor: Actor
    now: datetime


class GateMiddleware:
    """A view that declares no need is never served."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_request():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        need = needed(view)
        if need is None:
            raise ImproperlyConfigured(f"{view} declares no need")
        if need == PUBLIC:
            return None
        if need == TOKEN:
            return admit(request)
        account = request.user
        if not isinstance(account, Account):
            return redirect(f"{reverse('log_in')}?{urlencode({'next': request.get_full_path()})}")
        staff_request = cast("StaffRequest", request)
        staff_request.actor = actor_of(account, today=office_day(staff_request.now))
        if need != SIGNED_IN and not staff_request.actor.may(need):
            raise PermissionDenied(need)
        return None
