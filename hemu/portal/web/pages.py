"""Behind the owners' door: their cases, a new word, what troubles the neighbours."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemu.attachments.web.taking import draft_rows, files_brought
from hemu.estate.models import Community, Place
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import PUBLIC, needs
from hemu.portal.operations import say_me_too, write_word
from hemu.portal.queries import LISTED, Matter, cases_of, neighbours_matters, own_case
from hemu.portal.web.gate import OwnerRequest, frame, owners
from hemu.portal.web.link import case_page
from hemu.portal.wording import MATTER_STATES
from hemu.service_requests.models import Request
from hemu.service_requests.queries import listed
from hemu.service_requests.rules import State
from hemu.service_requests.wording import FOR_OWNERS, STATES, TRADES, TYPES

PUBLIC_PLACE = "public"


@needs(PUBLIC)
@require_GET
@owners
def home(request: OwnerRequest) -> HttpResponse:
    """Show one's own cases (GET: state=closed for the ended ones, after)."""
    closed = request.GET.get("state") == State.CLOSED
    rows = cases_of(request.owner, now=request.now)
    try:
        found, older = listed(
            rows,
            state="closed" if closed else "open",
            after=request.GET.get("after", ""),
            limit=LISTED,
            places=request.owner.communities.values(),
        )
    except RuleViolation as refusal:
        raise Http404 from refusal
    context = {
        **frame(request, "my"),
        "rows": [_row(each) for each in found],
        "closed": closed,
        "states": [
            {"label": _("在办"), "url": reverse("my"), "current": not closed},
            {"label": _("已结束"), "url": f"{reverse('my')}?state=closed", "current": closed},
        ],
        "older": f"?state={'closed' if closed else 'open'}&after={older}" if older else "",
        "write_url": reverse("my_write"),
    }
    return render(request, "portal/home.html", context)


def _row(case: Request) -> dict[str, Any]:
    return {
        "url": reverse("my_case", args=[case.number]),
        "number": case.number,
        "status": STATES[case.state],
        "plain": FOR_OWNERS[case.state],
        "where": case.home_written or case.place,
        "words": case.text,
        "at": case.registered_at,
    }


@needs(PUBLIC)
@require_http_methods(["GET", "POST"])
@owners
def case(request: OwnerRequest, number: str) -> HttpResponse:
    """Show one of one's own cases, and take its owner's steps as the link does."""
    owner, now = request.owner, request.now
    try:
        found = own_case(owner, number, now=now)
    except RuleViolation as refusal:
        raise Http404(number) from refusal
    new = request.method == "GET" and "new" in request.GET
    return case_page(
        request,
        found,
        who=owner.key_for(found),
        again=lambda: own_case(owner, number, now=now),
        step_url=reverse("my_case", args=[found.number]),
        files_url=reverse("my_case_upload", args=[found.number]),
        template="portal/case.html",
        more={**frame(request, "my"), "is_new": new},
    )


@needs(PUBLIC)
@require_http_methods(["GET", "POST"])
@owners
def write(request: OwnerRequest) -> HttpResponse:
    """Show the form of a new word (GET) and register it (POST: where, place, community, name, text, files, key)."""
    if request.method == "GET":
        return _form(request)
    try:
        files = files_brought(request, by=request.owner.key(), now=request.now)
        answer = once(
            account=request.owner.key(),
            key=request.POST.get("key", ""),
            body={name: request.POST.get(name, "") for name in FIELDS} | {"files": files.said},
            now=request.now,
            act=lambda: {"number": _written(request, files.ids).number},
        )
    except RuleViolation as refusal:
        return _form(request, refusal)
    return redirect(f"{reverse('my_case', args=[answer['number']])}?new=1")


FIELDS = ("where", "place", "community", "name", "text")


def _written(request: OwnerRequest, files: Sequence[str]) -> Request:
    said = {name: request.POST.get(name, "").strip() for name in FIELDS}
    if not said["text"]:
        raise RuleViolation("portal.no_words")
    owner = request.owner
    tie = next((tie for tie in owner.ties if str(tie.home_id) == said["where"]), None)
    if owner.ties and tie is None and said["where"] != PUBLIC_PLACE:
        raise RuleViolation("portal.not_your_home")
    community = tie.home.community if tie else _community(request, said["community"])
    return write_word(
        owner=owner,
        community=community,
        home=tie.home_id if tie else None,
        place="" if tie else said["place"],
        name=said["name"],
        text=said["text"],
        files=files,
        now=request.now,
    )


