"""The month calendar of duties: one's own, a community's, an office's; on a phone a list by day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.duty_calendar.queries import OnDay, hidden_from, month_of_books, month_of_person
from hemu.duty_calendar.rules import weeks_of
from hemu.duty_wall.queries import places_of
from hemu.duty_wall.rules import first_of_month, month_after
from hemu.duty_wall.web.wall import month_asked
from hemu.estate.models import Community, Office
from hemu.infra.moments import office_day
from hemu.infra.web.needs import needs
from hemu.procedures.wording import STATES
from hemu.service_requests.queries import communities_of
from hemu.sop.register import load_register

SHOWN = 5
"""Lines in a day; the rest is counted."""
ORDER = ("late", "open", "fulfilled_late", "fulfilled")


@needs("duty.view")
@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """Show a month (GET: month; whose: an office, a community, or none for one's own)."""
    staff = cast("StaffRequest", request)
    today = office_day(staff.now)
    shown = month_asked(staff.GET.get("month", "")) or first_of_month(today)
    communities = communities_of(staff.actor, "duty.view")
    offices = {each.office_id: each.office for each in communities}
    places: dict[str, Community | Office] = {str(key): each for key, each in offices.items()}
    places |= {str(each.id): each for each in communities}
    whose = staff.GET.get("whose", "")
    place = places.get(whose)
    found = _found(staff, place, shown)
    context = {
        "heading": _("%(year)s 年 %(month)s 月") % {"year": shown.year, "month": shown.month},
        "whose": whose if place else "",
        "name": place.name if place else staff.actor.name,
        "places": [(key, each.name) for key, each in places.items()],
        "month": shown.strftime("%Y-%m"),
        "weekdays": list(WEEKDAYS_ABBR.values()),
        "weeks": [[_day(day, shown, today, found) for day in week] for week in weeks_of(shown)],
        "empty": not found,
        "newer": _url(month_after(shown), whose),
        "older": _url(month_after(shown, -1), whose),
    }
    return render(staff, "duty_calendar/month.html", context)


def _found(staff: StaffRequest, place: Community | Office | None, shown: date) -> list[OnDay]:
    if place is None:
        return month_of_person(staff.actor, shown, now=staff.now)
    books = list(places_of(place)) if isinstance(place, Office) else [place.book_id]
    return month_of_books(books, shown, now=staff.now, hidden=hidden_from(staff.actor))


def _day(day: date, shown: date, today: date, found: Sequence[OnDay]) -> dict[str, Any]:
    rows = [each for each in found if each.day == day] if day.month == shown.month else []
    rows.sort(key=lambda each: (ORDER.index(each.state), each.clause))
    return {
        "number": day.day,
        "weekday": WEEKDAYS_ABBR[day.weekday()],
        "other": day.month != shown.month,
        "today": day == today,
        "rows": [_row(each, shown) for each in rows[:SHOWN]],
        "more": sum(each.count for each in rows[SHOWN:]),
    }


def _row(each: OnDay, shown: date) -> dict[str, Any]:
    asked = {"book": each.book, "clause": each.clause, "month": shown.strftime("%Y-%m")}
    known = load_register().clauses.get(each.clause)
    return {
        "clause": each.clause,
        "title": known.title if known else "",
        "count": each.count if each.count > 1 else "",
        "status": STATES[each.state],
        "url": f"{reverse('duty_cell')}?{urlencode(asked)}"
        if each.book
        else reverse("clause", args=[each.clause]),
    }


def _url(month: date, whose: str) -> str:
    return f"?{urlencode({'month': month.strftime('%Y-%m')} | ({'whose': whose} if whose else {}))}"
