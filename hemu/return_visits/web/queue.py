"""The queue of return visits: what waits in the order of its due time, and what became of the rest."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemu.access.actors import Actor
from hemu.access.web.gate import StaffRequest
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.infra.web.needs import needs
from hemu.infra.web.tabs import tabs_of
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.queries import counted, listed, visible_to, workers_of
from hemu.return_visits.rules import DOERS
from hemu.return_visits.wording import CLASSES, RESULTS, STATES
from hemu.service_requests.wording import place_words

PAGE = 30
NAMES = ("state", "class", "community", "mine", "late")


@needs("return_visit.view")
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Show one page (GET: state, class, community, mine, late, after); without a choice, all that waits."""
    staff = cast("StaffRequest", request)
    filters = {name: request.GET.get(name, "") for name in NAMES}
    communities = staff.actor.places("return_visit.view")
    rows = visible_to(staff.actor, places=[each.id for each in communities])
    chosen = [each for each in communities if str(each.id) == filters["community"]]
    if chosen:
        rows = rows.filter(community=chosen[0])
    usual: dict[str, Any] = {"now": staff.now, "limit": PAGE}
    asked: dict[str, Any] = {
        "state": {"": "waiting", "all": ""}.get(filters["state"], filters["state"]),
        "kind": filters["class"],
        "mine": staff.actor if filters["mine"] else None,
        "late": bool(filters["late"]),
        "after": request.GET.get("after", ""),
    }
    try:
        found, following = listed(rows, **asked, **usual)
    except RuleViolation:  # a filter or mark nobody can choose on the page: show what waits
        found, following = listed(rows, state="waiting", **usual)
    context = {
        "tabs": _tabs(filters, counted(rows, mine=staff.actor, now=staff.now)),
        "rows": _rows(found, staff.actor),
        "filters": filters,
        "classes": list(CLASSES.items()),
        "states": [("all", _("全部")), *((code, status.word) for code, status in STATES.items())],
        "communities": [(str(each.id), each.name) for each in communities],
        "following": _url(request.GET, following) if following else "",
        "first": _url(request.GET, "") if request.GET.get("after") else "",
        "shown": _("%(n)s 次") % {"n": len(found)},
        "filtered": bool(filters["class"] or filters["community"]),
        "clear_url": reverse("return_visits"),
        "requests_url": reverse("requests"),
    }
    return render(request, "return_visits/queue.html", context)


def _tabs(filters: dict[str, str], counts: dict[str, str]) -> list[dict[str, Any]]:
    community = f"community={filters['community']}&" if filters["community"] else ""
    now = "late" if filters["late"] else "mine" if filters["mine"] else filters["state"] or "waiting"
    tabs = [
        ("waiting", _("待办"), ""),
        ("mine", _("该我的"), "mine=1"),
        ("late", _("逾期"), "late=1"),
        ("unreachable", _("联系不上"), "state=unreachable"),
        ("all", _("全部"), "state=all"),
    ]
    return tabs_of(tabs, current=now, counts=counts, keep=community)


def _rows(found: list[ReturnVisit], actor: Actor) -> list[dict[str, Any]]:
    workers = workers_of(visit.subject for visit in found)
    return [_row(visit, actor, own=actor.key in workers.get(visit.subject, ())) for visit in found]


def _row(visit: ReturnVisit, actor: Actor, *, own: bool) -> dict[str, Any]:
    request = visit.request
    waits = visit.state in ("open", "promised")
    may = waits and bool(DOERS & actor.roles_at(visit.community.office_id))
    return {
        "url": reverse("return_visit", args=[visit.number]),
        "number": visit.number,
        "class_word": CLASSES[visit.kind],
        "words": request.text,
        "place": place_words(request),
        "community": visit.community.name,
        "handler": request.handler.name if request.handler else "",
        "status": STATES[visit.state],
        "result": RESULTS.get(visit.result),
        "tries": visit.tries_count if visit.state == "open" else 0,
        "dependent": visit.independent is False,
        "due": visit.due_at if waits else None,
        "done_at": visit.done_at,
        "owed_by": ROLES[visit.role],
        "own_work": own and visit.state == "open",
        "may": may and not (own and visit.state == "open"),
    }


def _url(query: QueryDict, after: str) -> str:
    changed = query.copy()
    changed["after"] = after
    if not after:
        del changed["after"]
    return f"?{changed.urlencode()}"
