"""The danger button: one press from anywhere at the desk, the questions afterwards."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.dispatching.operations import raise_danger, tell_details
from hemu.dispatching.wording import DANGER_ICONS, DANGERS
from hemu.estate.callers import phone_as_said
from hemu.estate.models import Community, Home
from hemu.estate.queries import caller_at, find_home
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import refused_page, status_of
from hemu.infra.web.needs import needs
from hemu.service_requests.operations import Caller
from hemu.service_requests.queries import communities_of, request_for

FIELDS = ("community", "home", "home_words", "person", "name", "phone", "text", "channel", "danger")


@needs("request.register")
@require_http_methods(["GET", "POST"])
def danger(request: HttpRequest) -> HttpResponse:
    """Show the five dangers (GET), or register one and send it (POST: danger, key, and what of the desk's form is filled)."""
    staff = cast("StaffRequest", request)
    communities = communities_of(staff.actor, "request.register")
    values = {name: staff.POST.get(name, "").strip() for name in FIELDS}
    community = _community(communities, values)
    if request.method == "GET" or community is None:
        return _page(staff, communities, values)
    try:
        answer = once(
            account=staff.actor.key,
            key=staff.POST.get("key", ""),
            body=values | {"path": staff.path},
            now=staff.now,
            act=lambda: {"number": _raised(staff, community, values)},
        )
    except RuleViolation as refusal:
        return _page(staff, communities, values, refusal)
    return redirect("request", answer["number"])


def _community(communities: list[Community], values: dict[str, str]) -> Community | None:
    found = [each for each in communities if str(each.id) == values["community"]]
    return found[0] if found else communities[0] if len(communities) == 1 else None


def _raised(staff: StaffRequest, community: Community, values: dict[str, str]) -> str:
    home, place = _place(community, values)
    phone = values["phone"] or phone_as_said(values["home_words"])
    person = caller_at(home, phone, values["name"], on=office_day(staff.now))
    made = raise_danger(
        kind=values["danger"],
        community=home.community if home else community,
        home=home,
        place=place,
        text=values["text"],
        caller=Caller(person, values["name"], phone),
        channel=values["channel"] or "phone",
        act=staff.actor.act(now=staff.now),
        by=staff.actor,
    )
    return made.number


def _place(community: Community, values: dict[str, str]) -> tuple[Home | None, str]:
    """Return the home that was picked or said, else the words as they were said: danger waits for no roster."""
    words = values["home_words"]
    if values["home"]:
        try:
            picked = Home.objects.filter(id=UUID(values["home"]), community=community).first()
        except ValueError:
            picked = None
        if picked and words in ("", picked.written):
            return picked, ""
    if not words or phone_as_said(words):
        return None, ""
    try:
        return find_home(community, words), ""
    except RuleViolation:
        return None, words[:60]


def _page(
    staff: StaffRequest,
    communities: list[Community],
    values: dict[str, str],
    refusal: RuleViolation | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "dangers": [(code, word, DANGER_ICONS[code]) for code, word in DANGERS.items()],
        "communities": [(str(each.id), each.name) for each in communities],
        "values": values,
        "key": staff.POST.get("key") or new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
        "danger_url": reverse("danger"),
    }
    return render(staff, "dispatching/danger.html", context, status=status_of(refusal) if refusal else 200)


@needs("request.register")
@require_POST
def details(request: HttpRequest, number: str) -> HttpResponse:
    """Put down what was asked after a danger was sent (POST: home, name, phone, text, key) and show the case."""
    staff = cast("StaffRequest", request)
    try:
        case = request_for(staff.actor, number, "request.register")
    except RuleViolation as refusal:
        raise Http404(number) from refusal
    said = {name: staff.POST.get(name, "").strip() for name in ("home", "name", "phone", "text")}
    home, place = _place(case.community, {"home": "", "home_words": said["home"]})
    if any(said.values()):
        try:
            once(
                account=staff.actor.key,
                key=staff.POST.get("key", ""),
                body=said | {"number": case.number},
                now=staff.now,
                act=lambda: {
                    "version": tell_details(
                        number=case.number,
                        act=staff.actor.act(now=staff.now),
                        by=staff.actor,
                        text=said["text"],
                        home=home.written if home else "",
                        place=place,
                        name=said["name"],
                        phone=said["phone"],
                    ).version
                },
            )
        except RuleViolation as refusal:
            return refused_page(request, refusal, back=reverse("request", args=[number]))
    return redirect("request", case.number)
