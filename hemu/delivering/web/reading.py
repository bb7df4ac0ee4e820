"""A notice read without logging in: by the code on its sheet or slip, or by the link of a message, which says whose home."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hemu.delivering.queries import notice_by_code, told_by
from hemu.infra import clock
from hemu.infra.web.needs import PUBLIC, needs
from hemu.notices.models import Notice
from hemu.notices.operations_notices import read_notice
from hemu.notices.queries_notices import successors
from hemu.papers.models import Document
from hemu.papers.queries import version_of
from hemu.papers.queries_sheets import shown_code


@needs(PUBLIC)
@never_cache
@require_GET
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Show a notice to whoever holds its sheet or slip, or was told the code on it; nothing of anybody is on it."""
    found = notice_by_code(code[:40])
    if found is None:
        return render(request, "delivering/read.html", {"notices": []}, status=404)
    newer = successors([found.document_id])
    return render(request, "delivering/read.html", _context([found], newer))


@needs(PUBLIC)
@never_cache
@require_GET
def told(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a message speaks of; that these homes opened it is kept."""
    found, homes = told_by(token[:80])
    if not found:
        raise Http404
    for each in found:
        read_notice(notice=each, homes=homes[each.document_id], now=clock.now())
    return render(request, "delivering/read.html", _context(found, successors(homes)))


def _context(found: list[Notice], newer: dict[UUID, Document]) -> dict[str, Any]:
    first = found[0].community
    return {
        "place": {"community": first.name, "office": first.office.name},
        "notices": [_row(each, newer.get(each.document_id)) for each in found],
    }


def _row(each: Notice, newer: Document | None) -> dict[str, Any]:
    paper, content = each.document, version_of(each.document).content
    return {
        "title": paper.title,
        "number": paper.number,
        "void": paper.state == "void",
        "to": content["to"],
        "body": content["body"],
        "signed": content["signed"] or each.community.office.name,
        "at": each.published_at,
        "until": each.until,
        "code": shown_code(paper.code) if paper.code and paper.state == "issued" else "",
        "newer": newer,
        "newer_code": shown_code(newer.code) if newer and newer.code else "",
    }
