"""Calendars by secret addresses: opened and revoked by staff, fetched by programs that know no log-in."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.duty_calendar.operations import open_feed, revoke_feed
from hemu.duty_calendar.queries import digest_of, feeds_of, fetched
from hemu.duty_calendar.rules import calendar_of
from hemu.duty_wall.queries import offices_in
from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import PUBLIC, needs
from hemu.sign_in.operations import note_failure, seconds_to_wait

NOT_THERE, TOO_MANY = 404, 429


@needs("duty.view")
@require_http_methods(["GET", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """Show one's addresses (GET); open one (POST: office, or none for one's own) or revoke one (POST: revoke)."""
    staff = cast("StaffRequest", request)
    if staff.method == "GET":
        return _page(staff)
    actor, act = staff.actor, staff.actor.act(now=staff.now)
    try:
        if staff.POST.get("revoke"):
            revoke_feed(feed=_id(staff.POST["revoke"]), by=actor, act=act)
            return redirect("calendar_feeds")
        wanted = staff.POST.get("office", "")
        office = next((each for each in offices_in(actor) if str(each.id) == wanted), None)
        if wanted and office is None:
            raise RuleViolation("access.denied", permission="duty.view")
        _feed, secret = open_feed(by=actor, act=act, office=office)
    except RuleViolation as refusal:
        return _page(staff, refusal=refusal)
    return _page(staff, secret=secret)


def _page(staff: StaffRequest, *, secret: str = "", refusal: RuleViolation | None = None) -> HttpResponse:
    url = staff.build_absolute_uri(reverse("calendar_feed", args=[secret])) if secret else ""
    context = {
        "feeds": [
            {"id": str(each.id), "name": each.office.name if each.office else _("我自己的"), "made_at": each.made_at}
            for each in feeds_of(staff.actor)
        ],
        "offices": [(str(each.id), each.name) for each in offices_in(staff.actor)],
        "url": url,
        "refusal": words_for(refusal) if refusal else "",
    }  # fmt: skip
    status = status_of(refusal) if refusal else 200
    return render(staff, "duty_calendar/feeds.html", context, status=status)


@needs(PUBLIC)
@require_GET
def fetch(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer with the calendar that a secret opens; whatever opens none answers alike, and guessing is slowed down."""
    now = cast("StaffRequest", request).now
    who = {"login": f"calendar:{digest_of(secret)[:16]}", "address": request.META["REMOTE_ADDR"]}
    if seconds := seconds_to_wait(now=now, **who):
        answer = HttpResponse("", content_type="text/plain", status=TOO_MANY)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    found = fetched(secret, now=now)
    if found is None:
        note_failure(now=now, **who)
        return HttpResponse("", content_type="text/plain", status=NOT_THERE)
    office, dues = found
    name = f"{_('应办事项')} · {office or _('我自己的')}"
    return HttpResponse(calendar_of(name, dues, made_at=now), content_type="text/calendar; charset=utf-8")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise RuleViolation("feed.not_found") from error
