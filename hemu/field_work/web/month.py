"""One's own month, as a page and as a workbook."""

from datetime import date, timedelta
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.field_work.queries_month import Done, Month, month_of
from hemu.field_work.rules import month_said
from hemu.field_work.web.workbook import workbook_of
from hemu.field_work.wording import UNITS
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.web.needs import needs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("field.work")
@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """Show one's month (GET: month, as 2026-11; this one where nothing is said)."""
    staff = cast("StaffRequest", request)
    today = office_day(staff.now)
    first = _first(request.GET.get("month") or today.isoformat()[:7])
    found = month_of(staff.actor, first)
    following = (first + timedelta(days=32)).replace(day=1)
    context = {
        "month": first.isoformat()[:7],
        "stats": _stats(found),
        "jobs": [_row(each) for each in found.done],
        "used": [_line(each) for each in found.used],
        "praise": found.praise,
        "earlier": _address(first - timedelta(days=1)),
        "later": _address(following) if following <= today else "",
        "xlsx_url": reverse("field_month_xlsx", args=[first.isoformat()[:7]]),
    }
    return render(request, "field_work/month.html", context)


@needs("field.work")
@require_GET
def month_xlsx(request: HttpRequest, month: str) -> HttpResponse:
    """Answer with one's month as a workbook."""
    staff = cast("StaffRequest", request)
    found = month_of(staff.actor, _first(month))
    response = HttpResponse(workbook_of(found, name=staff.actor.name), content_type=XLSX)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="hemu-{found.first.isoformat()[:7]}.xlsx"'
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _first(text: str) -> date:
    try:
        return month_said(text)
    except RuleViolation as refusal:
        raise Http404(text) from refusal


def _address(day: date) -> str:
    return f"{reverse('field_month')}?month={day.isoformat()[:7]}"


def _stats(found: Month) -> list[dict[str, Any]]:
    done = len(found.done)
    share = round(100 * found.on_time_count / done) if done else 0
    return [
        {"label": _("办完"), "number": done, "unit": _("件"), "than": ""},
        {"label": _("按时"), "number": found.on_time_count, "unit": _("件"),
         "than": _("%(share)s%%，要求 98%%") % {"share": share} if done else "",
         "tone": "amber" if done and share < 98 else ""},
        {"label": _("返修"), "number": found.rework_count, "unit": _("件"), "than": _("到今天为止"),
         "tone": "amber" if found.rework_count else ""},
        {"label": _("表扬"), "number": len(found.praise), "unit": _("件"),
         "than": _("5 分评价 %(n)s 个") % {"n": found.best_count}},
        {"label": _("材料"), "number": f"{found.materials_fen / 100:,.2f}", "unit": _("元"), "than": ""},
    ]  # fmt: skip


def _row(each: Done) -> dict[str, Any]:
    case = each.case
    return {
        "url": reverse("request", args=[case.number]),
        "number": case.number,
        "place": case.home_written or case.place,
        "words": case.text,
        "at": each.at,
        "on_time": each.on_time,
        "rework": each.rework,
        "score": each.score,
        "materials": f"{each.materials_fen / 100:,.2f}" if each.materials_fen else "",
    }


def _line(each: Any) -> dict[str, Any]:
    return {
        "name": each.name or _("（内容已删除）"),
        "quantity": f"{each.quantity_milli / 1000:g}",
        "unit": UNITS[each.unit],
        "amount": f"{each.amount_fen / 100:,.2f}",
        "number": each.number,
    }
