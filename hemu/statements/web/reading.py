"""Reading the open books from outside the company: members of the committee, and owners who were let in."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from hemu.attesting.web.attested import code_context
from hemu.attesting.web.packing import package_of
from hemu.committee.queries import seats_of
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.needs import PUBLIC, needs
from hemu.ledger.catalogue import words_of_rooms
from hemu.ledger.entries import Proof
from hemu.ledger.operations import Act
from hemu.ledger.queries import last_seal
from hemu.portal.web.gate import MemberRequest, OwnerRequest, frame, members, owners
from hemu.statements.models import AuditBooks
from hemu.statements.operations_audit import ask_to_read, note_look
from hemu.statements.queries_audit import (
    OWNING,
    Reader,
    asked_by,
    current_month,
    looks_of,
    month_bounds,
    names_of_readers,
    readers_books,
    record_of,
    windows_of,
)
from hemu.statements.rules import month_before
from hemu.statements.rules_audit import Window, bounds_of, window_at
from hemu.statements.web.audit import look_rows, shown_file, voucher_rows
from hemu.statements.web.members import TAB, asking
from hemu.statements.wording import WINDOWS, month_words

LONGEST_AFTER = 18


@needs(PUBLIC)
@require_GET
@members
def audits(request: MemberRequest) -> HttpResponse:
    """Show a member the windows: open, to come, over, and whether the books were laid open."""
    places = [
        {
            "community": seat.community.name,
            "windows": [_window(month, books, request) for month, books in windows_of(seat.community, now=request.now)[:6]],
        }
        for seat in request.seats
    ]  # fmt: skip
    return render(request, "statements/my_audits.html", {**frame(request, TAB), "places": places})


def _window(month: str, books: AuditBooks | None, request: OwnerRequest) -> dict[str, Any]:
    opens, closes = bounds_of(month)
    stands = window_at(month, now=request.now)
    laid = books is not None and books.laid_at is not None
    return {
        "of": month_words(month_before(month)),
        "opens": opens,
        "last": closes - timedelta(seconds=1),
        "status": WINDOWS[stands],
        "open": stands is Window.OPEN,
        "laid_at": books.laid_at if books else None,
        "url": reverse("my_audit", args=[books.id]) if books and laid and stands is Window.OPEN else "",
    }


def _reading(request: OwnerRequest, books: UUID) -> tuple[AuditBooks, Reader]:
    """Return the books and as whom one reads them; for who is neither member nor let in there are none (404).

    Raises:
        RuleViolation: for a member, why they do not lie open now.
    """
    seats = seats_of(request.owner.phone, today=office_day(request.now))
    people = {tie.person_id for tie in request.owner.ties if tie.kind in OWNING}
    try:
        return readers_books(books, seats=seats, people=people, now=request.now)
    except RuleViolation as refusal:
        if refusal.code == "audit.not_found":
            raise Http404(str(books)) from refusal
        raise


def _closed(request: OwnerRequest, refusal: RuleViolation) -> HttpResponse:
    context = {**frame(request, TAB), "refusal": words_for(refusal)}
    return render(request, "statements/my_audit_closed.html", context, status=403)


@needs(PUBLIC)
@require_GET
@owners
def audit(request: OwnerRequest, books: UUID) -> HttpResponse:
    """Show what lies open, and who looked (to members)."""
    try:
        found, reader = _reading(request, books)
    except RuleViolation as refusal:
        return _closed(request, refusal)
    note_look(books=found, reader=reader.key, role=reader.role, what="page", now=request.now)
    member = reader.role == "member"
    looks = looks_of(found) if member else []
    rows = voucher_rows(found, lambda file: reverse("my_audit_file", args=[found.id, file]))
    for row in rows:
        row["ask_url"] = asking(f"voucher:{row['id']}") if member else ""
    context = {
        **frame(request, TAB),
        "community": found.community.name,
        "of": month_words(month_before(found.month)),
        "last": bounds_of(found.month)[1] - timedelta(seconds=1),
        "laid_at": found.laid_at,
        "vouchers": rows,
        "member": member,
        "looks": look_rows(looks, names_of_readers(looks), masked=True),
        "ledger_url": reverse("my_audit_ledger", args=[found.id]),
        "back_url": reverse("my_audits") if member else reverse("my_audit_ask"),
    }
    return render(request, "statements/my_audit.html", context)


@needs(PUBLIC)
@require_GET
@owners
def audit_file(request: OwnerRequest, books: UUID, file: UUID) -> HttpResponse:
    """Show one file of what lies open; the look is kept."""
    try:
        found, reader = _reading(request, books)
    except RuleViolation as refusal:
        return _closed(request, refusal)
    return shown_file(request, found, file, reader=reader.key, role=reader.role, now=request.now)


@needs(PUBLIC)
@require_GET
@owners
def audit_ledger(request: OwnerRequest, books: UUID) -> HttpResponse:
    """Show what the community's book holds of the month, without words (GET: after)."""
    try:
        found, reader = _reading(request, books)
    except RuleViolation as refusal:
        return _closed(request, refusal)
    note_look(books=found, reader=reader.key, role=reader.role, what="ledger", now=request.now)
    said = request.GET.get("after", "")
    after = int(said) if said.isdecimal() and len(said) < LONGEST_AFTER else None
    entries, following = record_of(found.community, month_before(found.month), after=after)
    words, here = words_of_rooms("KINDS"), reverse("my_audit_ledger", args=[found.id])
    context = {
        **frame(request, TAB),
        "of": month_words(month_before(found.month)),
        "rows": [
            {"word": words[each.kind], "at": each.at, "recorded_at": each.recorded_at, "digest": each.digest[:12],
             "ask_url": asking(f"entry:{each.id}") if reader.role == "member" else ""}
            for each in entries
        ],
        "first": here if after else "",
        "following": f"{here}?after={following}" if following else "",
        "code": code_context(request, last_seal(), found.community),
        "package_url": reverse("my_audit_package", args=[found.id]),
        "back_url": reverse("my_audit", args=[found.id]),
    }  # fmt: skip
    return render(request, "statements/my_audit_ledger.html", context)


