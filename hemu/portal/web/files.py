"""Files behind the owners' door: handed in for a word or a case, seen by whose they are."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from hemu.attachments.models import KeptFile
from hemu.attachments.web.serving import served
from hemu.attachments.web.taking import kept_answer
from hemu.foundation.errors import RuleViolation
from hemu.infra.web.needs import PUBLIC, needs
from hemu.portal.queries import own_case
from hemu.portal.web.case_files import file_for_owner
from hemu.portal.web.gate import OwnerRequest, owners
from hemu.service_requests.models import Request


@needs(PUBLIC)
@require_POST
@owners
def upload(request: OwnerRequest) -> HttpResponse:
    """Keep one file for the word that is being written (POST: file, use); answer with its id as JSON."""
    return kept_answer(request, by=request.owner.key(), now=request.now)


@needs(PUBLIC)
@require_GET
@owners
def draft(request: OwnerRequest, file: UUID, thumb: bool = False) -> HttpResponse:
    """Show a file of the word that is being written."""
    row = KeptFile.objects.filter(id=file, subject="", uploaded_by=request.owner.key()).first()
    if row is None:
        raise Http404
    return served(request, row, thumb=thumb)


@needs(PUBLIC)
@require_POST
@owners
def case_upload(request: OwnerRequest, number: str) -> HttpResponse:
    """Keep one file for a step of an own case (POST: file, use)."""
    return kept_answer(request, by=request.owner.key_for(_case(request, number)), now=request.now)


@needs(PUBLIC)
@require_GET
@owners
def case_file(request: OwnerRequest, number: str, file: UUID, thumb: bool = False) -> HttpResponse:
    """Show a file of an own case."""
    found = _case(request, number)
    return served(request, file_for_owner(found, file, who=request.owner.key_for(found)), thumb=thumb)


def _case(request: OwnerRequest, number: str) -> Request:
    try:
        return own_case(request.owner, number, now=request.now)
    except RuleViolation as refusal:
        raise Http404(number) from refusal
