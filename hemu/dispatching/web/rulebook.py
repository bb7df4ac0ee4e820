"""An office's rules of dispatch: read, tried out, set, ended; and whether they act at sorting."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.models import Account
from hemu.access.web.gate import StaffRequest
from hemu.dispatching.models import DispatchRule
from hemu.dispatching.operations import add_rule, end_rule, switch
from hemu.dispatching.queries import Exchange, arrangement_of, handlers_at, office_for, offices_of
from hemu.dispatching.web.board import tabs_of
from hemu.dispatching.wording import HOURS, conditions, target
from hemu.estate.models import Community, Department, Office
from hemu.estate.roster.rooms import read_room
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day, typed_moment
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.service_requests.queries import suggestion_for, visible_to
from hemu.service_requests.rules import HANDLERS, State
from hemu.service_requests.wording import TRADES, TYPES

SAMPLE = 20
TRIED = ("text", "room", "trade", "type", "at")


@needs("dispatch.view")
@require_GET
def rulebook(request: HttpRequest) -> HttpResponse:
    """Show the rules (GET: office) and whom a case would go to (GET: try, text, room, trade, type, at)."""
    return _page(cast("StaffRequest", request))


@needs("dispatch.arrange")
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Set a rule, end one, or switch (POST: office, do: ``add``, ``end`` or ``switch``, and their fields)."""
    staff = cast("StaffRequest", request)
    office = _office(staff, staff.POST.get("office", ""), "dispatch.arrange")
    act, post = staff.actor.act(now=staff.now), staff.POST
    try:
        if post.get("do") == "end":
            end_rule(office=office, rule=post.get("rule", ""), act=act, by=staff.actor)
        elif post.get("do") == "switch":
            switch(office=office, at_sorting=bool(post.get("at_sorting")), act=act, by=staff.actor)
        else:
            _add(staff, office)
    except RuleViolation as refusal:
        return _page(staff, office=office, refusal=refusal)
    return redirect(f"{reverse('dispatch_rules')}?office={office.id}")


def _office(staff: StaffRequest, office: str, permission: str = "dispatch.view") -> Office:
    try:
        return office_for(staff.actor, permission, office)
    except RuleViolation as refusal:
        raise Http404 from refusal


def _add(staff: StaffRequest, office: Office) -> None:
    post = staff.POST
    kind, _colon, code = post.get("target", "").partition(":")
    account = Account.objects.select_related("staff").filter(login=code).first() if kind == "staff" else None
    departments = Department.objects.filter(office=office, name=code)
    communities = Community.objects.filter(office=office, id=_id(post.get("community", "")))
    add_rule(
        office=office,
        act=staff.actor.act(now=staff.now),
        by=staff.actor,
        trade=post.get("trade", ""),
        type=post.get("type", ""),
        community=communities.first(),
        buildings=post.get("buildings", ""),
        place=post.get("place", ""),
        hours=post.get("hours", "") or post.get("span", ""),
        staff=account.staff if account else None,
        department=departments.first() if kind == "department" else None,
        role=code if kind == "role" else "",
        on_duty=bool(post.get("on_duty")),
        before=post.get("before", ""),
        replaces=post.get("replaces", ""),
    )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _page(
    staff: StaffRequest, *, office: Office | None = None, refusal: RuleViolation | None = None
) -> HttpResponse:
    office = office or _office(staff, staff.GET.get("office", ""))
    today = office_day(staff.now)
    exchange = Exchange(office, at=_asked_moment(staff))
    changing = next((row for row in exchange.rows if str(row.id) == staff.GET.get("change")), None)
    typed = staff.POST.dict() if refusal else _values(changing) if changing else {"on_duty": ""}
    context = {
        "tabs": tabs_of(staff, office, "rules"),
        "offices": [(str(each.id), each.name) for each in offices_of(staff.actor, "dispatch.view")],
        "office_id": str(office.id),
        "rules": [
            {"id": str(row.id), "when": conditions(row), "who": target(row), "since": row.since}
            for row in exchange.rows
        ],
        "may": staff.actor.may("dispatch.arrange", office.id),
        "at_sorting": arrangement_of(office).at_sorting,
        "trades": list(TRADES.items()),
        "types": list(TYPES.items()),
        "communities": [
            (str(each.id), each.name) for each in Community.objects.filter(office=office).order_by("name")
        ],
        "hours": list(HOURS.items()),
        "targets": _targets(office, today),
        "typed": typed,
        "changing": bool(changing) or bool(refusal and typed.get("replaces")),
        "refusal": words_for(refusal) if refusal else "",
        "change_url": reverse("dispatch_rule"),
        "tried": {name: staff.GET.get(name, "") for name in TRIED},
        "answer": _tried(staff, office, exchange) if staff.GET.get("try") else None,
        "sample": _sample(staff, office, exchange) if staff.GET.get("sample") else None,
    }
    return render(staff, "dispatching/rules.html", context, status=status_of(refusal) if refusal else 200)


