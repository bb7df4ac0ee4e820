"""What a request asks for: the community or office, and the month."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community, Office
from hemu.estate.queries import office_rules
from hemu.figures.queries import month_begins, month_of, offices_seen
from hemu.foundation.due import Period, period_of
from hemu.foundation.errors import RuleViolation


def chosen_community(staff: StaffRequest) -> Community:
    """Return the community asked for (GET: community), the first of one's own where none is."""
    asked = staff.GET.get("community", "")
    return community_asked(staff, "figure.view", asked)


def chosen_office(staff: StaffRequest) -> Office:
    """Return the office asked for (GET: office), the first of one's own where none is."""
    found = offices_seen(staff.actor)
    asked = staff.GET.get("office", "")
    office = next((each for each in found if str(each.id) == asked), found[0] if found else None)
    if office is None:
        raise Http404
    return office


def chosen_month(staff: StaffRequest, community: Community) -> Period:
    """Return the month asked for (GET: month), this one where none is readable."""
    try:
        return month_of(community, staff.GET.get("month", ""), now=staff.now)
    except RuleViolation:
        return month_of(community, "", now=staff.now)


def office_month(staff: StaffRequest, office: Office) -> Period:
    """Return the month asked for at an office (GET: month), this one where none is readable."""
    time = office_rules(office, on=staff.now).time
    try:
        return period_of("month", month_begins(staff.GET.get("month", "")), time)
    except RuleViolation:
        return period_of("month", staff.now, time)


def beside(name: str, month: Period, now: Any, **kept: str) -> dict[str, str]:
    """Return where the month before and, where it has begun, the month after are shown."""
    year, number = (int(part) for part in month.key.split("-"))
    before = f"{year - (number == 1)}-{(number - 2) % 12 + 1:02}"
    after = f"{year + (number == 12)}-{number % 12 + 1:02}"
    return {
        "before_url": f"{reverse(name)}?{urlencode(kept | {'month': before})}",
        "after_url": f"{reverse(name)}?{urlencode(kept | {'month': after})}" if month.end <= now else "",
    }
