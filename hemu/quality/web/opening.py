"""The form that opens a corrective action, by itself or from what a page shows."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.web.needs import needs
from hemu.quality.operations import open_action
from hemu.quality.queries import workers_of
from hemu.quality.rules import KINDS, SOURCES
from hemu.quality.web.fields import deadline
from hemu.quality.web.lines import source_url
from hemu.quality.wording import FINDINGS
from hemu.quality.wording import SOURCES as SOURCE_WORDS
from hemu.service_requests.queries import communities_of, request_for

TYPED = ("community", "source", "about", "kind", "place", "words", "to", "do_by")
USUALLY = timedelta(days=7)


@needs("action.step")
@require_http_methods(["GET", "POST"])
def new_action(request: HttpRequest) -> HttpResponse:
    """Show the form (GET: community, source, about, kind, place); open one (POST: those, words, to, do_by, files, key)."""
    staff = cast("StaffRequest", request)
    if staff.method == "GET":
        return _form(staff, {name: staff.GET.get(name, "") for name in TYPED})
    typed = {name: staff.POST.get(name, "") for name in TYPED}
    tried = try_act(
        staff,
        by=staff.actor.key,
        now=staff.now,
        typed=typed,
        act=lambda files: {"number": _opened(staff, typed, files)},
    )
    if tried.refusal:
        return _form(staff, typed, tried)
    return redirect("action", tried.answer["number"])


def _opened(staff: StaffRequest, typed: Mapping[str, str], files: list[str]) -> str:
    made = open_action(
        community=community_asked(staff, "action.step", typed["community"]),
        by=staff.actor,
        act=staff.actor.act(now=staff.now),
        words=typed["words"],
        kind=typed["kind"],
        to=typed["to"],
        do_by=deadline(typed["do_by"]),
        source=typed["source"] or "other",
        about=_about(staff, typed["about"]),
        place=typed["place"],
        files=files,
    )
    return made.number


def _about(staff: StaffRequest, about: str) -> str:
    """Return the subject named; a case that this person does not see is not there."""
    kind, _colon, number = about.partition(":")
    if kind == "request":
        try:
            return request_for(staff.actor, number).subject
        except RuleViolation as refusal:
            raise Http404(about) from refusal
    return about[:80]


def _form(
    staff: StaffRequest,
    typed: Mapping[str, str],
    tried: Tried = UNTRIED,
) -> HttpResponse:
    community = community_asked(staff, "action.step", typed["community"])
    about = _about(staff, typed["about"])
    source = typed["source"] if typed["source"] in SOURCES else "other"
    today = office_day(staff.now)
    context: dict[str, Any] = {
        "typed": typed,
        "communities": [(str(each.id), each.name) for each in communities_of(staff.actor, "action.step")],
        "community": str(community.id),
        "about": about,
        "about_number": about.partition(":")[2] if source_url(about) else "",
        "about_url": source_url(about),
        "source": source,
        "source_word": SOURCE_WORDS[source],
        "sources": [(code, SOURCE_WORDS[code]) for code in SOURCES],
        "kinds": [(code, FINDINGS[code]) for code in KINDS],
        "kind": typed["kind"] if typed["kind"] in KINDS else "",
        "people": workers_of(community, on=today, about=about),
        "do_by": typed["do_by"] or (today + USUALLY).isoformat(),
        "today": today.isoformat(),
        **tried.form(staff.actor.key, now=staff.now),
        "list_url": reverse("actions"),
    }
    return render(staff, "quality/new.html", context, status=tried.status)
