"""Files on an owner's page of a case: handed in by its forms, seen by the same way in as the page."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.attachments.models import KeptFile
from hemu.attachments.queries import file_ids
from hemu.attachments.web.serving import served
from hemu.attachments.web.taking import kept_answer, shown_row
from hemu.foundation.errors import RuleViolation
from hemu.infra.web.errors import refused_page
from hemu.infra.web.needs import PUBLIC, needs
from hemu.ledger.models import Entry
from hemu.service_requests.models import Request
from hemu.service_requests.operations import owner_request
from hemu.service_requests.queries import seen_by_owner


def owner_key(found: Request) -> str:
    """Return the owner of a case as the book names them."""
    return f"owner:{found.person_id or found.id}"


@needs(PUBLIC)
@require_POST
def upload(request: HttpRequest, token: str) -> HttpResponse:
    """Keep one file as a draft of the link's owner (POST: file, use); the answer is JSON."""
    now = cast("StaffRequest", request).now
    try:
        found = owner_request(token=token, now=now)
    except RuleViolation as refusal:
        return refused_page(request, refusal)
    return kept_answer(request, by=owner_key(found), now=now)


@needs(PUBLIC)
@never_cache
@require_GET
def file(request: HttpRequest, token: str, file: UUID, thumb: bool = False) -> HttpResponse:
    """Show a file of what the owner may read, or one that they have just handed in."""
    try:
        found = owner_request(token=token, now=cast("StaffRequest", request).now)
    except RuleViolation as refusal:
        raise Http404(str(file)) from refusal
    return file_for_owner(request, found, who=owner_key(found), file=file, thumb=thumb)


def file_for_owner(
    request: HttpRequest, found: Request, *, who: str, file: UUID, thumb: bool = False
) -> HttpResponse:
    """Answer with a file that entries for the owner name, or with a draft of ``who``; with 404 for any other."""
    row = KeptFile.objects.filter(id=file).first()
    if row is None or not (_is_draft_of(row, who) or seen_by_owner(found, row)):
        raise Http404(str(file))
    return served(request, row, thumb=thumb)


def _is_draft_of(row: KeptFile, who: str) -> bool:
    return not row.subject and row.uploaded_by == who


def rows_for_owner(entry: Entry, known: Mapping[UUID, KeptFile], page_url: str) -> list[dict[str, Any]]:
    """Return the files of an entry with their addresses under the owner's page; erased ones are left out."""
    return [
        shown_row(known[each], url=f"{page_url}files/{each}/", thumb_url=f"{page_url}files/{each}/thumb/")
        for each in file_ids(entry.facts)
        if each in known
    ]
