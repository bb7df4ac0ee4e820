"""The desk's list of what unknown numbers wrote, and tying one of them to a home in one step."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Home
from hemu.estate.queries import find_home
from hemu.foundation.errors import RuleViolation
from hemu.foundation.redaction import mask_phone
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.portal.models import OwnWord
from hemu.portal.operations import match_word
from hemu.portal.queries import unmatched_word, unmatched_words
from hemu.portal.web.pages import is_id
from hemu.service_requests.wording import STATES


@needs("portal.match")
@never_cache
@require_GET
def unmatched(request: HttpRequest) -> HttpResponse:
    """Show what waits to be tied to a home, oldest first."""
    staff = cast("StaffRequest", request)
    rows = [_row(each) for each in unmatched_words(staff.actor)]
    return render(request, "portal/unmatched.html", {"rows": rows})


@needs("portal.match")
@never_cache
@require_http_methods(["GET", "POST"])
def match(request: HttpRequest, number: str) -> HttpResponse:
    """Show one of them (GET) and tie it (POST: home, person or home_words, keep_phone)."""
    staff = cast("StaffRequest", request)
    try:
        word = unmatched_word(staff.actor, number)
    except RuleViolation as refusal:
        raise Http404(number) from refusal
    if request.method == "GET":
        return _page(staff, word)
    try:
        match_word(
            number=word.request.number,
            home=_home(staff, word),
            person=is_id(request.POST.get("person", "")),
            keep_phone=bool(request.POST.get("keep_phone")),
            act=staff.actor.act(now=staff.now),
            by=staff.actor.staff_id,
        )
    except RuleViolation as refusal:
        return _page(staff, word, refusal)
    return redirect("request", word.request.number)


def _home(staff: StaffRequest, word: OwnWord) -> Home:
    """Return the home picked, or the one that the typed room names."""
    community, typed = word.request.community, staff.POST.get("home_words", "")
    picked = is_id(staff.POST.get("home", ""))
    home = Home.objects.filter(pk=picked, community=community).first() if picked else None
    if home is None and not typed.strip():
        raise RuleViolation("portal.no_home")
    return home or find_home(community, typed)


def _page(staff: StaffRequest, word: OwnWord, refusal: RuleViolation | None = None) -> HttpResponse:
    context = {
        "word": _row(word),
        "community": str(word.request.community_id),
        "callers_url": reverse("request_callers"),
        "values": {name: staff.POST.get(name, "") for name in ("home", "person", "home_words")}
        if staff.method == "POST"
        else {"home_words": word.request.place},
        "errors": {"home": words_for(refusal)} if refusal else {},
        "keep_phone": bool(staff.POST.get("keep_phone")),
    }
    return render(staff, "portal/match.html", context, status=status_of(refusal) if refusal else 200)


def _row(word: OwnWord) -> dict[str, Any]:
    case = word.request
    return {
        "number": case.number,
        "url": reverse("request", args=[case.number]),
        "match_url": reverse("unmatched_match", args=[case.number]),
        "community": case.community.name,
        "said_place": case.place,
        "name": case.caller_name,
        "phone": mask_phone(word.phone),
        "words": case.text,
        "status": STATES[case.state],
        "at": word.written_at,
    }