@needs(PUBLIC)
@require_GET
@owners
def audit_package(request: OwnerRequest, books: UUID) -> HttpResponse:
    """Give out the package of the month, to be checked elsewhere; the look is kept."""
    try:
        found, reader = _reading(request, books)
    except RuleViolation as refusal:
        return _closed(request, refusal)
    note_look(books=found, reader=reader.key, role=reader.role, what="package", now=request.now)
    since, after = month_bounds(month_before(found.month))
    last = min((after - timedelta(days=1)).date(), office_day(request.now))
    packed: Any = package_of(found.community, by=None, since=since.date(), until=last, now=request.now)
    return cast("HttpResponse", packed)


@needs(PUBLIC)
@require_http_methods(["GET", "POST"])
@owners
def ask(request: OwnerRequest) -> HttpResponse:
    """Show an owner how the window stands (GET) and take the request to read its books (POST: community)."""
    owned = {tie.home.community_id: tie for tie in request.owner.ties if tie.kind in OWNING}
    if not owned:
        raise Http404
    month, refusal = current_month(request.now), ""
    if request.method == "POST":
        tie = next((each for key, each in owned.items() if str(key) == request.POST.get("community")), None)
        if tie is None:
            raise Http404
        act = Act(f"owner:{tie.person_id}", at=request.now, recorded_at=request.now, proof=Proof.OWN)
        try:
            ask_to_read(community=tie.home.community, month=month, person=tie.person_id, act=act)
            return redirect("my_audit_ask")
        except RuleViolation as refused:
            refusal = words_for(refused)
    asks = {
        each.books.community_id: each for each in asked_by([tie.person_id for tie in owned.values()], [month])
    }
    context = {
        **frame(request, "my_around"),
        "of": month_words(month_before(month)),
        "opens": bounds_of(month)[0],
        "last": bounds_of(month)[1] - timedelta(seconds=1),
        "places": [_place(tie.home.community, asks.get(key), request) for key, tie in owned.items()],
        "refusal": refusal,
    }
    return render(request, "statements/my_audit_ask.html", context, status=422 if refusal else 200)


def _place(community: Community, asked: Any, request: OwnerRequest) -> dict[str, Any]:
    readable = asked is not None and asked.granted and asked.books.laid_at
    readable = readable and window_at(asked.books.month, now=request.now) is Window.OPEN
    return {
        "id": str(community.id),
        "name": community.name,
        "asked_at": asked.asked_at if asked else None,
        "granted": asked.granted if asked else None,
        "decided": asked is not None and asked.granted is not None,
        "reason": asked.reason if asked else "",
        "url": reverse("my_audit", args=[asked.books.id]) if readable else "",
    }
