"""Handing a file in, and seeing one."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.attachments.queries import file_seen_by
from hemu.attachments.web.serving import served
from hemu.attachments.web.taking import kept_answer
from hemu.foundation.errors import RuleViolation
from hemu.infra.web.needs import SIGNED_IN, needs


@needs("file.keep")
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Keep one file as a draft (POST: file, use) and answer with its id as JSON."""
    staff = cast("StaffRequest", request)
    return kept_answer(request, by=staff.actor.key, now=staff.now)


@needs(SIGNED_IN)
@require_GET
def file(request: HttpRequest, file: UUID, thumb: bool = False) -> HttpResponse:
    """Show a file to who may see the thing it belongs to; a draft to its uploader alone."""
    staff = cast("StaffRequest", request)
    try:
        row = file_seen_by(staff.actor, file)
    except RuleViolation as refusal:
        raise Http404(str(file)) from refusal
    return served(request, row, thumb=thumb)
