"""The front desk: registering a word, with the home and its people looked up while typing."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community, Home, Person, Staff, Tie
from hemu.estate.queries import caller_at, home_as_said, homes_like, people_of
from hemu.estate.wording import FLAGS, OCCUPANCIES, TIES
from hemu.foundation.errors import RuleViolation
from hemu.foundation.redaction import mask_phone
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE, parse_moment
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, register_request
from hemu.service_requests.queries import communities_of, recent_of_home
from hemu.service_requests.wording import CHANNELS, STATES, TYPES

FIELDS = (
    "community",
    "home",
    "home_words",
    "person",
    "name",
    "phone",
    "type",
    "text",
    "channel",
    "at",
    "anonymous",
    "late_reason",
)
TYPE_ICONS = {
    "repair_home": "wrench",
    "repair_public": "building-2",
    "complaint": "message-square-warning",
    "inquiry": "circle-question-mark",
    "suggestion": "lightbulb",
    "help": "hand-helping",
    "praise": "heart",
    "other": "ellipsis",
}
DESK_CHANNELS = {
    "phone": "phone",
    "walk_in": "user",
    "chat": "message-circle",
    "letter": "mail",
    "visit": "footprints",
}
OPTIONS = 8
NOBODY = UUID(int=0)
"""The id of nothing: what is no id at all finds nothing."""


@needs("request.register")
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Show the form (GET) or register one word and go to its case (POST: the fields, key)."""
    staff = cast("StaffRequest", request)
    communities = communities_of(staff.actor, "request.register")
    if request.method == "GET":
        values = {
            "channel": "phone",
            "at": _minute(staff.now),
            "community": str(communities[0].id) if communities else "",
        }
        return _form(staff, communities, values)
    values = {name: request.POST.get(name, "") for name in FIELDS}
    try:
        answer = once(
            account=staff.actor.key,
            key=request.POST.get("key", ""),
            body=values,
            now=staff.now,
            act=lambda: _registered(staff, communities, values),
        )
    except RuleViolation as refusal:
        return _form(staff, communities, values, refusal)
    return redirect("request", answer["number"])


def _registered(staff: StaffRequest, communities: list[Community], values: dict[str, str]) -> dict[str, Any]:
    community = next((each for each in communities if str(each.id) == values["community"]), None)
    if community is None:
        raise RuleViolation("register.no_community")
    home, said = _home(community, values)
    made = register_request(
        community=community,
        home=home,
        type=values["type"],
        text=values["text"],
        caller=_caller(home, values, staff.now.astimezone(OFFICE_ZONE).date()),
        act=staff.actor.act(now=staff.now, at=_moment(values["at"], staff.now)),
        channel=values["channel"] or "phone",
        place=said,
        late_reason=values["late_reason"],
        first_asked=Staff(id=staff.actor.staff_id),
    )
    return {"number": made.number, "state": str(made.state), "version": made.version}


def _home(community: Community, values: dict[str, str]) -> tuple[Home | None, str]:
    words = values["home_words"].strip()
    if values["home"]:
        picked = Home.objects.filter(community=community, id=_uuid(values["home"])).first()
        if picked and (not words or words == picked.written):
            return picked, ""
    return home_as_said(community, words)


