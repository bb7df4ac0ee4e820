"""The page of all forms, and a blank one as PDF or for Word."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.papers.queries_forms import (
    all_forms,
    blank_docx,
    blank_pdf,
    form_by,
    in_word,
    record_docx,
    record_pdf,
    records_of,
    source_of,
)
from hemu.sop.register import Form

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@needs("paper.view")
@require_GET
def forms(request: HttpRequest) -> HttpResponse:
    """Show every form of the register (GET: community, whose names head a blank one)."""
    staff = cast("StaffRequest", request)
    community = _community(staff)
    context = {
        "forms": [
            {
                "form": each,
                "records": records_of(each),
                "records_url": _records_url(each),
                "word": in_word(each),
            }
            for each in all_forms()
        ],
        "may_read": staff.actor.may("paper.read"),
        "communities": [(str(each.id), each.name) for each in _communities(staff)],
        "community": str(community.id) if community else "",
    }
    return render(staff, "papers/forms.html", context)


def _records_url(form: Form) -> str:
    """Return where a form is printed from records: the page of the room that has one, else that of this room."""
    source = source_of(form)
    if source is None:
        return ""
    if source.newest is None:
        return f"{reverse('papers')}?form={form.id}"
    return reverse("form_records", args=[form.id])


@needs("paper.view")
@never_cache
@require_GET
def form_records(request: HttpRequest, form: str) -> HttpResponse:
    """Show of which records a form may be printed, or print it of one (GET: record; room, community; word)."""
    staff = cast("StaffRequest", request)
    try:
        found = form_by(form)
    except RuleViolation as unknown:
        raise Http404(form) from unknown
    source, community = source_of(found), _community(staff)
    if source is None or source.newest is None:
        raise Http404(form)
    record, room = staff.GET.get("record", ""), staff.GET.get("room", "").strip()
    if room and community:
        record = f"{community.code} {room}"
    refused: RuleViolation | None = None
    if record:
        try:
            return _printed(staff, found, record)
        except RuleViolation as refusal:
            refused = refusal
    context = {
        "form": found,
        "whole": source.whole,
        "by_room": source.by_room,
        "word": source.word is not None,
        "records": source.newest(staff.actor),
        "communities": [(str(each.id), each.name) for each in _communities(staff)],
        "community": str(community.id) if community else "",
        "room": room,
        "refusal": words_for(refused) if refused else "",
    }
    return render(staff, "papers/form_records.html", context, status=status_of(refused) if refused else 200)


def _printed(staff: StaffRequest, form: Form, record: str) -> HttpResponse:
    if staff.GET.get("word"):
        made = record_docx(form, record, by=staff.actor, now=staff.now)
        return answer(f"{form.name} {record}.docx", made, WORD)
    return answer(f"{form.name} {record}.pdf", record_pdf(form, record, by=staff.actor, now=staff.now), PDF)


@needs("paper.view")
@never_cache
@require_GET
def form_blank(request: HttpRequest, form: str) -> HttpResponse:
    """Return a blank form as PDF (GET: community; word: as a Word file)."""
    staff = cast("StaffRequest", request)
    community = _community(staff)
    try:
        found = form_by(form)
        if staff.GET.get("word"):
            return answer(f"{found.name}.docx", blank_docx(found, community=community), WORD)
    except RuleViolation as refusal:
        raise Http404(form) from refusal
    return answer(f"{found.name}.pdf", blank_pdf(found, community=community, at=staff.now), PDF)


def answer(name: str, made: bytes, media_type: str) -> HttpResponse:
    """Return a file; a PDF in place, anything else to be saved."""
    disposition = content_disposition_header(media_type != PDF, name) or "attachment"
    return HttpResponse(made, content_type=media_type, headers={"Content-Disposition": disposition})


def _communities(staff: StaffRequest) -> list[Community]:
    return staff.actor.places("paper.view")


def _community(staff: StaffRequest) -> Community | None:
    """Return the community asked for, the first of one's own where none is; an unknown one is not found."""
    found, asked = _communities(staff), staff.GET.get("community", "")
    if not asked:
        return found[0] if found else None
    for each in found:
        if str(each.id) == asked:
            return each
    raise Http404(asked)