def _asked_moment(staff: StaffRequest) -> Any:
    try:
        return typed_moment(staff.GET["at"]) if staff.GET.get("at") else staff.now
    except ValueError:
        return staff.now


def _values(row: DispatchRule) -> dict[str, str]:
    target = (
        f"staff:{row.staff.account.login}"
        if row.staff
        else f"department:{row.department.name}"
        if row.department
        else f"role:{row.role}"
    )
    return {
        "replaces": str(row.id),
        "trade": row.trade,
        "type": row.type,
        "community": str(row.community_id or ""),
        "buildings": row.buildings,
        "place": row.place,
        "hours": row.hours if row.hours in HOURS else "",
        "span": "" if row.hours in HOURS else row.hours,
        "target": target,
        "on_duty": "1" if row.on_duty else "",
    }


def _targets(office: Office, today: Any) -> list[tuple[str, str]]:
    departments = Department.objects.filter(office=office).order_by("name")
    return [
        *((f"department:{each.name}", _("部门：%(name)s") % {"name": each.name}) for each in departments),
        *((f"role:{role}", _("岗位：%(name)s") % {"name": ROLES[role]}) for role in sorted(HANDLERS)),
        *(
            (f"staff:{login}", _("个人：%(name)s") % {"name": each.name})
            for login, each in handlers_at(office, on=today)
        ),
    ]


def _tried(staff: StaffRequest, office: Office, exchange: Exchange) -> dict[str, Any]:
    """Return whom a case with these words would go to; trade and type are suggested where none is chosen."""
    said = {name: staff.GET.get(name, "").strip() for name in TRIED}
    suggested = suggestion_for(said["text"]) if said["text"] else None
    trade = said["trade"] or (suggested.first("trade") if suggested else "")
    type = said["type"] or (suggested.first("type") if suggested else "")
    community = Community.objects.filter(office=office).order_by("name").first()
    matter = exchange.asked(
        str(community.id) if community else "", type, trade, _building(said["room"]), said["text"]
    )
    chosen = exchange.chosen(matter)
    return {
        "why": chosen.why if chosen else "",
        "sorting": " · ".join(str(word) for word in (TYPES.get(type), TRADES.get(trade)) if word),
    }


def _building(room: str) -> str:
    try:
        return read_room(room).building if room else ""
    except RuleViolation:
        return ""


def _sample(staff: StaffRequest, office: Office, exchange: Exchange) -> list[dict[str, str]]:
    """Return the newest sorted cases of the office with whom they would go to now."""
    rows = visible_to(staff.actor, "dispatch.view").filter(community__office=office).exclude(trade="")
    newest = list(rows.exclude(state=State.RECEIVED).order_by("-id")[:SAMPLE])
    chosen = exchange.chosen_for_all(newest)
    return [
        {
            "number": each.number,
            "url": reverse("request", args=[each.number]),
            "words": each.text,
            "why": chosen[each.number].why if each.number in chosen else "",
            "handler": each.handler.name if each.handler else each.department.name if each.department else "",
        }
        for each in newest
    ]
