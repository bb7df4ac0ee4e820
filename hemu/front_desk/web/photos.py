"""Pictures from the owner's own phone: the QR code at the desk, what arrives, and the page behind the code."""

from typing import Any, cast
from uuid import UUID

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.attachments.models import KeptFile
from hemu.attachments.queries import files_of, named_in
from hemu.attachments.web.serving import served
from hemu.attachments.web.taking import draft_rows, files_brought, kept_answer, shown_row
from hemu.foundation.errors import RuleViolation
from hemu.front_desk.operations import make_photo_link, photo_case
from hemu.front_desk.operations.photo_links import LINK_LIVES
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import refused_page, status_of
from hemu.infra.web.needs import PUBLIC, needs
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.service_requests.models import Request
from hemu.service_requests.operations import owner_key, take_step
from hemu.service_requests.queries import request_for
from hemu.service_requests.rules import State


def qr_code(url: str) -> SafeString:
    """Return an address as a QR code in SVG, dark on white whatever the theme."""
    code = segno.make(url, error="m", micro=False)
    svg = code.svg_inline(
        scale=1, border=2, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(svg)


# ── at the desk ──────────────────────────────────────────────────────────────


def panel(staff: StaffRequest, found: Request) -> str:
    """Return the panel of a case page that offers the code; nothing where nothing can be added."""
    if found.state == State.CLOSED or not staff.actor.may("request.register", found.community.office_id):
        return ""
    return render_to_string("front_desk/photos_panel.html", _context(staff, found, ""), staff)


@needs("request.register")
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, number: str) -> HttpResponse:
    """Make a link and show its code (POST), or what has arrived since (GET: since, an id of time)."""
    staff = cast("StaffRequest", request)
    try:
        found = request_for(staff.actor, number, "request.register")
    except RuleViolation as refusal:
        raise Http404(number) from refusal
    if request.method == "GET":
        return render(staff, "front_desk/photos_arrived.html", _arrived(staff, found))
    try:
        token = make_photo_link(request=found, now=staff.now)
    except RuleViolation as refusal:
        return refused_page(request, refusal)
    base = settings.PUBLIC_URL or staff.build_absolute_uri("/").rstrip("/")
    url = base + reverse("photo_link", args=[token])
    if "HX-Request" in request.headers:
        return render(staff, "front_desk/photos_panel.html", _context(staff, found, url))
    return render(staff, "front_desk/photos_page.html", _context(staff, found, url))


def _context(staff: StaffRequest, found: Request, url: str) -> dict[str, Any]:
    since = new_id(staff.now)
    return {
        "number": found.number,
        "code_url": reverse("photo_code", args=[found.number]),
        "poll_url": f"{reverse('photo_code', args=[found.number])}?since={since}",
        "case_url": reverse("request", args=[found.number]),
        "link": url,
        "qr": qr_code(url) if url else "",
        "minutes": int(LINK_LIVES.total_seconds() // 60),
    }


def _arrived(staff: StaffRequest, found: Request) -> dict[str, Any]:
    """Return the pictures that owners have added since the code was shown."""
    try:
        since = UUID(staff.GET.get("since", ""))
    except ValueError as error:
        raise Http404(found.number) from error
    added = Entry.objects.filter(subject=found.subject, kind="request.added", id__gt=since, proof=Proof.OWN)
    entries = list(added.order_by("seq"))
    known = files_of(entries)
    files = [shown_row(known[each]) for entry in entries for each in named_in(entry.facts) if each in known]
    return {
        "files": files,
        "count": len(files),
        "words": len(entries) > 0,
        "case_url": reverse("request", args=[found.number]),
    }


# ── behind the code, on the owner's phone ────────────────────────────────────


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, token: str) -> HttpResponse:
    """Show where pictures are handed in (GET), or put them to the case (POST: files, words, key); nothing of the
    case is shown but its number."""
    now = cast("StaffRequest", request).now
    try:
        found = photo_case(token=token, now=now)
    except RuleViolation as refusal:
        return refused_page(request, refusal)
    said, refused = "", None
    if request.method == "POST":
        try:
            _add(request, found)
            said = _("收到，谢谢您。还有就接着发。")
        except RuleViolation as refusal:
            refused = refusal
    url = reverse("photo_link", args=[token])
    context = {
        "place": {"community": found.community.name, "office": found.community.office.name},
        "number": found.number,
        "key": new_id(now).hex,
        "send_url": url,
        "drafts": draft_rows(owner_key(found), request.POST.getlist("files"), base=f"{url}files/")
        if refused
        else [],
        "typed": request.POST.get("words", "") if refused else "",
        "said": said,
        "refusal": words_for(refused) if refused else "",
    }
    return render(
        request, "front_desk/photos_send.html", context, status=status_of(refused) if refused else 200
    )


def _add(request: HttpRequest, found: Request) -> None:
    now, who = cast("StaffRequest", request).now, owner_key(found)
    files, words = files_brought(request, by=who, now=now), request.POST.get("words", "")
    if not files.ids and not words.strip():
        raise RuleViolation("photo_link.nothing")
    once(
        account=who,
        key=request.POST.get("key", ""),
        body={"number": found.number, "files": files.said, "words": words},
        now=now,
        act=lambda: {
            "version": take_step(
                number=found.number,
                step="add",
                act=Act(who, at=now, recorded_at=now, proof=Proof.OWN),
                by=None,
                words=words,
                files=files.ids,
            ).version
        },
    )


@needs(PUBLIC)
@require_POST
def upload(request: HttpRequest, token: str) -> HttpResponse:
    """Keep one file as a draft (POST: file, use); the answer is JSON."""
    now = cast("StaffRequest", request).now
    try:
        found = photo_case(token=token, now=now)
    except RuleViolation as refusal:
        return refused_page(request, refusal)
    return kept_answer(request, by=owner_key(found), now=now)


@needs(PUBLIC)
@never_cache
@require_GET
def file(request: HttpRequest, token: str, file: UUID, thumb: bool = False) -> HttpResponse:
    """Show a file that this phone has just handed in, and no other: the link opens nothing of the case."""
    now = cast("StaffRequest", request).now
    try:
        found = photo_case(token=token, now=now)
    except RuleViolation as refusal:
        raise Http404(str(file)) from refusal
    row = KeptFile.objects.filter(id=file, uploaded_by=owner_key(found), subject="").first()
    if row is None:
        raise Http404(str(file))
    return served(request, row, thumb=thumb)
