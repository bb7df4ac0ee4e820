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
from hemu.notices.queries_notices import is_for, shown_to, successors
from hemu.notices.wording import NOTICE_KINDS
from hemu.portal.web.gate import OwnerRequest, frame, owners


@needs(PUBLIC)
@require_GET
@owners
def notices(request: OwnerRequest) -> HttpResponse:
    """Show what is told to the homes of this phone today, newest first."""
    found = _shown(request)
    newer = successors(each.document_id for each in found)
    rows = [{**_row(each), "replaced": each.document_id in newer} for each in found]
    context = {**frame(request, "my_notices"), "rows": rows}
    return render(request, "portal/notices.html", context)


@needs(PUBLIC)
@require_GET
@owners
def notice(request: OwnerRequest, document: UUID) -> HttpResponse:
    """Show one in full; that this household opened it is kept."""
    found = next((each for each in _shown(request) if each.document_id == document), None)
    if found is None:
        raise Http404(str(document))
    homes = [tie.home for tie in request.owner.ties if is_for(found, tie)]
    read_notice(notice=found, homes=homes, now=request.now)
    paper = found.document
    content = paper.versions.get(number=paper.version).content
    context = {
        **frame(request, "my_notices"),
        **_row(found),
        "to": content["to"],
        "body": content["body"],
        "signed": content["signed"] or found.community.office.name,
        "number": paper.number,
        "newer": successors([document]).get(document),
    }
    return render(request, "portal/one_notice.html", context)


def _shown(request: OwnerRequest) -> list[Notice]:
    return shown_to(request.owner.ties, today=office_day(request.now))


def _row(each: Notice) -> dict[str, object]:
    return {
        "url": reverse("my_notice", args=[each.document_id]),
        "title": each.document.title,
        "kind": NOTICE_KINDS[each.kind],
        "posted_at": each.published_at,
        "until": each.until,
    }