def _community(request: OwnerRequest, chosen: str) -> Community:
    """Return the community of a word about no home: the one chosen, or the only one there is."""
    offered = _communities(request)
    found = next((each for each in offered if str(each.id) == chosen), None)
    if found is None and len(offered) == 1:
        found = offered[0]
    if found is None:
        raise RuleViolation("portal.no_community")
    return found


def _communities(request: OwnerRequest) -> list[Community]:
    if request.owner.ties:
        return list(request.owner.communities.values())
    return list(Community.objects.select_related("office").order_by("name")[:200])


def _form(request: OwnerRequest, refusal: RuleViolation | None = None) -> HttpResponse:
    owner = request.owner
    communities = _communities(request)
    homes = [(str(tie.home_id), _room(tie.home, len(owner.communities) > 1)) for tie in owner.ties]
    names = (
        Place.objects.filter(community__in=owner.communities).order_by("name").values_list("name", flat=True)
    )
    context = {
        **frame(request, "write"),
        "where": [*dict.fromkeys(homes), (PUBLIC_PLACE, _("公共地方"))] if homes else [],
        "places": list(dict.fromkeys(names)),
        "communities": [(str(each.id), each.name) for each in communities] if len(communities) > 1 else [],
        "values": {name: request.POST.get(name, "") for name in FIELDS},
        "first": homes[0][0] if homes else "",
        "error": words_for(refusal) if refusal else "",
        "upload_url": reverse("my_upload"),
        "drafts": draft_rows(owner.key(), request.POST.getlist("files"), base=reverse("my_upload")),
        "key": request.POST.get("key") or new_id(request.now).hex,
    }
    return render(request, "portal/write.html", context, status=status_of(refusal) if refusal else 200)


def _room(home: Any, several: bool) -> str:
    return f"{home.community.name} {home.written}" if several else home.written


@needs(PUBLIC)
@require_GET
@owners
def around(request: OwnerRequest) -> HttpResponse:
    """Show the public matters of where one lives: no name, no word of anybody."""
    return _around(request)


@needs(PUBLIC)
@require_POST
@owners
def me_too(request: OwnerRequest, number: str) -> HttpResponse:
    """Join a public matter, once for a home."""
    try:
        say_me_too(owner=request.owner, number=number, now=request.now)
    except RuleViolation as refusal:
        if refusal.code != "second.already":  # a second press is no mistake
            return _around(request, refusal)
    return redirect(f"{reverse('my_around')}#{number}")


def _around(request: OwnerRequest, refusal: RuleViolation | None = None) -> HttpResponse:
    matters = neighbours_matters(request.owner, now=request.now) if request.owner.ties else []
    context = {
        **frame(request, "around"),
        "near": [_matter_row(each) for each in matters if each.near],
        "far": [_matter_row(each) for each in matters if not each.near],
        "error": words_for(refusal) if refusal else "",
    }
    return render(request, "portal/around.html", context, status=status_of(refusal) if refusal else 200)


UNDER_WAY = {"paused": "waiting", "referred": "waiting", "resolved": "done", "informed": "done",
             "confirmed": "done", "closed": "closed"}  # fmt: skip


def _matter_row(matter: Matter) -> dict[str, Any]:
    building = (
        _("%(building)s栋公共部位") % {"building": matter.building} if matter.building else _("公共部位")
    )
    return {
        "number": matter.number,
        "type_word": TYPES[matter.type],
        "trade_word": TRADES.get(matter.trade, ""),
        "where": matter.place or building,
        "state_word": MATTER_STATES[UNDER_WAY.get(matter.state, "open")],
        "began_at": matter.began_at,
        "ended_at": matter.ended_at,
        "homes": matter.homes,
        "mine": matter.mine,
        "url": reverse("my_me_too", args=[matter.number]) if matter.is_open and not matter.mine else "",
    }


def is_id(text: str) -> UUID | None:
    """Return the id in a field, None where it holds none."""
    try:
        return UUID(text)
    except ValueError:
        return None
