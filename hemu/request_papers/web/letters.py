"""The reply letter as a Word file, and the office's own template for it."""

from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Office
from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import refused_page, status_of
from hemu.infra.web.needs import needs
from hemu.papers.letters import LARGEST_BYTES
from hemu.request_papers.operations import (
    keep_letter_template,
    letter_template_of,
    use_house_letter,
    write_reply,
)
from hemu.request_papers.web.page import offices_of, page
from hemu.service_requests.queries import request_for

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@needs("request.view")
@never_cache
@require_GET
def reply_letter(request: HttpRequest, number: str) -> HttpResponse:
    """Return the reply letter of a case as a Word file."""
    staff = cast("StaffRequest", request)
    try:
        found = request_for(staff.actor, number)
    except RuleViolation as refusal:
        raise Http404(number) from refusal
    try:
        made = write_reply(found, by=staff.actor, now=staff.now)
    except RuleViolation as refusal:
        return refused_page(request, refusal, back=reverse("request", args=[number]))
    return _answer(_("答复函 %(number)s") % {"number": found.number}, made)


@needs("paper.template")
@never_cache
@require_http_methods(["GET", "POST"])
def letter_template(request: HttpRequest) -> HttpResponse:
    """Return the letter in use as a Word file (GET: office), or change it (POST: office, file; house: go back)."""
    staff = cast("StaffRequest", request)
    office = _office(staff)
    if staff.method == "GET":
        return _answer(_("答复函模板 %(office)s") % {"office": office.name}, letter_template_of(office))
    act = staff.actor.act(now=staff.now)
    try:
        if staff.POST.get("house"):
            use_house_letter(office=office, by=staff.actor, act=act)
        else:
            keep_letter_template(office=office, content=_uploaded(staff), by=staff.actor, act=act)
    except RuleViolation as refusal:
        return page(staff, words_for(refusal), status=status_of(refusal))
    return redirect("papers")


def _office(staff: StaffRequest) -> Office:
    asked = (staff.POST if staff.method == "POST" else staff.GET).get("office", "")
    chosen = [each for each in offices_of(staff.actor) if asked in ("", str(each.id))]
    if not chosen:
        raise Http404(asked)
    return chosen[0]


def _uploaded(staff: StaffRequest) -> bytes:
    file = staff.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise RuleViolation("letter.unreadable")
    return bytes(file.read(LARGEST_BYTES + 1))


def _answer(name: str, made: bytes) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, f"{name}.docx") or "attachment"}
    return HttpResponse(made, content_type=WORD, headers=headers)
