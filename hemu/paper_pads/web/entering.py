"""Typing sheets in, one after the other: what stays the same stays on the page (补录)."""

from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.estate.callers import phone_as_said
from hemu.estate.models import Community, Home
from hemu.estate.queries import caller_at, home_as_said
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day, typed_moment
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.paper_pads.operations import register_sheet
from hemu.paper_pads.queries import next_sheet, number_as_written
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller
from hemu.service_requests.queries import communities_of
from hemu.service_requests.wording import CHANNELS, TYPES

STAYS = ("community", "day", "channel", "late_reason")
"""What is the same on the sheets of one outage."""
FIELDS = (*STAYS, "number", "clock", "home_words", "name", "phone", "anonymous", "type", "text", "answer")
WAYS = {
    "phone": "phone",
    "walk_in": "user",
    "chat": "message-circle",
    "letter": "mail",
    "visit": "footprints",
}
ERRORS = {
    "pad.unknown_number": "number",
    "pad.other_community": "number",
    "pad.already_used": "number",
    "pad.returned": "number",
    "pad.before_reserved": "clock",
    "pad.unreadable_time": "clock",
    "pad.needs_reason": "late_reason",
    "entry.in_future": "clock",
    "home.unknown": "home_words",
    "request.no_words": "text",
    "request.too_long": "text",
    "register.no_type": "type",
    "answer.needs_work": "answer",
}
Values = dict[str, str]


@needs("request.register")
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Show the form for a sheet (GET: community), or type one in and show it for the next (POST: FIELDS, key)."""
    staff = cast("StaffRequest", request)
    communities = communities_of(staff.actor, "request.register")
    if staff.method == "GET":
        return _form(staff, communities, _fresh(staff, communities))
    values = {name: staff.POST.get(name, "") for name in FIELDS}
    try:
        done = once(
            account=staff.actor.key,
            key=staff.POST.get("key", ""),
            body=values,
            now=staff.now,
            act=lambda: {"number": _typed_in(staff, communities, values).number},
        )
    except RuleViolation as refusal:
        return _form(staff, communities, values, refusal)
    kept = {name: values[name] for name in STAYS}
    return _form(staff, communities, kept, done=done["number"])


def _typed_in(staff: StaffRequest, communities: list[Community], values: Values) -> Request:
    community = next((each for each in communities if str(each.id) == values["community"]), None)
    if community is None:
        raise RuleViolation("register.no_community")
    if not values["type"]:
        raise RuleViolation("register.no_type")
    at = _moment(values)
    home, said = _home(community, values["home_words"])
    return register_sheet(
        number=number_as_written(community, values["number"]),
        community=community,
        by=staff.actor,
        act=staff.actor.act(now=staff.now, at=at),
        late_reason=values["late_reason"],
        answer=values["answer"],
        home=home,
        place=said,
        type=values["type"],
        text=values["text"],
        caller=_caller(home, values, at),
        channel=values["channel"] or "phone",
    )


def _moment(values: Values) -> datetime:
    try:
        return typed_moment(f"{values['day']} {values['clock']}")
    except ValueError as error:
        asked = f"{values['day']} {values['clock']}"[:40]
        raise RuleViolation("pad.unreadable_time", value=asked) from error


def _home(community: Community, words: str) -> tuple[Home | None, str]:
    return (None, "") if phone_as_said(words) else home_as_said(community, words)


def _caller(home: Home | None, values: Values, at: datetime) -> Caller:
    if values["anonymous"]:
        return Caller(anonymous=True)
    name, phone = values["name"], values["phone"] or phone_as_said(values["home_words"])
    return Caller(caller_at(home, phone, name, on=office_day(at)), name, phone)


def _fresh(staff: StaffRequest, communities: list[Community]) -> Values:
    first = next((str(each.id) for each in communities if next_sheet(each)), "")
    today = str(office_day(staff.now))
    return {"community": staff.GET.get("community", first), "day": today, "channel": "phone"}


def _form(
    staff: StaffRequest,
    communities: list[Community],
    values: Values,
    refusal: RuleViolation | None = None,
    done: str = "",
) -> HttpResponse:
    community = next((each for each in communities if str(each.id) == values.get("community")), None)
    if "number" not in values:
        values = values | {"number": next_sheet(community) if community else ""}
    field = ERRORS.get(refusal.code, "") if refusal else ""
    words = words_for(refusal) if refusal else ""
    context: dict[str, Any] = {
        "communities": [(str(each.id), each.name) for each in communities],
        "types": list(TYPES.items()),
        "channels": [(code, CHANNELS[code], icon) for code, icon in WAYS.items()],
        "values": values,
        "done": done,
        "errors": {field: words} if field else {},
        "refusal": words if refusal and not field else "",
        # A refused form keeps its key: nothing was written under it.
        "key": staff.POST.get("key") if refusal else new_id(staff.now).hex,
    }
    return render(staff, "paper_pads/enter.html", context, status=status_of(refusal) if refusal else 200)