def _caller(home: Home | None, values: dict[str, str], today: date) -> Caller:
    if values["anonymous"]:
        return Caller(anonymous=True)
    person = (
        people_of(home, on=today).filter(id=_uuid(values["person"])).first()
        if home and values["person"]
        else None
    )
    if person is None:
        known = caller_at(home, values["phone"], values["name"], on=today)
        return Caller(known, values["name"], values["phone"])
    phones = list(person.phones.all())
    return Caller(
        person.id, values["name"] or person.name, values["phone"] or (phones[0].number if phones else "")
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return NOBODY


def _moment(text: str, now: datetime) -> datetime:
    if not text or text == _minute(now):  # untouched: this very moment
        return now
    try:
        return parse_moment(text)
    except ValueError as error:
        raise RuleViolation("request.unreadable_date", field="at", value=text[:40]) from error


def _minute(now: datetime) -> str:
    return now.astimezone(OFFICE_ZONE).strftime("%Y-%m-%dT%H:%M")


ERROR_FIELDS = {
    "home.unknown": "home",
    "request.no_words": "text",
    "request.too_long": "text",
    "entry.in_future": "at",
    "request.unreadable_date": "at",
    "entry.late_needs_reason": "late_reason",
    "register.no_community": "community",
}


def _form(
    request: StaffRequest,
    communities: list[Community],
    values: dict[str, str],
    refusal: RuleViolation | None = None,
) -> HttpResponse:
    field = ERROR_FIELDS.get(refusal.code, "") if refusal else ""
    if refusal and refusal.code == "request.unknown_value":
        field = str(refusal.params["field"])
    words = words_for(refusal) if refusal else ""
    context = {
        # A refused form keeps its key: nothing was written under it.
        "key": request.POST.get("key") or new_id(request.now).hex,
        "communities": [(str(each.id), each.name) for each in communities],
        "types": [(code, word, TYPE_ICONS[code]) for code, word in TYPES.items()],
        "channels": [(code, CHANNELS[code], icon) for code, icon in DESK_CHANNELS.items()],
        "values": values,
        "errors": {field: words} if field else {},
        "refusal": words if refusal and not field else "",
        "home_lookup_url": reverse("request_homes"),
        "home_people_url": reverse("request_people"),
        "suggestion_url": reverse("request_suggestion"),
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "service_requests/register.html", context, status=status)


@needs("estate.view")
@require_GET
def homes(request: HttpRequest) -> HttpResponse:
    """Answer the look-up of a room (GET: home_words, community) with options."""
    actor = cast("StaffRequest", request).actor
    words = request.GET.get("home_words", "")
    community = actor.communities("estate.view").filter(id=_uuid(request.GET.get("community", ""))).first()
    found = homes_like(community, words, limit=OPTIONS + 1) if community and words.strip() else []
    context = {
        "homes": [{"id": home.id, "written": home.written, "note": _note(home)} for home in found[:OPTIONS]],
        "room": words,
        "more": len(found) > OPTIONS,
    }
    if not words.strip():
        return HttpResponse("")
    return render(request, "service_requests/home_options.html", context)


def _note(home: Home) -> str:
    area = f"{home.area_centi / 100:.2f} m²" if home.area_centi else ""
    return " · ".join(filter(None, [str(OCCUPANCIES[home.occupancy]), area]))


@needs("estate.view")
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Answer the choice of a home (GET: home) with its people, flags and recent cases."""
    staff = cast("StaffRequest", request)
    home = Home.objects.filter(
        id=_uuid(request.GET.get("home", "")), community__in=staff.actor.communities("estate.view")
    ).first()
    if home is None:
        return HttpResponse("")
    today = staff.now.astimezone(OFFICE_ZONE).date()
    context = {
        "people": [_person(each, home) for each in people_of(home, on=today)],
        "person": request.GET.get("person", ""),
        "recent": [_recent(each) for each in recent_of_home(home)],
    }
    return render(request, "service_requests/home_people.html", context)


def _person(person: Person, home: Home) -> dict[str, Any]:
    kinds = [tie.kind for tie in person.ties.all() if tie.home_id == home.id]
    phones = list(person.phones.all())
    return {
        "id": person.id,
        "name": person.name or _("未留名"),
        "kind_word": TIES[kinds[0]] if kinds else TIES[Tie.Kind.CONTACT],
        "phone": mask_phone(phones[0].number) if phones else "",
        "flags": [FLAGS.get(flag, flag) for flag in home.flags],
    }


def _recent(request: Request) -> dict[str, Any]:
    return {
        "url": reverse("request", args=[request.number]),
        "number": request.number,
        "words": request.text,
        "status": STATES[request.state],
        "at": request.happened_at,
    }
