"""Who is on duty in the week to come: put people on shifts, take one off, repeat last week."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Office
from hemu.estate.queries import office_rules
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.infra.wording import date_words
from hemu.setting_up.operations_shifts import put_on_duty, repeat_last_week, take_off_duty
from hemu.setting_up.queries import shifts_within, staff_for_shifts

PERMISSION = "shift.change"
DAYS = 14
CHOSEN_DAYS = 7


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest) -> HttpResponse:
    """Show the coming shifts (GET: office), or change them (POST: do = put | repeat | off; person, day, span, shift)."""
    staff = cast("StaffRequest", request)
    offices = _offices(staff)
    asked = request.POST.get("office") or request.GET.get("office", "")
    office = next((each for each in offices if str(each.id) == asked), offices[0] if offices else None)
    if office is None:
        return redirect("home")
    if request.method == "GET":
        return _page(staff, office, offices)
    try:
        _do(staff, office)
    except RuleViolation as refusal:
        return _page(staff, office, offices, refusal)
    return redirect(f"{reverse('shifts')}?office={office.id}")


def _offices(staff: StaffRequest) -> list[Office]:
    held = staff.actor.offices_with(PERMISSION)
    rows = Office.objects.all() if held is None else Office.objects.filter(id__in=held)
    return list(rows.order_by("name"))


def _do(staff: StaffRequest, office: Office) -> None:
    posted, act = staff.POST, staff.actor.act(now=staff.now)
    what = posted.get("do", "")
    if what == "off":
        shift = posted.get("shift", "")
        take_off_duty(
            office=office, shift=int(shift) if shift.isdecimal() and len(shift) < 18 else 0, act=act
        )
    elif what == "repeat":
        today = _today(staff)
        repeat_last_week(office=office, monday=today - timedelta(days=today.weekday()), act=act)
    else:
        days = [day for day in _days(staff) if day.isoformat() in posted.getlist("day")]
        known = {str(person): person for person, _, _ in staff_for_shifts(office, now=staff.now)}
        people: list[UUID] = [known[each] for each in posted.getlist("person") if each in known]
        put_on_duty(office=office, people=people, days=days, span=posted.get("span", ""), act=act)


def _today(staff: StaffRequest) -> date:
    return staff.now.astimezone(OFFICE_ZONE).date()


def _days(staff: StaffRequest) -> list[date]:
    return [_today(staff) + timedelta(days=number) for number in range(DAYS)]


def _page(
    staff: StaffRequest, office: Office, offices: list[Office], refusal: RuleViolation | None = None
) -> HttpResponse:
    days = _days(staff)
    start = datetime.combine(days[0], time.min, OFFICE_ZONE)
    by_day: dict[date, list[dict[str, Any]]] = {}
    for shift in shifts_within(office, start=start, days=DAYS):
        begins, ends = shift.begins_at.astimezone(OFFICE_ZONE), shift.ends_at.astimezone(OFFICE_ZONE)
        line = {"id": shift.id, "name": shift.staff.name, "role": ROLES[shift.role],
                "span": f"{begins:%H:%M}–{ends:%H:%M}", "now": begins <= staff.now < ends}  # fmt: skip
        by_day.setdefault(begins.date(), []).append(line)
    spans = office_rules(office, on=staff.now).settings.hours["technician_shifts"]
    context: dict[str, Any] = {
        "place": office,
        "places": [(str(each.id), each.name) for each in offices],
        "rows": [{"day": date_words(day), "shifts": by_day[day]} for day in sorted(by_day)],
        "people": [
            (str(person), f"{name} · {ROLES[role]}")
            for person, role, name in staff_for_shifts(office, now=staff.now)
        ],
        "days": [(day.isoformat(), date_words(day)) for day in days],
        "chosen_days": staff.POST.getlist("day") or [day.isoformat() for day in days[:CHOSEN_DAYS]],
        "chosen_people": staff.POST.getlist("person"),
        "spans": [(span, span) for span in spans],
        "span": staff.POST.get("span", spans[0]),
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "setting_up/duty.html", context, status=status_of(refusal) if refusal else 200)
