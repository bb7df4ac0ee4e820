"""A notice to be printed for the board or the letter box, and as Word."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.delivering.operations_sheets import as_word, printed
from hemu.delivering.web.delivery import found_for
from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.papers.web.forms import PDF, answer

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@needs("notice.view")
@never_cache
@require_GET
def notice_print(request: HttpRequest, document: UUID, size: str) -> HttpResponse:
    """Return an issued notice large for the board (A3, A4) or small for the letter box (A5)."""
    staff = cast("StaffRequest", request)
    found = found_for(staff, document)
    try:
        made = printed(found, size=size, at=staff.now)
    except RuleViolation as refusal:
        text = "text/plain; charset=utf-8"
        return HttpResponse(words_for(refusal), status=status_of(refusal), content_type=text)
    return answer(f"{found.document.number} {size}.pdf", made, PDF)


@needs("notice.view")
@never_cache
@require_GET
def notice_word(request: HttpRequest, document: UUID) -> HttpResponse:
    """Return the words of a notice as a Word file."""
    found = found_for(cast("StaffRequest", request), document)
    return answer(f"{found.document.number or found.document.title}.docx", as_word(found), WORD)
