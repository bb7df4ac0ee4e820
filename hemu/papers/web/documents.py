"""The list of papers, the page of one with its steps, its PDF and its pictures."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.attachments.queries import bytes_of
from hemu.attachments.web.taking import shown_row
from hemu.estate.queries import staff_names
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.ledger.queries import timeline, words_of
from hemu.papers.models import Decision, Document, SealUse
from hemu.papers.operations import submit_paper, void_paper
from hemu.papers.queries import (
    BADGE,
    awaiting,
    decisions_of,
    document_for,
    listed,
    version_of,
    visible_to,
    waiting_for,
)
from hemu.papers.queries_checks import scans_of, signed_for_trial
from hemu.papers.queries_sheets import foot_of, mark_of, official_of, shown_code
from hemu.papers.rules_documents import MARK, STEPS, State
from hemu.papers.typesetting import pictures_official, typeset_official
from hemu.papers.web.about import about_paper
from hemu.papers.web.forms import PDF, answer
from hemu.papers.web.kinds import kind_word
from hemu.papers.wording import ACTS, KINDS, MODES, MODES_SAID, RESULTS, STATES

PIXELS_AN_INCH = 90
TABS = (
    ("mine", _("等我审批")),
    ("open", _("在办")),
    ("issued", _("已发出")),
    ("void", _("作废")),
    ("all", _("全部")),
)


@needs("paper.read")
@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """Show one of the lists, newest first (GET: state, after)."""
    staff = cast("StaffRequest", request)
    state = request.GET.get("state", "open")
    state = state if state in dict(TABS) else "open"
    try:
        after = UUID(request.GET["after"]) if request.GET.get("after") else None
    except ValueError as error:
        raise Http404(request.GET["after"]) from error
    rows = awaiting(staff.actor) if state == "mine" else visible_to(staff.actor)
    found, following = listed(rows, state="all" if state == "mine" else state, after=after)
    waiting = awaiting(staff.actor)[: BADGE + 1].count()
    context = {
        "tabs": [
            {
                "label": label,
                "url": _list_url(code),
                "current": code == state,
                "count": (f"{BADGE}+" if waiting > BADGE else waiting or "") if code == "mine" else "",
            }
            for code, label in TABS
        ],
        "rows": [
            {
                "document": each,
                "kind": kind_word(each.kind),
                "status": STATES[each.state],
                "url": reverse("document_approve" if state == "mine" else "document", args=[each.id]),
            }
            for each in found
        ],
        "first": _list_url(state) if after else "",
        "following": _list_url(state, following) if following else "",
        "may_draft": staff.actor.may("paper.draft"),
        "may_arrange": staff.actor.may("paper.arrange"),
        "mine": state == "mine",
    }
    return render(staff, "papers/documents.html", context)


def _list_url(state: str, after: str = "") -> str:
    asked = {"state": state} | ({"after": after} if after else {})
    return f"{reverse('documents')}?{urlencode(asked)}"


@needs("paper.read")
@require_GET
def document(request: HttpRequest, document: UUID) -> HttpResponse:
    """Show a paper: what it says, who decided, what may be done next."""
    staff = cast("StaffRequest", request)
    return page(staff, found_for(staff, document))


@needs("paper.read")
@require_POST
def document_step(request: HttpRequest, document: UUID) -> HttpResponse:
    """Hand a paper in, or make it void (POST: step, reason), and show it again."""
    staff = cast("StaffRequest", request)
    found = found_for(staff, document)
    act = staff.actor.act(now=staff.now)
    try:
        if staff.POST.get("step") == "submit":
            submit_paper(document=found.id, by=staff.actor, act=act)
        else:
            void_paper(document=found.id, by=staff.actor, act=act, reason=staff.POST.get("reason", ""))
    except RuleViolation as refusal:
        return page(staff, found_for(staff, document), refusal)
    return redirect("document", found.id)


@needs("paper.read")
@never_cache
@require_GET
def document_pdf(request: HttpRequest, document: UUID) -> HttpResponse:
    """Return a paper as PDF: the signed file once it is issued, before that a draft that says so."""
    staff = cast("StaffRequest", request)
    found = found_for(staff, document)
    name = f"{found.number or found.title}.pdf"
    if found.state == State.ISSUED:
        use = found.seal_use
        data = bytes_of(use.file.original_name) if use.file else None
        if data is None:
            raise Http404(str(document))
        return answer(name, data, PDF)
    version = version_of(found)
    made = typeset_official(official_of(found, version), at=version.made_at, foot=foot_of(found, version))
    return answer(name, made, PDF)


@needs("paper.read")
@never_cache
@require_GET
def document_picture(request: HttpRequest, document: UUID, sheet: int) -> HttpResponse:
    """Return a page of a paper as a picture, to look at."""
    staff = cast("StaffRequest", request)
    found = found_for(staff, document)
    pages = pages_of(found, PIXELS_AN_INCH)
    if not 1 <= sheet <= len(pages):
        raise Http404(str(sheet))
    return HttpResponse(pages[sheet - 1], content_type="image/png")


def pages_of(found: Document, ppi: int) -> list[bytes]:
    """Return the pages of a paper as pictures."""
    version = version_of(found)
    use = SealUse.objects.filter(document=found).first() if found.state == State.ISSUED else None
    mark = mark_of(found, version, decisions_of(version)) if use and use.mode == MARK else None
    official = official_of(
        found, version, mark=mark, scans=scans_of(use) if use else (), in_force=use is not None
    )
    return pictures_official(official, at=version.made_at, foot=foot_of(found, version), ppi=ppi)


def picture_urls(found: Document) -> list[str]:
    """Return the addresses of a paper's pictures, one a page."""
    count = len(pages_of(found, ppi=8))
    return [reverse("document_picture", args=[found.id, number]) for number in range(1, count + 1)]


