"""The file's list and search, filing by hand, the page of one item with its holds."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.attachments.web.taking import shown_row
from hemu.estate.models import Community, Home
from hemu.estate.queries import find_home, office_rules
from hemu.filing.models import Item
from hemu.filing.operations import file_by_hand, hold_item, release_item, report_item
from hemu.filing.queries import Asked, Scope, item_for, listed, scope_asked, scopes_of
from hemu.filing.rules import BY_ITSELF, CLASSES, PIECE_CODES
from hemu.filing.wording import CLASSES as CLASS_WORDS
from hemu.filing.wording import ITEM_STATES, PIECES
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day, typed_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.ledger.models import Entry
from hemu.ledger.queries import timeline
from hemu.service_requests.web.panels import entry_rows

ASKED = ("scope", "q", "class", "room", "from", "to")
TYPED = ("community", "file_class", "piece", "title", "paper_number", "dated", "room")


@needs("archive.view")
@require_GET
def archive(request: HttpRequest) -> HttpResponse:
    """Show a file, narrowed, the newest paper first (GET: scope, q, class, room, from, to, after)."""
    staff = cast("StaffRequest", request)
    typed = {name: staff.GET.get(name, "").replace("\x00", "") for name in ASKED}
    scopes = scopes_of(staff.actor, "archive.view")
    scope = next((each for each in scopes if str(each.id) == typed["scope"]), scopes[0] if scopes else None)
    if scope is None:
        raise Http404
    refusal, home = None, None
    try:
        home = _home(scope.community, typed["room"])
    except RuleViolation as no:
        refusal = no
    asked = Asked(typed["q"], typed["class"], home, _day(typed["from"]), _day(typed["to"]))
    found, more, cut = ([], False, False) if refusal else listed(
        scope.id, asked, by=staff.actor, after=_after(staff.GET.get("after", ""))
    )  # fmt: skip
    following = f"{found[-1].dated.isoformat()}.{found[-1].id}" if more else ""
    context = {
        "typed": typed,
        "scope": scope,
        "scopes": [(str(each.id), each.name) for each in scopes],
        "classes": [(code, CLASS_WORDS[code]) for code in CLASSES],
        "rows": [row_of(each) for each in found],
        "narrowed": any(value for name, value in typed.items() if name != "scope"),
        "cut": cut,
        "home": home,
        "first": _url(typed) if staff.GET.get("after") else "",
        "following": _url({**typed, "after": following}) if following else "",
        "may_file": scope.community is not None and staff.actor.may("archive.keep", scope.office.id),
        "may_dispose": staff.actor.may("archive.dispose", scope.office.id),
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "filing/archive.html", context, status=status_of(refusal) if refusal else 200)


def _home(community: Community | None, room: str) -> Home | None:
    return find_home(community, room) if community and room.strip() else None


def _url(asked: Mapping[str, str]) -> str:
    said = {name: value for name, value in asked.items() if value}
    return f"{reverse('archive')}?{urlencode(said)}" if said else reverse("archive")


def _after(text: str) -> tuple[date, UUID] | None:
    if not text:
        return None
    day, _dot, id = text.partition(".")
    try:
        return typed_day(day), UUID(id)
    except ValueError as error:
        raise Http404(text) from error


def _day(text: str) -> date | None:
    try:
        return typed_day(text)
    except ValueError:
        return None


def row_of(item: Item) -> dict[str, Any]:
    """Return an item as lists show it."""
    held = getattr(item, "held", False)
    return {
        "item": item,
        "url": reverse("archive_item", args=[item.id]),
        "class": CLASS_WORDS[item.file_class],
        "piece": PIECES.get(item.piece, ""),
        "status": ITEM_STATES["gone" if item.disposed_at else "held" if held else "kept"],
    }


# ── filing by hand ───────────────────────────────────────────────────────────


@needs("archive.keep")
@require_http_methods(["GET", "POST"])
def new_item(request: HttpRequest) -> HttpResponse:
    """Show the form (GET: community, room, piece); file what came on paper (POST: TYPED, files, key)."""
    staff = cast("StaffRequest", request)
    if staff.method == "GET":
        return _form(staff, {name: staff.GET.get(name, "") for name in TYPED})
    typed = {name: staff.POST.get(name, "") for name in TYPED}
    tried = try_act(
        staff,
        by=staff.actor.key,
        now=staff.now,
        typed=typed,
        act=lambda files: {"item": str(_filed(staff, typed, files).id)},
    )
    if tried.refusal:
        return _form(staff, typed, tried)
    return redirect("archive_item", tried.answer["item"])


def _filed(staff: StaffRequest, typed: Mapping[str, str], files: list[str]) -> Item:
    community = community_asked(staff, "archive.keep", typed["community"])
    return file_by_hand(
        community=community,
        file_class=typed["file_class"],
        title=typed["title"] or str(PIECES.get(typed["piece"], "")),
        dated=_day(typed["dated"]),
        files=files,
        by=staff.actor,
        act=staff.actor.act(now=staff.now),
        home=_home(community, typed["room"]),
        paper_number=typed["paper_number"],
        piece=typed["piece"],
    )


def _form(
    staff: StaffRequest,
    typed: Mapping[str, str],
    tried: Tried = UNTRIED,
) -> HttpResponse:
    community = community_asked(staff, "archive.keep", typed["community"])
    communities = staff.actor.communities("archive.keep").order_by("name")
    context = {
        "typed": {**typed, "dated": typed["dated"] or office_day(staff.now).isoformat()},
        "community": str(community.id),
        "communities": [(str(each.id), each.name) for each in communities],
        "classes": [(code, CLASS_WORDS[code]) for code in CLASSES if code not in BY_ITSELF],
        "pieces": [(code, PIECES[code]) for code in PIECE_CODES],
        **tried.form(staff.actor.key, now=staff.now),
    }
    return render(staff, "filing/item_new.html", context, status=tried.status)


# ── one item ─────────────────────────────────────────────────────────────────


@needs("archive.view")
@require_GET
def item_page(request: HttpRequest, item: UUID) -> HttpResponse:
    """Show an item: what it is, its files, how long it is kept, who wants it held."""
    staff = cast("StaffRequest", request)
    return _page(staff, _found(staff, item))


@needs("archive.view")
@require_POST
def item_step(request: HttpRequest, item: UUID) -> HttpResponse:
    """Hold it, lift the hold, or report it to the company (POST: step hold | release | report, reason)."""
    staff = cast("StaffRequest", request)
    by, act = staff.actor, staff.actor.act(now=staff.now)
    step, reason = staff.POST.get("step", ""), staff.POST.get("reason", "")
    found = _found(staff, item)
    try:
        if step == "hold":
            hold_item(item=found.id, by=by, act=act, reason=reason)
        elif step == "release":
            release_item(item=found.id, by=by, act=act, reason=reason)
        else:
            report_item(item=found.id, by=by, act=act)
    except RuleViolation as refusal:
        return _page(staff, _found(staff, item), refusal)
    return redirect("archive_item", found.id)


def _found(staff: StaffRequest, item: UUID) -> Item:
    try:
        return item_for(staff.actor, item)
    except RuleViolation as refusal:
        raise Http404(str(item)) from refusal


def _page(staff: StaffRequest, item: Item, refusal: RuleViolation | None = None) -> HttpResponse:
    office, files = item.office, list(item.files.select_related("file").order_by("position"))
    holds = list(item.holds.select_related("placed_by", "lifted_by").order_by("-placed_at"))
    held = next((each for each in holds if each.lifted_at is None), None)
    entries = timeline(item.own_subject)
    if item.subject != item.own_subject:
        filed = timeline(item.subject)
        entries = [each for each in filed if each.facts.get("item") == item.id.hex] + entries
    context = {
        "item": item,
        "class": CLASS_WORDS[item.file_class],
        "piece": PIECES.get(item.piece, ""),
        "status": ITEM_STATES["gone" if item.disposed_at else "held" if held else "kept"],
        "files": [{"row": each, "shown": shown_row(each.file) if each.file else None} for each in files],
        "source_url": _source_url(item),
        "held": held,
        "holds": holds,
        "may_hold": not item.disposed_at and not held and staff.actor.may("archive.keep", office.id),
        "may_release": held is not None and staff.actor.may("archive.dispose", office.id),
        "may_report": not item.reported_at and staff.actor.may("archive.keep", office.id),
        "timeline": entry_rows(entries, office_rules(office, on=staff.now).time)[::-1],
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "filing/item.html", context, status=status_of(refusal) if refusal else 200)


def _source_url(item: Item) -> str:
    """Return the page of what was filed, where it has one that its subject names."""
    about = Entry.objects.filter(id=item.about, kind__startswith="notice.").first() if item.about else None
    if about is not None:
        return reverse("notice", args=[UUID(str(about.facts["paper"]))])
    what, _colon, name = item.subject.partition(":")
    if what == "request":
        return reverse("request", args=[name])
    if what == "paper":
        return reverse("document", args=[UUID(name)])
    if what == "disposal":
        return reverse("archive_disposal", args=[UUID(name)])
    return ""


def scope_for(staff: StaffRequest, permission: str) -> Scope:
    """Return the file that a page is about (``scope`` of the form or the address), else the first of one's own."""
    asked = staff.POST.get("scope", "") if staff.method == "POST" else staff.GET.get("scope", "")
    found = scope_asked(staff.actor, permission, asked)
    if found is None:
        raise Http404
    return found
