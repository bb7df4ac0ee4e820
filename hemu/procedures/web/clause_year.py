"""A clause's year in every community of an office, month by month, and its trend: kept in time of all that was due."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemu.access.web.gate import StaffRequest
from hemu.duty_wall.queries import Line, places_of, trend_of, year_of_clause
from hemu.duty_wall.queries_counting import seen_by
from hemu.duty_wall.rules import CELLS, Cell, first_of_month
from hemu.duty_wall.web.cells import Shown, in_words, legend, row_of, worst_first
from hemu.estate.models import Community, Office
from hemu.infra.moments import office_day

MONTHS, TALL, WIDE, GAP = 12, 80, 28, 12


def year_shown(staff: StaffRequest, clause: str, office: Office) -> dict[str, Any]:
    """Return a clause's year (GET: year) at an office for the template, at most 2,000 cells, and its trend wherever one may look."""
    today = first_of_month(office_day(staff.now))
    asked = staff.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
    year = year if 2000 <= year <= today.year + 1 else today.year
    held = staff.actor.offices_with("duty.view")
    places = places_of(office)
    names = {
        book: place.name if place is not office else _("%(office)s本身") % {"office": place.name}
        for book, place in places.items()
    }
    books = None if held is None else _books(held)
    months = [date(year, number + 1, 1) for number in range(MONTHS)]
    anew = seen_by(staff.actor, now=staff.now)
    found = year_of_clause(clause, books=list(names), year=year, now=staff.now, anew=anew)
    lines = worst_first(_shown(clause, book, line, names) for book, line in found.items() if book in names)
    most = CELLS // MONTHS
    trend = trend_of(clause, books=books, last=today, months=MONTHS, now=staff.now, anew=anew)
    params = {"community": staff.GET["community"]} if staff.GET.get("community") else {}
    return {
        "year": year,
        "columns": [{"word": _("%(month)s月") % {"month": each.month}, "current": each == today} for each in months],
        "rows": [row_of(each, [(month, _("%(month)s月") % {"month": month.month}) for month in months], counts=True)
                 for each in lines[:most]],
        "more": max(0, len(lines) - most),
        "legend": legend(),
        "older": f"?{urlencode(params | {'year': year - 1})}#year",
        "newer": f"?{urlencode(params | {'year': year + 1})}#year" if year < today.year else "",
        "trend": bars(trend),
    }  # fmt: skip


def bars(trend: dict[date, Cell]) -> dict[str, Any] | None:
    """Return the bars of a trend in the units of its drawing; None where nothing was due."""
    if not any(_due(cell) for cell in trend.values()):
        return None
    drawn = []
    for number, (month, cell) in enumerate(trend.items()):
        due = _due(cell)
        share = round(100 * cell.met / due) if due else None
        drawn.append(
            {
                "x": number * (WIDE + GAP),
                "middle": number * (WIDE + GAP) + WIDE // 2,
                "y": TALL - round(TALL * (share or 0) / 100),
                "height": round(TALL * (share or 0) / 100),
                "share": share,
                "month": month.month,
                "words": f"{month:%Y-%m}：{in_words(cell, get_language()) or _('没有')}",
            }
        )
    return {"bars": drawn, "width": len(drawn) * (WIDE + GAP) - GAP, "tall": TALL, "wide": WIDE}


def _due(cell: Cell) -> int:
    """Return how many have been decided: met in time, met late, or late."""
    return cell.met + cell.met_late + cell.late


def _shown(clause: str, book: str, line: Line, names: dict[str, str]) -> Shown:
    url = f"{reverse('duty_cell')}?{urlencode({'book': book, 'clause': clause})}"

    def to(month: date) -> str:
        return f"{url}&month={month.year}-{month.month:02}"

    return Shown(names[book], reverse("duty_wall_book", args=[book]), line, to)


def _books(held: Collection[UUID]) -> list[str]:
    """Return the books whose duties one may see at these offices."""
    own = Office.objects.filter(id__in=held).values_list("book_id", flat=True)
    return [*own, *Community.objects.filter(office__in=held).values_list("book_id", flat=True)]
