"""The notices that hang for one's own building, in large type, read aloud by the browser where it can."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from hemu.infra.moments import office_day
from hemu.infra.web.needs import PUBLIC, needs
from hemu.notices.models import Notice
from hemu.notices.operations_notices import read_notice
from hemu.notices.queries_notices import hanging_for
from hemu.notices.wording import NOTICE_KINDS
from hemu.portal.web.gate import OwnerRequest, frame, owners


@needs(PUBLIC)
@require_GET
@owners
def notices(request: OwnerRequest) -> HttpResponse:
    """Show what hangs for the homes of this phone, newest first."""
    context = {**frame(request, "my_notices"), "rows": [_row(each) for each in _hanging(request)]}
    return render(request, "portal/notices.html", context)


@needs(PUBLIC)
@require_GET
@owners
def notice(request: OwnerRequest, document: UUID) -> HttpResponse:
    """Show one in full; that this household opened it is kept."""
    found = next((each for each in _hanging(request) if each.document_id == document), None)
    if found is None:
        raise Http404(str(document))
    read_notice(notice=found, homes=[tie.home for tie in request.owner.ties], now=request.now)
    paper = found.document
    content = paper.versions.get(number=paper.version).content
    context = {
        **frame(request, "my_notices"),
        **_row(found),
        "to": content["to"],
        "body": content["body"],
        "signed": content["signed"] or found.community.office.name,
        "number": paper.number,
    }
    return render(request, "portal/one_notice.html", context)


def _hanging(request: OwnerRequest) -> list[Notice]:
    return hanging_for([tie.home for tie in request.owner.ties], today=office_day(request.now))


def _row(each: Notice) -> dict[str, object]:
    return {
        "url": reverse("my_notice", args=[each.document_id]),
        "title": each.document.title,
        "kind": NOTICE_KINDS[each.kind],
        "posted_at": each.posted_at,
        "until": each.until,
    }
