"""Deciding over a paper on a phone: its title, its picture, two buttons."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemu.access.models import Account
from hemu.access.web.gate import StaffRequest
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.papers.models import Document
from hemu.papers.operations import decide
from hemu.papers.queries import decisions_of, version_of, waiting_for
from hemu.papers.rules_documents import State
from hemu.papers.rules_official import paragraphs_of
from hemu.papers.web.about import about_paper
from hemu.papers.web.documents import decision_row, found_for, picture_urls
from hemu.papers.web.kinds import kind_word
from hemu.sign_in.queries import has_factor


@needs("paper.decide")
@never_cache
@require_http_methods(["GET", "POST"])
def document_approve(request: HttpRequest, document: UUID) -> HttpResponse:
    """Show a paper to who is asked (GET) and take the decision (POST: answer agree | refuse, digest, code, reason)."""
    staff = cast("StaffRequest", request)
    found = found_for(staff, document, "paper.decide")
    refusal = None
    if staff.method == "POST":
        try:
            decide(
                document=found.id,
                by=staff.actor,
                act=staff.actor.act(now=staff.now),
                digest=staff.POST.get("digest", ""),
                agree=staff.POST.get("answer") == "agree",
                typed=staff.POST.get("code", ""),
                reason=staff.POST.get("reason", ""),
            )
            return redirect("document", found.id)
        except RuleViolation as no:
            refusal = no
    return _page(staff, found, refusal)


def _page(staff: StaffRequest, found: Document, refusal: RuleViolation | None) -> HttpResponse:
    version = version_of(found)
    places = decisions_of(version)
    submitted = found.state == State.SUBMITTED
    waiting = waiting_for(found, version, places, on=office_day(staff.now)) if submitted else {}
    context = {
        "document": found,
        "version": version,
        "content": version.content,
        "paragraphs": paragraphs_of(version.content["body"]),
        "kind": kind_word(found.kind),
        "decided": [decision_row(each) for each in places if each.result],
        "asked": staff.actor.key in waiting,
        "waiting": sorted(waiting.values()),
        "factor": has_factor(cast("Account", staff.user)),
        "pictures": picture_urls(found),
        "about": about_paper(found, now=staff.now),
        "reason": staff.POST.get("reason", ""),
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "papers/approve.html", context, status=status_of(refusal) if refusal else 200)
