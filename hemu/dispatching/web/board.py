"""What waits to be sent and what waits to be taken: many sent at once, one taken."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.dispatching.operations import Row, dispatch_by_rule, dispatch_many, take
from hemu.dispatching.queries import (
    LISTED,
    Exchange,
    in_hand,
    lines_at,
    office_among,
    offices_of,
    pool,
    pool_of,
    to_dispatch,
)
from hemu.duties.queries import nearest_due
from hemu.estate.models import Department, Office
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.service_requests.models import Request
from hemu.service_requests.queries import request_for
from hemu.service_requests.rules import DISPATCHERS
from hemu.service_requests.wording import STATES, TRADES, TYPES, place_words

LISTS: dict[str, Callable[[Any], QuerySet[Request]]] = {
    "waiting": to_dispatch,
    "pool": pool,
    "in_hand": in_hand,
}


@needs("dispatch.view")
@require_GET
def dispatching(request: HttpRequest) -> HttpResponse:
    """Show what waits to be sent (GET: list: ``waiting``, ``pool`` or ``in_hand``; office)."""
    return _board(cast("StaffRequest", request))


@needs("request.step")
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Send the rows chosen (POST: list, office, number …, to, department, reason, key; by_rule) and say what became of each."""
    staff = cast("StaffRequest", request)
    post = staff.POST
    _office(staff)  # what is not there is said before anything is done
    numbers = [case.number for case in _seen(staff, post.getlist("number"))]
    try:
        results = dispatch_many(
            numbers=numbers,
            act=staff.actor.act(now=staff.now),
            by=staff.actor,
            to=post.get("to", ""),
            department=post.get("department", ""),
            by_rule=bool(post.get("by_rule")),
            reason=post.get("reason", ""),
            key=post.get("key", ""),
        )
    except RuleViolation as refusal:
        return _board(staff, refusal=words_for(refusal), status=status_of(refusal))
    return _board(staff, results=results)


def _seen(staff: StaffRequest, numbers: list[str]) -> list[Request]:
    """Return the cases chosen among those this person may see, in the order chosen."""
    rows: dict[str, Request] = {}
    for each in LISTS.values():
        rows |= {case.number: case for case in each(staff.actor).filter(number__in=numbers[:LISTED])}
    return [rows[number] for number in numbers if number in rows]


@needs("request.step")
@require_POST
def by_rule(request: HttpRequest, number: str) -> HttpResponse:
    """Send one case by the office's rules (POST: key) and go to it."""
    staff = cast("StaffRequest", request)
    return _one(
        staff,
        number,
        lambda case: dispatch_by_rule(number=case.number, act=staff.actor.act(now=staff.now), by=staff.actor),
    )


@needs("request.step")
@require_POST
def take_it(request: HttpRequest, number: str) -> HttpResponse:
    """Take one case out of the pool (POST: key) and go to it; who was slower is told who has it."""
    staff = cast("StaffRequest", request)
    return _one(
        staff,
        number,
        lambda case: take(number=case.number, act=staff.actor.act(now=staff.now), by=staff.actor),
    )


def _one(staff: StaffRequest, number: str, act: Callable[[Request], Request]) -> HttpResponse:
    try:
        case = request_for(staff.actor, number)
    except RuleViolation as refusal:
        raise Http404(number) from refusal
    try:
        once(
            account=staff.actor.key,
            key=staff.POST.get("key", ""),
            body={"path": staff.path},
            now=staff.now,
            act=lambda: {"state": str(act(case).state)},
        )
    except RuleViolation as refusal:
        return _board(staff, refusal=words_for(refusal), status=status_of(refusal))
    return redirect("request", case.number)


def _office(staff: StaffRequest) -> tuple[list[Office], Office]:
    """Return the offices of one's own, and the one asked for (GET or POST: office)."""
    offices = offices_of(staff.actor, "dispatch.view")
    try:
        return offices, office_among(offices, staff.POST.get("office", staff.GET.get("office", "")))
    except RuleViolation as unknown:
        raise Http404 from unknown


