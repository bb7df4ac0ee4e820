"""The fields of a post: which role, where, in which department, from when, what it looks after."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community, Department, Office
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.staffing.operations import NewPost
from hemu.staffing.queries import authority_of
from hemu.staffing.staff_sheet.parse import buildings_in
from hemu.staffing.staff_sheet.posts import COMPANY_ROLES
from hemu.staffing.wording import TRADES, WHOLE_COMPANY

NOT_GIVEN = ("committee_chair", "all_departments", "all_staff")
COMPANY = "company"
TRADED = ("department_head", "technician", "security")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""A day of a form lies between them: what is told of anybody's work, with room for the days before and after."""


def post_fields(request: StaffRequest) -> dict[str, Any]:
    """Return what the fields of a post offer to this person."""
    authority = authority_of(request.actor)
    offices = [each for each in Office.objects.order_by("name") if authority.covers(each.id)]
    whole = [(COMPANY, WHOLE_COMPANY)] if authority.covers(None) else []
    roles = [
        (role, words)
        for role, words in ROLES.items()
        if role not in NOT_GIVEN and (whole or role not in COMPANY_ROLES)
    ]
    departments = Department.objects.filter(office__in=offices).order_by("name")
    return {
        "roles": roles,
        "offices": [*((str(each.id), each.name) for each in offices), *whole],
        "departments": list(dict.fromkeys(departments.values_list("name", flat=True))),
        "trades": list(TRADES.items()),
        "communities": [(str(each.id), each.name) for each in Community.objects.filter(office__in=offices)],
        "today": office_day(request.now),
    }


def post_from(posted: Mapping[str, str], request: StaffRequest) -> NewPost:
    """Read a post (role, office, department, trade, community, buildings, since, until).

    Raises:
        RuleViolation: ``staff.day_unreadable``, ``staff.not_yours``.
    """
    office = _office(posted.get("office", ""), request)
    community = _community(posted.get("community", ""), office)
    buildings = tuple(buildings_in(posted.get("buildings", "")))
    trade = posted.get("trade", "")
    return NewPost(
        role=posted.get("role", ""),
        office=office,
        since=day_from(posted.get("since", "")) or office_day(request.now),
        until=day_from(posted.get("until", "")),
        department=posted.get("department", "").strip()[:60],
        trade=trade if trade in TRADES and posted.get("role") in TRADED else "",
        beats={community: buildings} if community else {},
    )


def _office(text: str, request: StaffRequest) -> Office | None:
    if text == COMPANY:
        return None
    office = next((each for each in Office.objects.all() if str(each.id) == text), None)
    if office is None or not authority_of(request.actor).covers(office.id):
        raise RuleViolation("staff.not_yours")
    return office


def _community(text: str, office: Office | None) -> UUID | None:
    rows = Community.objects.filter(office=office) if office else Community.objects.none()
    return next((each.id for each in rows if str(each.id) == text), None)


def day_from(text: str) -> date | None:
    """Read a day as a form sends it; empty is none.

    Raises:
        RuleViolation: ``staff.day_unreadable``.
    """
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise RuleViolation("staff.day_unreadable") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise RuleViolation("staff.day_unreadable")
    return day
