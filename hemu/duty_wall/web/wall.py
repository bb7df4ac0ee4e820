"""The wall of duties in three levels: offices × areas, communities × areas, clauses × months of one book."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.duties.queries import is_by_hand
from hemu.duty_wall.queries import (
    COMPANY,
    Line,
    clauses_level,
    communities_level,
    company_book,
    offices_in,
    offices_level,
    places_of,
)
from hemu.duty_wall.queries_counting import seen_by
from hemu.duty_wall.rules import first_of_month, month_after
from hemu.duty_wall.web.cells import (
    Column,
    Shown,
    columns_of,
    legend,
    page_of,
    row_of,
    stats_of,
    worst_first,
)
from hemu.duty_wall.wording import AREAS
from hemu.estate.models import Community, Office
from hemu.infra.moments import is_reckonable, office_day
from hemu.infra.web.needs import needs
from hemu.ledger.models import Book
from hemu.sop.register import load_register

AHEAD = 2
"""Months to come that a community's level shows: so far ahead duties are born."""


@needs("duty.view")
@require_GET
def offices(request: HttpRequest) -> HttpResponse:
    """Show the offices one may see by areas (GET: page, area: in the order of that one); a single one by communities."""
    staff = cast("StaffRequest", request)
    seen = offices_in(staff.actor)
    company = staff.actor.offices_with("duty.view") is None
    if len(seen) == 1 and not company:
        return _office(staff, seen[0], seen)
    anew = seen_by(staff.actor, now=staff.now)
    found = offices_level(seen, company=company, now=staff.now, anew=anew)
    lines = {each.id: found.get(each.id, Line()) for each in seen}
    shown = [
        Shown(each.name, _office_url(each.id), lines[each.id], partial(_office_url, each.id)) for each in seen
    ]
    if COMPANY in found:
        url = reverse("duty_wall_book", args=[company_book()])
        shown.append(Shown(_("公司本身"), url, found[COMPANY], partial(_area, url)))
    return _level(
        staff,
        shown,
        than=_("%(all)s 个管理处里有 %(n)s 个，应为 0"),
        heading=_("应办看板"),
        by=_("管理处"),
        crumbs=[],
    )


@needs("duty.view")
@require_GET
def office(request: HttpRequest, office: UUID) -> HttpResponse:
    """Show the communities of an office by areas (GET: page, area: in the order of that one)."""
    staff = cast("StaffRequest", request)
    seen = offices_in(staff.actor)
    found = next((each for each in seen if each.id == office), None)
    if found is None:
        raise Http404(str(office))
    return _office(staff, found, seen)


def _office(staff: StaffRequest, office: Office, seen: Sequence[Office]) -> HttpResponse:
    places = places_of(office)
    found = communities_level(list(places), now=staff.now, anew=seen_by(staff.actor, now=staff.now))
    shown = []
    for book, place in places.items():
        url = reverse("duty_wall_book", args=[book])
        own = isinstance(place, Office)
        if own and book not in found:
            continue
        name = _("管理处本身") if own else place.name
        shown.append(Shown(name, url, found.get(book, Line()), partial(_area, url)))
    several = len(seen) > 1
    crumbs = [(_("应办看板"), reverse("duty_wall"))] if several else []
    heading = office.name if several else f"{_('应办看板')} · {office.name}"
    return _level(
        staff,
        shown,
        than=_("%(all)s 个小区里有 %(n)s 个，应为 0"),
        heading=heading,
        by=_("小区"),
        crumbs=crumbs,
    )


def _level(
    staff: StaffRequest, shown: list[Shown], *, than: str, heading: str, by: str, crumbs: list[tuple[str, str]]
) -> HttpResponse:  # fmt: skip
    lines = [each.line for each in shown]
    columns = columns_of(lines, AREAS)
    area = staff.GET.get("area", "")
    some, pager = page_of(
        worst_first(shown, area if area in AREAS else None), columns, staff.GET.get("page", "")
    )
    context = {
        "heading": heading,
        "lead": _("本月要办的，和以前没办完的。最要紧的排在前面；点一格往下看。"),
        "by": by,
        "columns": [{"word": word, "by_area": True} for _key, word in columns],
        "rows": [row_of(each, columns, counts=False) for each in some],
        "stats": stats_of(lines, than=than),
        "pager": pager,
        "crumbs": crumbs,
        "legend": legend(),
    }
    return render(staff, "duty_wall/wall.html", context)


