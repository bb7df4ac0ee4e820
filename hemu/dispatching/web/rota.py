"""The rota of a week: a grid of people and days, copied from last week or pasted from a spreadsheet."""

from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.dispatching.operations import publish_rota, set_shifts
from hemu.dispatching.queries import monday_of, office_for, offices_of, shifts_of, staff_at, week_of_shifts
from hemu.dispatching.rules_rota import DAYS, cell_of, read_table
from hemu.dispatching.web.board import tabs_of
from hemu.estate.models import Office, Shift
from hemu.estate.queries import on_duty
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import Interval
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs

Cells = dict[UUID, list[str]]
WEEK = timedelta(days=DAYS)


@needs("dispatch.view")
@require_GET
def rota(request: HttpRequest) -> HttpResponse:
    """Show the rota of a week (GET: office, week: any day of it; copy: filled with the week before)."""
    staff = cast("StaffRequest", request)
    office = _office(staff, staff.GET.get("office", ""), "dispatch.view")
    monday = _week(staff, staff.GET.get("week", ""))
    source = monday - WEEK if staff.GET.get("copy") else monday
    return _page(staff, office, monday, _cells(office, source), copied=source != monday)


@needs("dispatch.arrange")
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Publish the grid (POST: office, week, do: ``publish``, c-STAFF-DAY …), fill it (``paste``) or set the shifts (``shifts``)."""
    staff = cast("StaffRequest", request)
    post = staff.POST
    office = _office(staff, post.get("office", ""), "dispatch.arrange")
    monday = _week(staff, post.get("week", ""))
    cells = _typed(staff, office, monday)
    try:
        if post.get("do") == "paste":
            cells, strangers = _pasted(office, monday, post.get("table", ""), cells)
            return _page(staff, office, monday, cells, copied=True, strangers=strangers)
        if post.get("do") == "shifts":
            set_shifts(office=office, text=post.get("shifts", ""), by=staff.actor)
        else:
            filled = {each: week for each, week in cells.items() if any(week)}
            act = staff.actor.act(now=staff.now)
            publish_rota(office=office, monday=monday, cells=filled, act=act, by=staff.actor)
    except RuleViolation as refusal:
        return _page(staff, office, monday, cells, refusal=refusal)
    return redirect(f"{reverse('rota')}?office={office.id}&week={monday.isoformat()}")


def _office(staff: StaffRequest, office: str, permission: str) -> Office:
    try:
        return office_for(staff.actor, permission, office)
    except RuleViolation as refusal:
        raise Http404 from refusal


def _week(staff: StaffRequest, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = office_day(staff.now)
    return monday_of(day if 2000 <= day.year < 2200 else office_day(staff.now))


def _cells(office: Office, monday: date) -> Cells:
    codes = shifts_of(office)
    found: Cells = {}
    for (staff, day), shifts in week_of_shifts(office, monday).items():
        spans = [_span(shift) for shift in shifts]
        found.setdefault(staff, [""] * DAYS)[day] = cell_of(spans, codes)
    return found


def _span(shift: Shift) -> Interval:
    begins = shift.begins_at.astimezone(OFFICE_ZONE)
    start = begins.hour * 60 + begins.minute
    return Interval(start, start + round((shift.ends_at - shift.begins_at).total_seconds() / 60))


def _typed(staff: StaffRequest, office: Office, monday: date) -> Cells:
    people = [
        each.id for each, _role, _department in staff_at(office, on=monday, until=monday + timedelta(days=6))
    ]
    return {
        each: [staff.POST.get(f"c-{each.hex}-{day}", "").strip()[:20] for day in range(DAYS)]
        for each in people
    }


def _pasted(office: Office, monday: date, table: str, cells: Cells) -> tuple[Cells, list[str]]:
    """Fill the grid with a pasted table by the people's names; return the names that nobody here has."""
    people = {
        each.name: each.id
        for each, _role, _dep in staff_at(office, on=monday, until=monday + timedelta(days=6))
    }
    rows = read_table(table)
    strangers = [name for name, _week in rows if name not in people]
    return cells | {people[name]: week for name, week in rows if name in people}, strangers


def _page(
    staff: StaffRequest,
    office: Office,
    monday: date,
    cells: Cells,
    *,
    copied: bool = False,
    strangers: list[str] | None = None,
    refusal: RuleViolation | None = None,
) -> HttpResponse:
    may = staff.actor.may("dispatch.arrange", office.id)
    people = staff_at(office, on=monday, until=monday + timedelta(days=6))
    shifts = shifts_of(office)
    context: dict[str, Any] = {
        "tabs": tabs_of(staff, office, "rota"),
        "offices": [(str(each.id), each.name) for each in offices_of(staff.actor, "dispatch.view")],
        "office_id": str(office.id),
        "may": may,
        "days": [_day(monday + timedelta(days=number), staff.now) for number in range(DAYS)],
        "rows": [
            {
                "name": each.name,
                "post": ROLES[role],
                "department": department,
                "cells": [
                    {"name": f"c-{each.id.hex}-{day}", "value": value}
                    for day, value in enumerate(cells.get(each.id, [""] * DAYS))
                ],
            }
            for each, role, department in people
            if may or each.id in cells
        ],
        "on_duty": [each.name for each in on_duty(office, at=staff.now)],
        "week": monday.isoformat(),
        "before": (monday - WEEK).isoformat(),
        "after": (monday + WEEK).isoformat(),
        "shifts": shifts,
        "shifts_text": "\n".join(f"{code} {hours}" for code, hours in shifts.items()),
        "copied": copied,
        "strangers": strangers or [],
        "refusal": words_for(refusal) if refusal else "",
        "rota_url": reverse("rota"),
        "publish_url": reverse("rota_publish"),
    }
    return render(staff, "dispatching/rota.html", context, status=status_of(refusal) if refusal else 200)


def _day(day: date, now: datetime) -> dict[str, Any]:
    words = (_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日"))
    return {
        "word": words[day.weekday()],
        "date": f"{day.month}/{day.day}",
        "today": day == office_day(now),
    }
