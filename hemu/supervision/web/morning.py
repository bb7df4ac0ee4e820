"""The morning sheet: one page that an office speaks through standing up, and prints."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.duties.queries import nearest_due
from hemu.estate.models import Office
from hemu.estate.wording import ROLES
from hemu.infra.moments import office_day, parse_moment
from hemu.infra.web.needs import needs
from hemu.infra.wording import date_words
from hemu.ledger.models import Entry
from hemu.service_requests.models import Request
from hemu.service_requests.queries import open_to, with_what_a_line_shows
from hemu.service_requests.wording import PAUSE_REASONS, STATES, TYPES, place_words
from hemu.supervision.queries_morning import OnDuty, Sheet, people_on, sheet_of
from hemu.supervision.queries_review import Finding, findings
from hemu.supervision.web.wall import chosen_office, offices_of
from hemu.supervision.wording import ROOTS

ON_PAPER = {"danger": 5, "late": 8, "due": 6, "urged": 4, "came": 5, "praise": 2}
"""How many lines of each section fit one sheet of A4; the others are counted."""


@needs("wall.view")
@require_GET
def morning(request: HttpRequest) -> HttpResponse:
    """Show the sheet of a day (GET: office, day), today's where none is asked for."""
    staff = cast("StaffRequest", request)
    offices = offices_of(staff.actor, "wall.view")
    office = chosen_office(request, offices) or (offices[0] if offices else None)
    if office is None:
        raise Http404
    today = office_day(staff.now)
    day = _day(request.GET.get("day", ""), today)
    sheet = sheet_of(open_to(staff.actor), office, day, now=staff.now)
    there, off = people_on(office, day, now=staff.now)
    context = {
        "office": {"name": office.name},
        "office_id": str(office.id),
        "offices": [(str(each.id), each.name) for each in offices] if len(offices) > 1 else [],
        "day": day.isoformat(),
        "today": today.isoformat(),
        "day_words": date_words(day),
        "since": parse_moment(sheet.since),
        "until": parse_moment(sheet.until),
        "types": "、".join(f"{TYPES[kind]} {count}" for kind, count in sheet.types.items()),
        "sections": _sections(office, sheet, staff.now),
        "there": [_person(each) for each in there],
        "off": [_person(each) for each in off],
        "wall_url": reverse("wall"),
    }
    return render(request, "supervision/morning.html", context)


def _day(text: str, today: date) -> date:
    """Return the day asked for, never one to come; what is no day is today."""
    try:
        return max(min(date.fromisoformat(text), today), today - timedelta(days=3650))
    except ValueError:
        return today


def _cases(sheet: Sheet) -> dict[str, Request]:
    """Return the cases of a sheet, which names only those that its reader may see."""
    asked = {number for name, most in ON_PAPER.items() for number in getattr(sheet, name)[:most]}
    return {
        case.number: case
        for case in with_what_a_line_shows(Request.objects.all())
        .select_related("community")
        .filter(number__in=asked)
    }


def _sections(office: Office, sheet: Sheet, now: datetime) -> list[dict[str, Any]]:
    cases = _cases(sheet)
    subjects = [case.subject for case in cases.values()]
    dues, found = nearest_due(subjects, offices={office.id}), findings(subjects, now=now)
    late = [f"request:{number}" for number in sheet.late[: ON_PAPER["late"]]]
    pauses = _pauses(late)
    titles = [
        ("danger", _("危急"), "brick"),
        ("late", _("逾期"), "brick"),
        ("due", _("今天到期"), "amber"),
        ("urged", _("催办"), "amber"),
        ("came", _("新到"), "pine"),
        ("praise", _("表扬"), "pine"),
    ]
    return [
        {
            "key": key,
            "title": title,
            "tone": tone,
            "count": len(getattr(sheet, key)),
            "rows": [
                _row(cases[number], dues, _why(cases[number].subject, found, pauses) if key == "late" else "")
                for number in getattr(sheet, key)[: ON_PAPER[key]]
                if number in cases
            ],
            "more": max(0, len(getattr(sheet, key)) - ON_PAPER[key]),
        }
        for key, title, tone in titles
    ]


def _pauses(subjects: list[str]) -> dict[str, str]:
    """Return why cases were paused last, by subject."""
    rows = Entry.objects.filter(subject__in=subjects, kind="request.paused").order_by("seq")
    return {entry.subject: str(entry.facts["cause"]) for entry in rows}


def _why(subject: str, found: Mapping[str, Finding], pauses: Mapping[str, str]) -> str:
    """Return why a case is late, as the last stock-take or pause says; nobody's word: that it is to be said."""
    if finding := found.get(subject):
        return f"{ROOTS[finding.root]}{'：' + finding.measure if finding.measure else ''}"
    if cause := pauses.get(subject):
        return str(PAUSE_REASONS[cause])
    return _("原因还没有说")


def _row(case: Request, dues: Mapping[str, datetime], why: str) -> dict[str, Any]:
    return {
        "number": case.number,
        "url": reverse("request", args=[case.number]),
        "place": place_words(case),
        "type_word": TYPES[case.type],
        "words": case.text,
        "handler": case.handler.name if case.handler else "",
        "status": STATES[case.state],
        "due": dues.get(case.subject),
        "why": why,
    }


def _person(each: OnDuty) -> dict[str, Any]:
    return {"name": each.name, "role": ROLES[each.role], "hours": each.hours}
