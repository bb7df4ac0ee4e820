"""The list of requests."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.duties.models import Duty
from hemu.duties.queries import nearest_duties
from hemu.foundation.errors import RuleViolation
from hemu.infra.web.needs import needs
from hemu.infra.web.panels import panels_about
from hemu.service_requests.models import Request
from hemu.service_requests.queries import (
    communities_of,
    counted,
    found_by_words,
    late_for_longest,
    listed,
    visible_to,
)
from hemu.service_requests.wording import STATES, TYPES, URGENCIES

PAGE = 30


@needs("request.view")
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Show one page (GET: q, state, type, community, late, after), newest first."""
    actor = cast("StaffRequest", request).actor
    filters = {name: request.GET.get(name, "") for name in ("q", "state", "type", "community", "late")}
    communities = communities_of(actor, "request.view")
    rows = visible_to(actor)
    chosen = [each for each in communities if str(each.id) == filters["community"]]
    if chosen:
        rows = rows.filter(community=chosen[0])
    offices, now = actor.offices_with("request.view"), cast("StaffRequest", request).now
    counts = counted(rows, offices=offices, now=now)
    if filters["late"]:
        rows = late_for_longest(rows, offices=offices, now=now)
    if filters["q"]:
        rows = found_by_words(rows, filters["q"])
    try:
        found, older = listed(
            rows,
            state=filters["state"],
            type=filters["type"],
            after=request.GET.get("after", ""),
            limit=PAGE,
        )
    except RuleViolation:  # a filter or mark nobody can choose on the page: show the list as it is
        found, older = listed(rows, limit=PAGE)
    context = {
        "tabs": _tabs(filters, counts),
        "rows": _rows(found),
        "filters": filters,
        "states": [("open", _("未结")), *((code, status.word) for code, status in STATES.items())],
        "types": list(TYPES.items()),
        "communities": [(str(each.id), each.name) for each in communities],
        "older": _url(request.GET, after=older) if older else "",
        "newer": _url(request.GET, after="") if request.GET.get("after") else "",
        "shown": _("逾期最久的一千项里的 %(n)s 件") % {"n": len(found)}
        if filters["late"] and counts["late"] == "99+"
        else _("%(n)s 件") % {"n": len(found)},
        "filtered": any(filters[name] for name in ("q", "type", "community")),
        "clear_url": reverse("requests"),
        "register_url": reverse("register") if actor.may("request.register") else "",
        "panels": panels_about("requests", request, filters),
    }
    return render(request, "service_requests/list.html", context)


def _tabs(filters: dict[str, str], counts: dict[str, str]) -> list[dict[str, Any]]:
    community = f"community={filters['community']}&" if filters["community"] else ""
    now = "late" if filters["late"] else filters["state"]
    tabs = [
        ("open", _("未结"), "state=open"),
        ("late", _("逾期"), "late=1"),
        ("closed", _("已结案"), "state=closed"),
    ]
    return [
        {
            "label": label,
            "url": f"?{community}{query}",
            "current": now == key,
            "count": counts.get(key, ""),
            "late": key == "late" and bool(counts.get(key)),
        }
        for key, label, query in [*tabs, ("", _("全部"), "")]
    ]


def _rows(found: list[Request] | QuerySet[Request]) -> list[dict[str, Any]]:
    duties: dict[str, Duty] = nearest_duties(each.subject for each in found)
    return [
        {
            "url": reverse("request", args=[each.number]),
            "number": each.number,
            "community": each.community.name,
            "place": each.home.written if each.home else each.place or _("公共部位"),
            "type_word": TYPES[each.type],
            "urgent_word": URGENCIES["urgent"] if each.urgency == "urgent" else "",
            "words": each.text,
            "status": STATES[each.state],
            "due": duties[each.subject].due_at if each.subject in duties else None,
            "at": each.happened_at,
        }
        for each in found
    ]


def _url(query: QueryDict, *, after: str) -> str:
    changed = query.copy()
    changed["after"] = after
    if not after:
        del changed["after"]
    return f"?{changed.urlencode()}"
