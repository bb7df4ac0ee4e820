"""The notices that hang for one's own building, in large type, read aloud by the browser where it can."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hemu.delivering.operations import agree_to_messages
from hemu.delivering.queries import wants_events
from hemu.infra.moments import office_day
from hemu.infra.web.needs import PUBLIC, needs
from hemu.ledger.entries import Proof
from hemu.ledger.operations import Act
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
    people = {tie.person_id for tie in request.owner.ties}
    context = {**frame(request, "my_notices"), "rows": rows, "wants_events": wants_events(people)}
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


@needs(PUBLIC)
@require_POST
@owners
def agree(request: OwnerRequest) -> HttpResponse:
    """Keep whether this phone's people want messages about events too (POST: agree, 1 or empty)."""
    for person, community in {
        tie.person_id: (tie.person, tie.home.community) for tie in request.owner.ties
    }.values():
        act = Act(request.owner.key(person.id), request.now, request.now, Proof.OWN)
        agree_to_messages(
            people=[person], community=community, agree=bool(request.POST.get("agree")), act=act
        )
    return redirect("my_notices")


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
