"""A paste from a chat group: split by who speaks, each part a draft for the desk's form."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.taking import draft_rows, files_brought
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.front_desk.queries_chat import Guess, guessed
from hemu.front_desk.rules_chat import MOST_TEXT
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.service_requests.queries import communities_of


@needs("request.register")
@never_cache
@require_http_methods(["GET", "POST"])
def pasted(request: HttpRequest) -> HttpResponse:
    """Show where a chat is pasted (GET), or its parts (POST: community, pasted, files); nothing is written."""
    staff = cast("StaffRequest", request)
    communities = communities_of(staff.actor, "request.register")
    text, drafts, refused = request.POST.get("pasted", ""), [], None
    ids: list[str] = request.POST.getlist("files")
    if request.method == "POST":
        try:
            ids = files_brought(request, by=staff.actor.key, now=staff.now).ids
            community = _community(communities, request.POST.get("community", ""))
            found = guessed(text, community=community, on=office_day(staff.now))
            drafts = [_row(each, community) for each in found]
            if not drafts and not ids:
                raise RuleViolation("paste.nothing")
            if not drafts:
                drafts = [_pictures_alone(community)]
        except RuleViolation as refusal:
            refused = refusal
    context = {
        "communities": [(str(each.id), each.name) for each in communities],
        "community": request.POST.get("community", ""),
        "pasted": text[:MOST_TEXT],
        "drafts": drafts,
        "pictures": draft_rows(staff.actor.key, ids) if ids else [],
        "files": ",".join(ids),
        "refusal": words_for(refused) if refused else "",
        "register_url": reverse("register"),
        "upload_url": reverse("file_upload"),
    }
    return render(request, "front_desk/pasted.html", context, status=status_of(refused) if refused else 200)


def _community(communities: list[Community], asked: str) -> Community:
    community = next((each for each in communities if str(each.id) == asked), None)
    if community is None:
        raise RuleViolation("register.no_community")
    return community


def _row(guess: Guess, community: Community) -> dict[str, Any]:
    speaker = guess.said.speaker
    return {
        "nickname": speaker.nickname,
        "of_office": speaker.of_office,
        "words": guess.said.words,
        "pictures": guess.said.pictures,
        "home": str(guess.home.id) if guess.home else "",
        "home_words": guess.home.written if guess.home else speaker.room,
        "person": str(guess.person.id) if guess.person else "",
        "name": guess.person.name if guess.person else speaker.name,
        "community": str(community.id),
    }


def _pictures_alone(community: Community) -> dict[str, Any]:
    """Return a draft for pictures that came without a word."""
    return {"words": "", "community": str(community.id)}
