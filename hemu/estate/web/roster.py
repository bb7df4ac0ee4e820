"""Roster import on the page: upload, preview, answers, writing, the refused rows back."""

from datetime import datetime
from pathlib import PurePath
from typing import Any, Protocol, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemu.estate.models import Community, RosterImport
from hemu.estate.roster.changes import Answer
from hemu.estate.roster.export import refused_workbook
from hemu.estate.roster.operations import (
    answer_questions,
    begin_import,
    claim,
    discard_import,
    order_writing,
    work_on,
)
from hemu.estate.roster.queries import import_by_id, is_parked, preview_rows
from hemu.estate.roster.reading import MAX_BYTES
from hemu.estate.roster.telling import sentence
from hemu.estate.roster.wording import REFUSED_COLUMNS, REFUSED_FILE
from hemu.estate.web.roster_page import job_of, preview_context, upload_context
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import typed_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.ledger.operations import Act

PERMISSION = "roster.import"
AT_ONCE_BYTES, AT_ONCE_HOMES = 200_000, 2_000
"""Up to this size the page does the work itself; what is bigger waits for the worker and shows progress."""
WORKING = (RosterImport.State.READING, RosterImport.State.WRITING)
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Importer(Protocol):
    """The actor, as far as an import needs to know one; the room of actors lies above."""

    def communities(self, permission: str) -> QuerySet[Community]: ...
    def act(self, *, now: datetime) -> Act: ...


class ImporterRequest(HttpRequest):
    """A request behind the gate."""

    actor: Importer
    now: datetime


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Show the upload form (GET) or take a file in (POST: community, file) and go to its preview."""
    staff = cast("ImporterRequest", request)
    communities = staff.actor.communities(PERMISSION).order_by("name")
    if request.method == "GET":
        return render(
            request, "estate/roster.html", {"stage": "upload", "upload": upload_context(communities)}
        )
    try:
        row = _taken_in(staff, communities)
    except RuleViolation as refusal:
        form = upload_context(communities, request.POST.get("community", ""), words_for(refusal))
        context = {"stage": "upload", "upload": form}
        return render(request, "estate/roster.html", context, status=status_of(refusal))
    return redirect("roster_import", row.id)


def _taken_in(staff: ImporterRequest, communities: QuerySet[Community]) -> RosterImport:
    file = staff.FILES.get("file")
    community = next((each for each in communities if str(each.id) == staff.POST.get("community")), None)
    if community is None:
        raise RuleViolation("roster.no_community")
    if file is None:
        raise RuleViolation("roster.no_file")
    if (file.size or 0) > MAX_BYTES:
        raise RuleViolation("roster.too_large", limit=MAX_BYTES, unit="bytes")
    act = staff.actor.act(now=staff.now)
    row = begin_import(community=community, filename=file.name or "", content=file.read(), act=act)
    if (file.size or 0) <= AT_ONCE_BYTES:
        _work_at_once(row, staff.now)
    return row


def _work_at_once(row: RosterImport, now: datetime) -> None:
    if claim(row, now):
        work_on(row, now)


@needs(PERMISSION)
@require_GET
def show(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show an import as it stands: working, its preview (show: tab, start: line), done or failed."""
    return _page(cast("ImporterRequest", request), import_id)


def _page(staff: ImporterRequest, import_id: UUID, refusal: RuleViolation | None = None) -> HttpResponse:
    communities = staff.actor.communities(PERMISSION).order_by("name")
    row = _row(staff, import_id)
    if row.state == RosterImport.State.DISCARDED:
        return redirect("roster")
    parked = row.state in WORKING and is_parked(row)
    if parked:
        refusal = RuleViolation("roster.parked")
    context: dict[str, Any] = {
        "job": job_of(row),
        "counts": row.counts,
        "refusal": _refusal_words(row, refusal),
    }
    if parked:
        context |= {"stage": "parked", "discard_url": reverse("roster_discard", args=[row.id])}
    elif row.state in WORKING:
        context["stage"] = "working"
    elif row.state == RosterImport.State.FAILED:
        context |= {"stage": "failed", "upload": upload_context(communities, str(row.community_id))}
    else:
        context |= preview_context(row, staff.GET, staff.now)
    status = status_of(refusal) if refusal and not parked else 200
    return render(staff, "estate/roster.html", context, status=status)


def _refusal_words(row: RosterImport, refusal: RuleViolation | None) -> str:
    if refusal is None and row.refusal:
        refusal = RuleViolation(row.refusal["code"], **row.refusal["params"])
    return words_for(refusal) if refusal else ""


@needs(PERMISSION)
@require_GET
def progress(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Answer the page's poll: how far it is, or that the page should load itself again."""
    row = _row(request, import_id)
    if row.state not in WORKING or is_parked(row):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "estate/roster_progress.html", {"job": job_of(row)})


def _row(request: HttpRequest, import_id: UUID) -> RosterImport:
    try:
        return import_by_id(import_id, cast("ImporterRequest", request).actor.communities(PERMISSION))
    except RuleViolation as unknown:
        raise Http404 from unknown


@needs(PERMISSION)
@require_POST
def answer(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Keep the answers given so far (answer:HOME, on:HOME), so that turning the page loses none."""
    row = _row(request, import_id)
    try:
        answer_questions(row=row, answers=_answers(request.POST))
    except RuleViolation as refusal:
        return HttpResponse(words_for(refusal), status=status_of(refusal))
    return HttpResponse(status=204)


@needs(PERMISSION)
@require_POST
def write(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Order the writing, with the answers (answer:HOME, on:HOME)."""
    staff = cast("ImporterRequest", request)
    row = _row(request, import_id)
    try:
        order_writing(row=row, answers=_answers(request.POST))
    except RuleViolation as refusal:
        return _page(staff, import_id, refusal)
    row.refresh_from_db()
    if row.counts["homes"] <= AT_ONCE_HOMES:
        _work_at_once(row, staff.now)
    return redirect("roster_import", row.id)


def _answers(posted: QueryDict) -> dict[str, Answer]:
    """Return the answers by home; *leave it* is no answer.

    Raises:
        RuleViolation: ``roster.sale_day_unreadable`` (``home``).
    """
    answers = {}
    for field, choice in posted.items():
        home = field.removeprefix("answer:")
        if home == field or choice not in ("sold", "spelling"):
            continue
        try:
            on = typed_day(str(posted.get(f"on:{home}", ""))) if choice == "sold" else None
        except ValueError:
            raise RuleViolation("roster.sale_day_unreadable", home=home) from None
        answers[home] = Answer("sold" if choice == "sold" else "spelling", on)
    return answers


@needs(PERMISSION)
@require_POST
def discard(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Give the import up and go back to the upload."""
    row = _row(request, import_id)
    try:
        discard_import(row=row, now=cast("ImporterRequest", request).now)
    except RuleViolation:  # written or given up already: its page says so
        return redirect("roster_import", import_id)
    return redirect("roster")


@needs(PERMISSION)
@require_GET
def refused(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Give the refused rows back as a spreadsheet."""
    row = _row(request, import_id)
    first, second = REFUSED_COLUMNS
    lines = cast("list[dict[str, Any]]", preview_rows(row, "refused"))
    content = refused_workbook(lines, titles=(str(first), str(second)), say=sentence)
    name = f"{PurePath(row.filename).stem}-{REFUSED_FILE}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return HttpResponse(content, content_type=SPREADSHEET, headers={"Content-Disposition": disposition})
