"""The public page of a paper: is the sheet, or the file, in one's hands what the office issued?"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemu.attachments.web.taking import read_upload
from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import PUBLIC, needs
from hemu.papers.models import Document
from hemu.papers.queries_checks import digest_of, may_be_named, paper_by_code, signed_for_trial
from hemu.papers.queries_sheets import shown_code
from hemu.papers.rules_official import span_of
from hemu.papers.web.kinds import kind_word
from hemu.papers.wording import MODES, MODES_SAID


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def paper_check(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was issued under a code (GET), and compare a file with it (POST: file)."""
    document = paper_by_code(code[:40])
    if document is None:
        return render(request, "papers/check.html", {"document": None, "asked": code[:40]}, status=404)
    context, status = _context(document), 200
    if request.method == "POST":
        try:
            # By its bytes alone: whoever has a code could hand in what takes a reader of PDF long to give up on.
            handed_in = digest_of(read_upload(request.FILES.get("file")))
            context["compared"], context["same"] = True, handed_in == document.seal_use.file_digest
        except RuleViolation as refusal:
            context["refusal"], status = words_for(refusal), status_of(refusal)
    return render(request, "papers/check.html", context, status=status)


def _context(document: Document) -> dict[str, Any]:
    use = document.seal_use
    newer = document.replaced_by.filter(seal_use__isnull=False).first()
    return {
        "document": document,
        "place": {
            "community": document.community.name if document.community else document.office.name,
            "office": document.office.name,
        },
        "use": use,
        "kind": kind_word(document.kind),
        "title": document.title if may_be_named(document) else "",
        "span": span_of(use.version.content),
        "mode": MODES[use.mode],
        "mode_said": MODES_SAID[use.mode],
        "code": shown_code(document.code or ""),
        "newer": newer.number if newer else "",
        "trial": signed_for_trial(use),
    }
