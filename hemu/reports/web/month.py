"""The month's report on return visits, and the year's plan of them."""

from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community
from hemu.estate.queries import staff_names
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.reports.operations import approve_plan, publish_month
from hemu.reports.queries import month_of, published, visit_figures
from hemu.reports.rules import MONTHLY, YEARLY
from hemu.reports.wording import FIGURES
from hemu.service_requests.queries import communities_of

BEFORE_THIS = timedelta(days=1)


@needs("return_visit.view")
@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """Show a month (GET: community, month as 2026-10), last month where none is asked for."""
    staff = cast("StaffRequest", request)
    return _page(staff, _community(staff))


@needs("report.publish")
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Publish the report of a month (POST: community, month, words, key)."""
    staff = cast("StaffRequest", request)
    community = _community(staff)
    on = _month(staff, community)

    def act() -> dict[str, Any]:
        by = staff.actor
        words = staff.POST.get("words", "")
        return _said(
            publish_month(community=community, month=on, by=by, act=by.act(now=staff.now), words=words)
        )

    return _done(staff, community, act)


@needs("plan.approve")
@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Approve the plan of the year of the month shown (POST: community, month, words, key)."""
    staff = cast("StaffRequest", request)
    community = _community(staff)
    year = staff.now.astimezone(OFFICE_ZONE).year

    def act() -> dict[str, Any]:
        by = staff.actor
        words = staff.POST.get("words", "")
        return _said(
            approve_plan(community=community, year=year, by=by, act=by.act(now=staff.now), words=words)
        )

    return _done(staff, community, act)


def _said(entry: Entry) -> dict[str, Any]:
    return {"entry": str(entry.id)}


def _done(staff: StaffRequest, community: Community, act: Any) -> HttpResponse:
    body = {name: staff.POST.get(name, "") for name in ("community", "month", "words")}
    try:
        once(account=staff.actor.key, key=staff.POST.get("key", ""), body=body, now=staff.now, act=act)
    except RuleViolation as refusal:
        return _page(staff, community, refusal)
    asked = {"community": str(community.id), "month": body["month"]}
    return redirect(f"{reverse('return_visit_month')}?{urlencode(asked)}")


def _community(staff: StaffRequest) -> Community:
    asked = staff.POST.get("community", "") or staff.GET.get("community", "")
    found = communities_of(staff.actor, "return_visit.view")
    community = next((each for each in found if str(each.id) == asked), found[0] if found else None)
    if community is None:
        raise Http404
    return community


def _month(staff: StaffRequest, community: Community) -> datetime:
    """Return a moment of the month asked for, of last month where none is."""
    text = staff.POST.get("month", "") or staff.GET.get("month", "")
    last = month_of(community, staff.now).start - BEFORE_THIS
    try:
        day = date.fromisoformat(f"{text}-02")
    except ValueError:
        return last
    return datetime(day.year, day.month, 2, tzinfo=OFFICE_ZONE) if 2000 < day.year < 2200 else last


def _page(staff: StaffRequest, community: Community, refusal: RuleViolation | None = None) -> HttpResponse:
    on = _month(staff, community)
    period, year = month_of(community, on), staff.now.astimezone(OFFICE_ZONE).year
    figures = visit_figures(community, period).plain()
    over, office = staff.now >= period.end, community.office_id
    found = communities_of(staff.actor, "return_visit.view")
    context = {
        "communities": [(str(each.id), each.name) for each in found],
        "community": str(community.id),
        "community_name": community.name,
        "month": period.key,
        "figures": [(FIGURES[name], count) for name, count in figures.items()],
        "over": over,
        "may_publish": over and staff.actor.may("report.publish", office),
        "may_approve": staff.actor.may("plan.approve", office),
        "reports": _entries(published(MONTHLY, community, period.key)),
        "plans": _entries(published(YEARLY, community, str(year))),
        "year": year,
        "key": new_id(staff.now).hex,
        "typed": staff.POST.get("words", ""),
        "refusal": words_for(refusal) if refusal else "",
        "queue_url": reverse("return_visits"),
    }
    return render(staff, "reports/month.html", context, status=status_of(refusal) if refusal else 200)


def _entries(entries: list[Entry]) -> list[dict[str, Any]]:
    names = staff_names({UUID(each.actor[6:]) for each in entries})
    return [
        {
            "by": names.get(UUID(each.actor[6:]), _("已离职员工")),
            "at": each.at,
            "words": words_of(each).get("text", ""),
        }
        for each in entries
    ]
