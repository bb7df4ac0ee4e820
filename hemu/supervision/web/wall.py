"""The wall of the day, at the desk and on a big screen; the screen shows no name, no room and no words."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemu.access.actors import Actor
from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community, Office
from hemu.estate.queries import staff_names
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.web.needs import needs
from hemu.infra.wording import date_words
from hemu.return_visits.queries import counted as visits_counted
from hemu.return_visits.queries import visible_to as visits_visible_to
from hemu.service_requests.models import Request
from hemu.service_requests.queries import open_to
from hemu.service_requests.wording import STATES, TRADES
from hemu.supervision.queries import places_at
from hemu.supervision.queries_wall import MOST_NEW, Wall, major_cases, wall
from hemu.supervision.rules import NOBODY, Filters
from hemu.supervision.rules_wall import Figures, by_community, by_handler, by_trade, figures_of

SHOWN = 12


@needs("wall.view")
@require_GET
def the_wall(request: HttpRequest) -> HttpResponse:
    """Show the day (GET: office, screen; part: only the figures, for the poll)."""
    staff = cast("StaffRequest", request)
    actor, now = staff.actor, staff.now
    offices = offices_of(actor, "wall.view")
    office = chosen_office(request, offices)
    scope = [office.id] if office else actor.offices_with("wall.view")
    among = places_at(scope)
    rows = open_to(actor) if among is None else open_to(actor).filter(community__in=among)
    links = Links(str(office.id) if office else "")
    screen = bool(request.GET.get("screen"))
    day = wall(open_to(actor), offices=scope, among=among, now=now)
    context = {
        "today": date_words(office_day(now)),
        "clock": now.astimezone(OFFICE_ZONE),
        "stats": _stats(day, links, office_day(now)),
        "tables": _tables(day, links, screen=screen),
        "major": [] if screen else _major(rows, day, staff),
        "visits": _visits(actor, office, staff) if not screen else [],
        "offices": [(str(each.id), each.name) for each in offices] if len(offices) > 1 else [],
        "office_id": str(office.id) if office else "",
        "office_name": office.name if office else (offices[0].name if len(offices) == 1 else _("全公司")),
        "poll_url": f"?{urlencode(_asked(office, screen) | {'part': '1'})}",
        "screen_url": f"?{urlencode(_asked(office, True))}",
        "morning_url": reverse("morning"),
        "review_url": reverse("review") if actor.may("review.sign") else "",
        "screen": screen,
    }
    part, page = "supervision/wall_figures.html", "supervision/wall.html"
    if request.GET.get("part"):
        return render(request, part, context)
    return render(request, "supervision/wall_screen.html" if screen else page, context)


def offices_of(actor: Actor, permission: str) -> list[Office]:
    """Return the offices at which a permission is held, by name."""
    held = actor.offices_with(permission)
    found = Office.objects.filter(communities__isnull=False).distinct()
    return list((found if held is None else found.filter(id__in=held)).order_by("name"))


def chosen_office(request: HttpRequest, offices: list[Office]) -> Office | None:
    """Return the office that the address names (GET or POST: office), if it is among these."""
    asked = request.POST.get("office", "") or request.GET.get("office", "")
    return next((each for each in offices if str(each.id) == asked), None)


def _asked(office: Office | None, screen: bool) -> dict[str, str]:
    return ({"office": str(office.id)} if office else {}) | ({"screen": "1"} if screen else {})


@dataclass(frozen=True)
class Links:
    """Addresses of the list, narrowed to the office that the wall shows."""

    office: str

    def to(self, **filters: str) -> str:
        asked = Filters(**filters, office=self.office).chosen()
        return f"{reverse('requests')}?{urlencode(asked)}"


def _stats(day: Wall, links: Links, today: date) -> list[dict[str, Any]]:
    all_of = figures_of(day.groups, day.late)
    of_open = _("未结 %(n)s 件中") % {"n": all_of.open}
    return [
        {"label": _("今天新到"), "number": _new(day.new), "unit": _("件"), "tone": "pine",
         "than": _("昨天这时 %(n)s 件") % {"n": _new(day.new_yesterday)}, "url": links.to(since=today.isoformat())},
        {"label": _("等人接手"), "number": all_of.waiting, "unit": _("件"),
         "tone": "amber" if all_of.waiting else "", "than": of_open, "url": links.to(state="waiting")},
        {"label": _("逾期"), "number": f"{all_of.late}+" if day.late_are_more else all_of.late, "unit": _("件"),
         "tone": "brick" if all_of.late else "", "than": _("应为 0"), "url": links.to(late="1")},
        {"label": _("催办过"), "number": all_of.urged, "unit": _("件"), "tone": "amber" if all_of.urged else "",
         "than": of_open, "url": links.to(state="open", urged="1")},
        {"label": _("重开过"), "number": all_of.reopened, "unit": _("件"),
         "tone": "amber" if all_of.reopened else "", "than": of_open, "url": links.to(state="open", reopened="1")},
        {"label": _("办完待业主确认"), "number": all_of.unconfirmed, "unit": _("件"), "than": of_open,
         "url": links.to(state="unconfirmed")},
    ]  # fmt: skip


def _new(count: int) -> str:
    return f"{MOST_NEW}+" if count > MOST_NEW else str(count)


def _tables(day: Wall, links: Links, *, screen: bool) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = [{"title": _("按专业"), "rows": [
        _row(str(TRADES.get(trade, _("还没分类"))), each, links, trade=trade, state="open")
        for trade, each in by_trade(day.groups, day.late).items()
    ]}]  # fmt: skip
    communities = by_community(day.groups, day.late)
    if len(communities) > 1:
        names: dict[UUID, str] = dict(Community.objects.filter(id__in=communities).values_list("id", "name"))
        tables.append({"title": _("按小区"), "rows": [
            _row(names[place], each, links, community=str(place), state="open") for place, each in communities.items()
        ]})  # fmt: skip
    if not screen:
        tables.insert(0, {"title": _("按办理人"), "rows": _people(day, links)})
    for table in tables:
        table["more"] = max(0, len(table["rows"]) - SHOWN)
        table["rows"] = table["rows"][:SHOWN]
    return tables


def _people(day: Wall, links: Links) -> list[dict[str, Any]]:
    people = by_handler(day.groups, day.late)
    names = staff_names({each for each in people if each})
    return [
        _row(
            names.get(who, _("已离职员工")) if who else _("还没有人"),
            each,
            links,
            person=str(who) if who else NOBODY,
            state="open",
        )
        for who, each in people.items()
    ]


def _row(label: str, figures: Figures, links: Links, **filters: str) -> dict[str, Any]:
    late = {name: value for name, value in filters.items() if name != "state"} | {"late": "1"}
    return {
        "label": label,
        "url": links.to(**filters),
        "late_url": links.to(**late),
        "figures": figures,
    }


def _major(rows: QuerySet[Request], day: Wall, staff: StaffRequest) -> list[dict[str, Any]]:
    if not figures_of(day.groups, []).major:
        return []
    return [
        {
            "number": each.case.number,
            "url": reverse("request", args=[each.case.number]),
            "status": STATES[each.case.state],
            "reported": each.reported,
            "replied_at": each.case.replied_at,
            "due": each.due,
        }
        for each in major_cases(rows, now=staff.now)
    ]


def _visits(actor: Actor, office: Office | None, staff: StaffRequest) -> list[dict[str, Any]]:
    if not actor.may("return_visit.view"):
        return []
    found = visits_visible_to(actor)
    if office:
        found = found.filter(community__office=office)
    counts, url = visits_counted(found, mine=actor, now=staff.now), reverse("return_visits")
    return [
        {"label": _("待回访"), "number": counts["waiting"] or "0", "than": _("维修与投诉"), "url": url},
        {"label": _("回访逾期"), "number": counts["late"] or "0", "than": _("应为 0"), "url": f"{url}?late=1",
         "tone": "brick" if counts["late"] else ""},
    ]  # fmt: skip
