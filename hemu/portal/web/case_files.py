"""The files of a case as its owner hands them in and sees them: those of what owners may read, and own drafts."""

from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.attachments.models import KeptFile
from hemu.attachments.queries import named_in
from hemu.attachments.web.serving import served
from hemu.attachments.web.taking import kept_answer, shown_row
from hemu.foundation.errors import RuleViolation
from hemu.infra.web.needs import PUBLIC, needs
from hemu.ledger.entries import Audience
from hemu.ledger.models import Entry
from hemu.service_requests.models import Request
from hemu.service_requests.operations import owner_key, owner_request
from hemu.service_requests.queries import visible_entries
from hemu.service_requests.rules import State


@needs(PUBLIC)
@never_cache
@require_POST
def upload(request: HttpRequest, token: str) -> HttpResponse:
    """Keep one file as a draft of the owner (POST: file, use) and answer with its id as JSON."""
    found = _by_link(request, token)
    return kept_answer(request, by=owner_key(found), now=cast("StaffRequest", request).now)


@needs(PUBLIC)
@require_GET
def file(request: HttpRequest, token: str, file: UUID, thumb: bool = False) -> HttpResponse:
    """Show a file to who holds the link."""
    found = _by_link(request, token)
    return served(request, file_for_owner(found, file, who=owner_key(found)), thumb=thumb)


def _by_link(request: HttpRequest, token: str) -> Request:
    try:
        return owner_request(token=token, now=cast("StaffRequest", request).now)
    except RuleViolation as refusal:
        raise Http404 from refusal


def file_for_owner(found: Request, file: UUID, *, who: str) -> KeptFile:
    """Return a file that the owner of a case may see; any other is not found."""
    row = KeptFile.objects.filter(id=file).first()
    if row and not row.subject and row.uploaded_by == who:
        return row
    if row and found.handler and row.subject == found.handler.key and who_comes(found):
        return row
    if row is None or row.subject != found.subject:
        raise Http404
    entries = visible_entries(found, audience=frozenset({Audience.OWNER}))
    if not any(file in named_in(each.facts) for each in entries):
        raise Http404
    return row


def who_comes(found: Request) -> bool:
    """Tell whether the handler is about to come: only then an owner sees the face."""
    return found.handler is not None and found.state in (State.DISPATCHED, State.ACCEPTED, State.PAUSED)


def files_at(entries: Iterable[Entry], kept: Mapping[UUID, KeptFile], base: str) -> list[dict[str, Any]]:
    """Return the files of entries as `attachments/shown.html` shows them, at addresses under ``base``."""
    return [
        shown_row(kept[each], url=f"{base}{each}/", thumb_url=f"{base}{each}/thumb/")
        if each in kept
        else {"gone": True}
        for entry in entries
        for each in named_in(entry.facts)
    ]