def found_for(staff: StaffRequest, document: UUID, permission: str = "paper.read") -> Document:
    """Return the paper of an address; what one may not see is not found."""
    try:
        return document_for(staff.actor, document, permission)
    except RuleViolation as refusal:
        raise Http404(str(document)) from refusal


def page(staff: StaffRequest, found: Document, refusal: RuleViolation | None = None) -> HttpResponse:
    """Return the page of a paper, with the words of a refusal on top."""
    version = version_of(found)
    places = decisions_of(version)
    waiting = (
        waiting_for(found, version, places, on=office_day(staff.now))
        if found.state == State.SUBMITTED
        else {}
    )
    roles = staff.actor.roles_at(found.office_id)
    steps = {each.name for each in STEPS.allowed(found.state, roles)}
    context = {
        "document": found,
        "version": version,
        "content": version.content,
        "kind": kind_word(found.kind),
        "status": STATES[found.state],
        "steps": steps,
        "decisions": [decision_row(each) for each in places],
        "waiting": sorted(waiting.values()),
        "may_decide": staff.actor.key in waiting and staff.actor.may("paper.decide", found.office_id),
        "pictures": picture_urls(found)[:1],
        "about": about_paper(found, now=staff.now),
        "replaced_by": found.replaced_by.exclude(number="").first(),
        "timeline": _timeline(found.subject),
        "refusal": words_for(refusal) if refusal else "",
        **_sealed(found),
    }
    return render(staff, "papers/document.html", context, status=status_of(refusal) if refusal else 200)


def _sealed(found: Document) -> dict[str, Any]:
    use = SealUse.objects.filter(document=found).select_related("by").first()
    if use is None:
        return {}
    return {
        "use": use,
        "mode": MODES[use.mode],
        "mode_said": MODES_SAID[use.mode],
        "code": shown_code(found.code or ""),
        "trial": signed_for_trial(use),
        "scans": [shown_row(each) for each in scans_of(use)],
    }


def decision_row(decision: Decision) -> dict[str, Any]:
    """Return a place in a chain as pages show it."""
    return {
        "turn": decision.turn,
        "act": ACTS[decision.act],
        "role": ROLES[decision.role],
        "result": RESULTS.get(decision.result, ""),
        "refused": decision.result == "refused",
        "who": decision.by.name if decision.by else "",
        "at": decision.at,
        "reason": decision.reason,
        "not_independent": decision.independent is False,
        "second_factor": decision.second_factor,
    }


def _timeline(subject: str) -> list[dict[str, Any]]:
    entries = timeline(subject)
    names = staff_names({UUID(each.actor[6:]) for each in entries if each.actor.startswith("staff:")})
    return [
        {
            "word": KINDS[each.kind],
            "who": names.get(UUID(each.actor[6:]), ""),
            "at": each.at,
            "reason": words_of(each).get("reason", ""),
            "version": each.facts["paper_version"],
        }
        for each in entries[::-1]
        if each.kind in KINDS
    ]