def _board(
    staff: StaffRequest, *, results: list[Row] | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    asked = {**staff.GET.dict(), **staff.POST.dict()}
    offices, office = _office(staff)
    may_send = bool(DISPATCHERS & staff.actor.roles_at(office.id))
    name = str(asked.get("list", "")) or ("waiting" if may_send else "pool")
    name = name if name in LISTS else "waiting"
    today = office_day(staff.now)
    cases = lines_at(office, LISTS[name](staff.actor), homes=name == "waiting")
    mine = (
        set(
            pool_of(staff.actor, today=today)
            .filter(community__office=office)
            .values_list("id", flat=True)[: LISTED + 1]
        )
        if name == "pool"
        else set()
    )
    exchange = Exchange(office, at=staff.now)
    context = {
        "tabs": tabs_of(staff, office, name),
        "offices": [(str(each.id), each.name) for each in offices],
        "office_id": str(office.id),
        "list": name,
        "rows": _rows(cases[:LISTED], exchange, name, mine, staff),
        "more": len(cases) > LISTED,
        "may_send": may_send,
        "people": [
            (login, exchange.names[each] + (_("（值班）") if each in exchange.people.on_duty else ""))
            for login, each in exchange.here.items()
        ],
        "departments": [
            (each.name, each.name) for each in Department.objects.filter(office=office).order_by("name")
        ],
        "key": new_id(staff.now).hex,
        "results": [_result(row) for row in results or []],
        "sent": sum(1 for row in results or [] if not row.refusal),
        "refusal": refusal,
        "has_rules": bool(exchange.rows),
        "rules_url": reverse("dispatch_rules"),
        "send_url": reverse("dispatch_many"),
    }
    return render(staff, "dispatching/board.html", context, status=status)


def _rows(
    cases: list[Request], exchange: Exchange, name: str, mine: set[UUID], staff: StaffRequest
) -> list[dict[str, Any]]:
    due = nearest_due((each.subject for each in cases), offices={exchange.office.id})
    chosen = exchange.chosen_for_all(cases) if name == "waiting" else {}
    return [
        {
            "number": each.number,
            "url": reverse("request", args=[each.number]),
            "place": place_words(each),
            "words": each.text,
            "type_word": TYPES[each.type],
            "trade_word": TRADES.get(each.trade, ""),
            "urgent": each.urgency == "urgent",
            "status": STATES[each.state],
            "due": due.get(each.subject),
            "why": chosen[each.number].why if each.number in chosen else "",
            "handler": each.handler.name if each.handler else "",
            "department": each.department.name if each.department else "",
            "take_url": reverse("dispatch_take", args=[each.number]) if each.id in mine else "",
        }
        for each in cases
    ]


def _result(row: Row) -> dict[str, str]:
    return {
        "number": row.number,
        "url": reverse("request", args=[row.number]),
        "words": row.refusal or _("已派给%(who)s") % {"who": row.handler},
        "failed": "1" if row.refusal else "",
    }


def tabs_of(staff: StaffRequest, office: Office, current: str) -> list[dict[str, Any]]:
    """Return the tabs of the pages of dispatching."""
    at = f"office={office.id}"
    tabs = [
        ("waiting", _("待派单"), f"{reverse('dispatching')}?list=waiting&{at}"),
        ("pool", _("待接单"), f"{reverse('dispatching')}?list=pool&{at}"),
        ("in_hand", _("在办"), f"{reverse('dispatching')}?list=in_hand&{at}"),
        ("rota", _("值班表"), f"{reverse('rota')}?{at}"),
        ("rules", _("派单规则"), f"{reverse('dispatch_rules')}?{at}"),
    ]
    if staff.actor.may("dispatch.arrange", office.id):
        tabs.append(("hand_over", _("交接"), f"{reverse('hand_over')}?{at}"))
    return [{"label": label, "url": url, "current": name == current} for name, label, url in tabs]
