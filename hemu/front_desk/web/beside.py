"""What stands beside the form of the desk while it is filled: who may call, the household, cases that are alike."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemu.access.web.gate import StaffRequest
from hemu.duties.queries import nearest_due
from hemu.estate.callers import Found, callers_like
from hemu.estate.models import Community, Home, Person, Tie
from hemu.estate.queries import people_of
from hemu.estate.wording import FLAGS, OCCUPANCIES, TIES
from hemu.foundation.redaction import mask_phone
from hemu.front_desk.queries import recent_of_home, same_story
from hemu.infra.moments import office_day
from hemu.infra.web.needs import needs
from hemu.service_requests.models import Request
from hemu.service_requests.queries import visible_to
from hemu.service_requests.rules import State
from hemu.service_requests.wording import STATES, TYPES, place_words

OPTIONS = 8
SHOWN = 5
NOBODY = UUID(int=0)
"""The id of nothing: what is no id at all finds nothing."""
WARNINGS = ("no_calls",)
"""Flags that forbid something; the others only tell."""


def id_of(text: str) -> UUID:
    """Return the id that a field carries, that of nothing where it carries none."""
    try:
        return UUID(text)
    except ValueError:
        return NOBODY


@needs("request.register")
@require_POST
def callers(request: HttpRequest) -> HttpResponse:
    """Answer the one box (POST: home_words, community) with homes and people; posted, so that no log keeps it."""
    staff = cast("StaffRequest", request)
    words = request.POST.get("home_words", "").strip()
    if not words:
        return HttpResponse("")
    reach = staff.actor.communities("estate.view")
    within = reach.filter(id=id_of(request.POST.get("community", ""))).first()
    found, more = callers_like(reach, words, on=office_day(staff.now), limit=OPTIONS, within=within)
    context = {"options": [_option(each, within) for each in found], "words": words, "more": more}
    return render(request, "front_desk/caller_options.html", context)


def _option(found: Found, within: Community | None) -> dict[str, Any]:
    home, person = found.home, found.person
    elsewhere = "" if within and home.community_id == within.id else home.community.name
    notes = (
        [TIES[found.kind], _phone(person), elsewhere]
        if person
        else [OCCUPANCIES[home.occupancy], _area(home), elsewhere]
    )
    return {
        "home": home.id,
        "person": person.id if person else "",
        "written": home.written,
        "name": (person.name or _("未留名")) if person else "",
        "note": " · ".join(str(note) for note in notes if note),
    }


def _area(home: Home) -> str:
    return f"{home.area_centi / 100:.2f} m²" if home.area_centi else ""


def _phone(person: Person) -> str:
    phones = list(person.phones.all())
    return mask_phone(phones[0].number) if phones else ""


@needs("request.register")
@require_POST
def people(request: HttpRequest) -> HttpResponse:
    """Answer the choice of a home (POST: home, person) with its people and what to heed."""
    staff = cast("StaffRequest", request)
    home = _home(staff)
    if home is None:
        return HttpResponse("")
    flags: list[str] = [flag for flag in home.flags if flag in FLAGS]
    context = {
        "people": [_person(each, home) for each in people_of(home, on=office_day(staff.now))],
        "person": request.POST.get("person", ""),
        "warnings": [FLAGS[flag] for flag in flags if flag in WARNINGS],
        "flags": [FLAGS[flag] for flag in flags if flag not in WARNINGS],
    }
    return render(request, "front_desk/home_people.html", context)


def _home(staff: StaffRequest) -> Home | None:
    reach = staff.actor.communities("estate.view")
    return Home.objects.filter(id=id_of(staff.POST.get("home", "")), community__in=reach).first()


def _person(person: Person, home: Home) -> dict[str, Any]:
    kinds: list[str] = [tie.kind for tie in person.ties.all() if tie.home_id == home.id]
    return {
        "id": str(person.id),
        "name": person.name or _("未留名"),
        "kind_word": TIES[kinds[0]] if kinds else TIES[Tie.Kind.CONTACT],
        "phone": _phone(person),
    }


@needs("request.register")
@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """Answer what is typed (POST: home, community, text) with the home's cases and open ones of the same story."""
    staff = cast("StaffRequest", request)
    rows = visible_to(staff.actor)
    home = _home(staff)
    reach = staff.actor.communities("request.view")
    chosen = home.community_id if home else id_of(request.POST.get("community", ""))
    community = reach.filter(id=chosen).first()
    of_home = recent_of_home(rows, home, limit=SHOWN) if home else []
    text = request.POST.get("text", "")
    alike = same_story(rows, community, text, leave_out=of_home, limit=SHOWN) if community and text else []
    due = nearest_due(each.subject for each in [*of_home, *alike])
    context = {
        "of_home": [_case(each, due.get(each.subject)) for each in of_home],
        "alike": [_case(each, due.get(each.subject)) for each in alike],
        "now": staff.now,
    }
    page = render_to_string("front_desk/similar.html", context, request)
    return HttpResponse(page.strip())  # nothing at all takes no room beside the form


def _case(case: Request, due: datetime | None) -> dict[str, Any]:
    return {
        "url": reverse("request", args=[case.number]),
        "join_url": "" if case.state == State.CLOSED else reverse("request_join", args=[case.number]),
        "number": case.number,
        "place": place_words(case),
        "type_word": TYPES[case.type],
        "words": case.text,
        "status": STATES[case.state],
        "at": case.happened_at,
        "due": due,
        "urged": case.urged_count,
        "seconded": case.seconded_count,
    }
