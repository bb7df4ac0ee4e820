"""What was owed to a committee in a month or a quarter, as its members and the office see it alike."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from hemu.committee_desk.operations_printing import print_sheet
from hemu.committee_desk.queries import Sheet, sheet_of
from hemu.committee_desk.rules import Span, Standing, beside, month_of, quarter_of, span_of
from hemu.committee_desk.wording import STANDINGS
from hemu.estate.models import Community
from hemu.infra.moments import office_day


def asked_sheet(request: HttpRequest, community: Community, *, now: datetime) -> Sheet:
    """Return the sheet that an address asks for (GET: span)."""
    return sheet_of(community, span_of(request.GET.get("span", ""), today=office_day(now)), now=now)


def sheet_context(
    sheet: Sheet, *, page: str, paper: str, community: Community | None = None
) -> dict[str, Any]:
    """Return the context of `committee_desk/sheet.html`.

    Args:
        page, paper: the addresses of the page and of its PDF.
        community: named in these addresses where they do not name it themselves.
    """
    asked = {"community": str(community.id)} if community else {}

    def to(span: Span) -> str:
        return f"{page}?{urlencode(asked | {'span': span.key})}"

    span = sheet.span
    return {
        "span": {"first": span.first, "quarter": span.key[-1] if span.is_quarter else ""},
        "spans": [
            {"label": _("按月"), "url": to(month_of(span.first)), "current": not span.is_quarter},
            {"label": _("按季"), "url": to(quarter_of(span.first)), "current": span.is_quarter},
        ],
        "earlier": to(beside(span, step=-1)),
        "later": to(beside(span, step=1)),
        "paper": f"{paper}?{urlencode(asked | {'span': span.key})}",
        "rows": [
            {
                "clause": each.clause,
                "title": each.title,
                "about": each.about,
                "due": each.due_at,
                "done": each.done_at,
                "status": STANDINGS[each.standing],
            }
            for each in sheet.rows
        ],
        "counts": {str(each): sheet.count(each) for each in Standing},
    }


def sheet_paper(sheet: Sheet, community: Community, *, now: datetime, by: str = "") -> HttpResponse:
    """Answer with a sheet as PDF."""
    headers = {"Content-Disposition": f'inline; filename="{community.code}-{sheet.span.key}.pdf"'}
    made = print_sheet(sheet, community, now=now, by=by)
    return HttpResponse(made, content_type="application/pdf", headers=headers)
