"""Handing over the work of somebody who is away or leaves."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hemu.access.models import Account
from hemu.access.web.gate import StaffRequest
from hemu.dispatching.models import Absence
from hemu.dispatching.operations import HandOver, hand_over, take_back
from hemu.dispatching.operations.handing import open_work_of
from hemu.dispatching.queries import handlers_at, office_for, offices_of
from hemu.dispatching.web.board import tabs_of
from hemu.estate.models import Office
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day, typed_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs

LISTED = 50


@needs("dispatch.arrange")
@require_http_methods(["GET", "POST"])
def handing(request: HttpRequest) -> HttpResponse:
    """Show who is away (GET: office), or hand over (POST: office, staff, to, since, until, reason).

    A day to come is planned, and taken back by POST of office, staff, since and ``act=take_back``.
    """
    staff = cast("StaffRequest", request)
    asked = staff.GET if request.method == "GET" else staff.POST
    try:
        office = office_for(staff.actor, "dispatch.arrange", asked.get("office", ""))
    except RuleViolation as refusal:
        raise Http404 from refusal
    if request.method == "GET":
        return _page(staff, office)
    try:
        if staff.POST.get("act") == "take_back":
            return _taken_back(staff, office)
        done = _handed(staff, office)
    except RuleViolation as refusal:
        return _page(staff, office, refusal=refusal)
    return _page(staff, office, done=done)


def _taken_back(staff: StaffRequest, office: Office) -> HttpResponse:
    account = Account.objects.select_related("staff").filter(login=staff.POST.get("staff", "")).first()
    since = _day(staff.POST.get("since", ""))
    if account is None or since is None:
        raise RuleViolation("hand_over.not_planned")
    act = staff.actor.act(now=staff.now)
    take_back(office=office, staff=account.staff, since=since, act=act, by=staff.actor)
    return redirect(f"{reverse('hand_over')}?{urlencode({'office': str(office.id)})}")


def _handed(staff: StaffRequest, office: Office) -> HandOver:
    post = staff.POST
    accounts = {
        each.login: each
        for each in Account.objects.select_related("staff").filter(
            login__in=[post.get("staff", ""), post.get("to", "")]
        )
    }
    if not post.get("staff"):
        raise RuleViolation("hand_over.nobody")
    if post["staff"] not in accounts:
        raise RuleViolation("access.unknown_login", login=post["staff"])
    to = accounts.get(post.get("to", ""))
    return hand_over(
        staff=accounts[post["staff"]].staff,
        to=to.staff if to else None,
        office=office,
        since=_day(post.get("since", "")) or office_day(staff.now),
        until=_day(post.get("until", "")),
        reason=post.get("reason", ""),
        act=staff.actor.act(now=staff.now),
        by=staff.actor,
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return typed_day(text)
    except ValueError as error:
        raise RuleViolation("request.unreadable_date", field="since", value=text[:20]) from error


def _page(
    staff: StaffRequest,
    office: Office,
    *,
    done: HandOver | None = None,
    refusal: RuleViolation | None = None,
) -> HttpResponse:
    today = office_day(staff.now)
    people = handlers_at(office, on=today)
    absences = Absence.objects.filter(office=office).exclude(until__lt=today)
    absences = absences.select_related("staff__account", "stand_in", "planned_by")
    logins = {each.id: login for login, each in people}
    context: dict[str, Any] = {
        "tabs": tabs_of(staff, office, "hand_over"),
        "offices": [(str(each.id), each.name) for each in offices_of(staff.actor, "dispatch.arrange")],
        "office_id": str(office.id),
        "people": [(login, each.name) for login, each in people],
        "typed": staff.POST.dict() if refusal else {"since": today.isoformat()},
        "rows": [_row(each, office, today, logins) for each in absences.order_by("since")[:LISTED]],
        "done": done,
        "moved": [{"number": row.number, "url": reverse("request", args=[row.number])} for row in done.moved]
        if done
        else [],
        "kept": [
            {"number": row.number, "url": reverse("request", args=[row.number]), "words": row.refusal}
            for row in done.kept
        ]
        if done
        else [],
        "refusal": words_for(refusal) if refusal else "",
        "hand_over_url": reverse("hand_over"),
    }
    return render(staff, "dispatching/handing.html", context, status=status_of(refusal) if refusal else 200)


def _row(away: Absence, office: Office, today: date, logins: dict[UUID, str]) -> dict[str, Any]:
    return {
        "name": away.staff.name,
        "stand_in": away.stand_in.name if away.stand_in else _("谁先接谁办"),
        "since": away.since,
        "until": away.until,
        "left": len(open_work_of(away.staff, office)) if away.since <= today else 0,
        "login": logins.get(away.staff_id, ""),
        "to": logins.get(away.stand_in_id, "") if away.stand_in_id else "",
        "waits": away.waits,
        "reason": away.reason,
        "planned_by": away.planned_by.name if away.planned_by else "",
        "taken_back_by": away.staff.account.login if away.waits and away.since > today else "",
        "refused": refused_words(away),
    }


def refused_words(away: Absence) -> str:
    """Return why a planned hand-over brought nothing on its day; empty where it did, or its day is to come."""
    return words_for(RuleViolation(away.refused["code"], **away.refused["params"])) if away.refused else ""