@needs("duty.view")
@require_GET
def book(request: HttpRequest, book: str) -> HttpResponse:
    """Show the clauses of a community, an office or the company by months (GET: area, until: the last month)."""
    staff = cast("StaffRequest", request)
    name, crumbs = place_of_book(staff, book)
    today = first_of_month(office_day(staff.now))
    last = month_asked(staff.GET.get("until", "")) or month_after(today, AHEAD)
    anew = seen_by(staff.actor, now=staff.now)
    months, found = clauses_level(book, last=last, now=staff.now, anew=anew)
    area = staff.GET.get("area", "")
    area = area if area in AREAS else ""
    columns: list[Column] = [(None, _("更早"))] if any(None in each.cells for each in found.values()) else []
    columns += [(month, _month_word(month)) for month in months]
    chosen = {clause: line for clause, line in sorted(found.items()) if clause[:2] == (area or clause[:2])}
    context = {
        "heading": name,
        "lead": _("每一条规程每个月办得怎样。点一格，看它的凭据。"),
        "by": _("条款"),
        "columns": [
            {"word": word, "current": month == today, "first": month == months[0]} for month, word in columns
        ],
        "rows": [
            row_of(_clause(clause, line, book), columns, counts=True) for clause, line in chosen.items()
        ],
        "stats": _own_stats(chosen),
        "areas": [(key, str(AREAS[key])) for key in AREAS if any(each[:2] == key for each in found)],
        "area": area,
        "until": last.strftime("%Y-%m"),
        "pager": _months_pager(months, today, area),
        "crumbs": crumbs,
        "legend": legend(),
    }
    return render(staff, "duty_wall/wall.html", context)


def _own_stats(chosen: dict[str, Line]) -> list[dict[str, Any]]:
    """Return what a book's level counts; a clause whose evidence no room writes counts as kept by hand."""
    for clause, line in chosen.items():
        if clause in load_register().clauses and is_by_hand(clause):
            line.by_hand = line.all
    stats = stats_of(chosen.values(), than=_("%(all)s 条里有 %(n)s 条，应为 0"))
    stats[3]["label"] = _("已办")
    return stats


def _clause(clause: str, line: Line, book: str) -> Shown:
    url = f"{reverse('duty_cell')}?{urlencode({'book': book, 'clause': clause})}"

    def to(month: date | None) -> str:
        return f"{url}&month={month.year}-{month.month:02}" if month else url

    known = load_register().clauses.get(clause)
    tag = _("手工") if known and is_by_hand(clause) else ""
    return Shown(clause, to(None), line, to, tag=tag, note=known.title if known else "")


def place_of_book(staff: StaffRequest, book: str) -> tuple[str, list[tuple[str, str]]]:
    """Return what a book is of, in words, and the way to it; 404 where one may not see its duties, or there is none."""
    held, crumbs = staff.actor.offices_with("duty.view"), [(_("应办看板"), reverse("duty_wall"))]
    offices = Office.objects.all() if held is None else Office.objects.filter(id__in=held)
    place: Community | Office | None = (
        Community.objects.select_related("office").filter(book=book, office__in=offices).first()
        or offices.filter(book=book).first()
    )
    if place is None:
        if held is None and Book.objects.filter(id=book, level=Book.Level.COMPANY).exists():
            return _("公司本身"), crumbs
        raise Http404(book)
    office = place.office if isinstance(place, Community) else place
    if held is None or len(held) > 1:
        crumbs.append((office.name, _office_url(office.id)))
    return (place.name if place is not office else _("%(office)s本身") % {"office": office.name}), crumbs


def _months_pager(months: Sequence[date], today: date, area: str) -> dict[str, str]:
    more = {"area": area} if area else {}
    newest = month_after(today, AHEAD)
    later = min(newest, month_after(months[-1], len(months)))
    return {
        "older": f"?{urlencode(more | {'until': later.strftime('%Y-%m')})}" if months[-1] < newest else "",
        "newer": f"?{urlencode(more | {'until': month_after(months[0], -1).strftime('%Y-%m')})}",
        "shown": f"{months[0]:%Y-%m} – {months[-1]:%Y-%m}",
    }


def _month_word(month: date) -> str:
    if month.month == 1:
        return pgettext("month of another year", "%(year)s年1月") % {"year": month.year % 100}
    return _("%(month)s月") % {"month": month.month}


def month_asked(text: str) -> date | None:
    """Return the first day of a month written ``YYYY-MM``; None of anything else, and at the ends of the calendar."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return found if is_reckonable(found) else None


def _office_url(office: UUID, area: str = "") -> str:
    return _area(reverse("duty_wall_office", args=[office]), area)


def _area(url: str, area: str) -> str:
    return f"{url}?{urlencode({'area': area})}" if area else url
