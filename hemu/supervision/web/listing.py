"""The list of requests: narrowed by filters that stand in its address, walked newest first."""

from collections.abc import Mapping
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.actors import Actor
from hemu.access.web.gate import StaffRequest
from hemu.duties.queries import nearest_due
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.infra.web.panels import panels_about
from hemu.infra.web.tabs import tabs_of
from hemu.service_requests.models import Request
from hemu.service_requests.queries import counted, listed, open_to, visible_to
from hemu.service_requests.wording import (
    CHANNELS,
    OUTSIDE_BODIES,
    STATES,
    TRADES,
    TYPES,
    URGENCIES,
    place_words,
)
from hemu.supervision.queries import PEOPLE, Walk, handlers_of, views_of, walked
from hemu.supervision.rules import ANY, NOBODY, Filters
from hemu.supervision.web.sending import dialog_of, sent
from hemu.supervision.wording import STATE_GROUPS

PAGE = 30
FOLDED = ("trade", "person", "building", "channel", "body", "since", "until", "urged", "reopened", "major")
"""The filters under *more*: open where one of them is chosen."""
TABBED = ("state", "late")


@needs("request.view")
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Show one page (GET: the filters of `rules.Filters`, after), newest first."""
    return _listed(cast("StaffRequest", request))


@needs("request.step")
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Send the rows chosen (GET: the list's filters; POST: number …, to, department, reason, by_rule, key)."""
    staff = cast("StaffRequest", request)
    try:
        done = sent(staff)
    except RuleViolation as refusal:
        typed = {name: staff.POST.get(name, "") for name in ("to", "department", "reason")}
        again = {"typed": typed, "chosen": staff.POST.getlist("number"), "refusal": words_for(refusal)}
        return _listed(staff, again, status=status_of(refusal))
    return _listed(staff, done)


def _listed(staff: StaffRequest, done: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """Show the list, and what came of sending rows of it."""
    request, actor, now = staff, staff.actor, staff.now
    communities = actor.places("request.view")
    filters = filters_of(request.GET)
    offices = actor.offices_with("request.view")
    chosen_place = next((each for each in communities if str(each.id) == filters.community), None)
    counts = counted(
        _of_communities(actor, filters, communities),
        offices=offices,
        book=chosen_place.book_id if chosen_place else "",
        staff=actor.staff_id,
        now=now,
    )
    walk = walked(actor, filters, communities=communities, now=now)
    found, older = _page(walk, request.GET.get("after", ""), seen=visible_to(actor), places=communities)
    chosen = filters.chosen()
    handlers = handlers_of(actor, now=now)
    context = {
        "tabs": _tabs(filters, counts),
        "rows": _rows(found),
        "filters": {name: getattr(filters, name) for name in vars(filters)},
        "communities": [(str(each.id), each.name) for each in communities],
        "people": [
            (NOBODY, _("还没有人")),
            *{str(each.staff): each.name for each in handlers[:PEOPLE]}.items(),
        ],
        **_choices(),
        "views": [_view(each.name, each.chosen, chosen) for each in views_of(actor)],
        "folded_open": any(chosen.get(name) for name in FOLDED),
        "older": _url(request.GET, after=older) if older else "",
        "newer": _url(request.GET, after="") if request.GET.get("after") else "",
        "shown": _("逾期最久的二百项里的 %(n)s 件") % {"n": len(found)}
        if filters.late and counts["late"] == "99+"
        else _("%(n)s 件") % {"n": len(found)},
        "too_many": walk.too_many,
        "filtered": any(name not in TABBED for name in chosen),
        "clear_url": reverse("requests"),
        "panels": panels_about("requests", request, chosen),
        "register_url": reverse("register") if actor.may("request.register") else "",
        "views_url": f"{reverse('request_views')}?{urlencode(chosen)}",
        "export_url": f"{reverse('request_export')}?{urlencode(chosen)}"
        if actor.may("request.export")
        else "",
        "sending": dialog_of(staff, found, handlers),
        **(done or {}),
    }
    return render(request, "supervision/list.html", context, status=status)


def filters_of(given: Mapping[str, str]) -> Filters:
    """Return the filters of an address; with one that nobody can choose on the page none of them."""
    try:
        return Filters.of(given)
    except RuleViolation:
        return Filters()


def _of_communities(actor: Actor, filters: Filters, communities: list[Community]) -> QuerySet[Request]:
    """Return the cases that the tabs count: of the community chosen, or of all those that are seen."""
    if not filters.community and actor.offices_with("request.view") is None:
        return open_to(actor)
    shown = [each.id for each in communities if filters.community in ("", str(each.id))]
    return open_to(actor).filter(community__in=shown)


def _page(
    walk: Walk, after: str, *, seen: QuerySet[Request], places: list[Community]
) -> tuple[list[Request], str]:
    usual: dict[str, Any] = {"among": walk.among, "scope": walk.scope, "limit": PAGE, "places": places}
    try:
        return listed(walk.rows, after=after, seen=seen, **usual)
    except RuleViolation:  # a mark that is no case's: the list from its beginning
        return listed(walk.rows, **usual)


def _choices() -> dict[str, list[tuple[str, Any]]]:
    states = ((code, status.word) for code, status in STATES.items())
    return {
        "states": [*STATE_GROUPS.items(), *states],
        "types": list(TYPES.items()),
        "trades": list(TRADES.items()),
        "channels": list(CHANNELS.items()),
        "bodies": [(ANY, _("外单位转来的")), *OUTSIDE_BODIES.items()],
    }


def _tabs(filters: Filters, counts: dict[str, str]) -> list[dict[str, Any]]:
    community = f"community={filters.community}&" if filters.community else ""
    now = "late" if filters.late else filters.state
    tabs = [
        ("open", _("未结"), "state=open"),
        ("late", _("逾期"), "late=1"),
        ("closed", _("已结案"), "state=closed"),
    ]
    return tabs_of([*tabs, ("", _("全部"), "")], current=now, counts=counts, keep=community)


def _view(name: str, kept: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, Any]:
    return {"name": name, "url": f"?{urlencode(kept)}", "current": kept == chosen}


def _rows(found: list[Request]) -> list[dict[str, Any]]:
    due = nearest_due((each.subject for each in found), offices={each.community.office_id for each in found})
    return [
        {
            "url": reverse("request", args=[each.number]),
            "number": each.number,
            "community": each.community.name,
            "place": place_words(each),
            "type_word": TYPES[each.type],
            "urgent_word": URGENCIES["urgent"] if each.urgency == "urgent" else "",
            "outside": f"{OUTSIDE_BODIES[each.outside_body]} {each.outside_number}".strip()
            if each.outside_body
            else "",
            "words": each.text,
            "status": STATES[each.state],
            "handler": each.handler.name if each.handler else "",
            "urged": each.urged_count,
            "due": due.get(each.subject),
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
