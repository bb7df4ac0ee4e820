"""The owners' own session, apart from that of staff: a cookie with a token, looked up on each page."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from hemu.committee.queries import Seat, seats_of
from hemu.foundation.redaction import mask_phone
from hemu.infra.moments import office_day
from hemu.portal.queries import Owner, owner_of
from hemu.portal.rules import SESSION_DAYS

COOKIE = "owner"
AREA = "/my/"


class OwnerRequest(HttpRequest):
    """A request behind the owners' door: who is logged in, and the moment at which it came."""

    owner: Owner
    now: datetime


def owners(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Serve a page to who is logged in by phone; send everybody else to the door."""

    @wraps(view)
    @never_cache
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = cast("OwnerRequest", request)
        owner = owner_of(request.COOKIES.get(COOKIE, ""), now=asked.now)
        if owner is None:
            back = request.get_full_path() if request.method == "GET" else reverse("my")
            return redirect(f"{reverse('my_log_in')}?{urlencode({'next': back})}")
        asked.owner = owner
        return view(asked, *args, **kwargs)

    return run


class MemberRequest(OwnerRequest):
    """A request of somebody who sits on an owners' committee today, or helps one who does."""

    seats: tuple[Seat, ...]


def members(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Serve a page to who sits on a committee today; to other owners it does not exist."""

    @wraps(view)
    @owners
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = cast("MemberRequest", request)
        if not asked.owner.sits:
            raise Http404
        asked.seats = seats_of(asked.owner.phone, today=office_day(asked.now))
        return view(asked, *args, **kwargs)

    return run


def seat_in(request: HttpRequest, community: UUID) -> Seat:
    """Return the seat in a community of who asks; none there answers like a page that does not exist."""
    seats = cast("MemberRequest", request).seats
    seat = next((each for each in seats if each.community.id == community), None)
    if seat is None:
        raise Http404(str(community))
    return seat


def remember(response: HttpResponse, token: str) -> HttpResponse:
    """Give the browser its token."""
    response.set_cookie(
        COOKIE, token, max_age=SESSION_DAYS * 86_400, httponly=True, samesite="Lax", secure=settings.HTTPS
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Take the token back."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def way_on(request: HttpRequest) -> str:
    """Return where to go after the door: a page of the owners' own, whatever was asked."""
    target = request.POST.get("next", request.GET.get("next", ""))
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe and target.startswith(AREA) else reverse("my")


def frame(request: OwnerRequest, here: str) -> dict[str, Any]:
    """Return what every page behind the door shows: whose it is, where one may go."""
    owner = request.owner
    names = [community.name for community in owner.communities.values()]
    tabs = [("my", "my"), ("my_write", "write"), ("my_notices", "notices"), ("my_around", "around")]
    if owner.sits:
        tabs.insert(0, ("my_committee", "my_committee"))
    return {
        "place": {"community": "、".join(names), "office": mask_phone(owner.phone)},
        "tabs": [
            {"name": name, "url": reverse(url), "current": here in (name, url)}
            for url, name in tabs
            if name not in ("around", "notices") or owner.ties
        ],
        "homes": [{"community": tie.home.community.name, "written": tie.home.written} for tie in owner.ties],
        "stranger": not owner.ties,
        "log_out_url": reverse("my_log_out"),
    }
