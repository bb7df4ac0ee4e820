"""The form in which a paper is written, new or changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import typed_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.papers.models import Document
from hemu.papers.operations import draft_paper, revise_paper
from hemu.papers.queries import document_for, version_of
from hemu.papers.rules_documents import KINDS, STEPS
from hemu.papers.web.documents import found_for
from hemu.papers.web.kinds import kind_word

TYPED = (
    "kind",
    "community",
    "title",
    "to",
    "body",
    "signed",
    "since",
    "until",
    "places",
    "case_number",
    "replaces",
)


@needs("paper.draft")
@require_http_methods(["GET", "POST"])
def document_new(request: HttpRequest) -> HttpResponse:
    """Show the form (GET: kind, replaces) and begin a paper (POST: what it asks, key)."""
    staff = cast("StaffRequest", request)
    if staff.method == "GET":
        return _form(staff, _beginning(staff))
    typed = {name: staff.POST.get(name, "") for name in TYPED}
    try:
        answer = once(
            account=staff.actor.key,
            key=staff.POST.get("key", ""),
            body=typed,
            now=staff.now,
            act=lambda: {"document": str(_drafted(staff, typed).id)},
        )
    except RuleViolation as refusal:
        return _form(staff, typed, refusal)
    return redirect("document", answer["document"])


@needs("paper.draft")
@require_http_methods(["GET", "POST"])
def document_revise(request: HttpRequest, document: UUID) -> HttpResponse:
    """Show a paper's words to be changed (GET) and keep the change as a new version (POST: …, version)."""
    staff = cast("StaffRequest", request)
    found = found_for(staff, document, "paper.draft")
    if "revise" not in {
        each.name for each in STEPS.allowed(found.state, staff.actor.roles_at(found.office_id))
    }:
        return redirect("document", found.id)
    if staff.method == "GET":
        return _form(staff, _typed_of(found), document=found)
    typed = {name: staff.POST.get(name, "") for name in TYPED}
    said = staff.POST.get("version", "")
    try:
        revise_paper(
            document=found.id,
            by=staff.actor,
            act=staff.actor.act(now=staff.now),
            content=content_from(typed),
            version=int(said) if said.isdecimal() and len(said) < 10 else 0,
        )
    except RuleViolation as refusal:
        return _form(staff, typed, refusal, found)
    return redirect("document", found.id)


def content_from(typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what a form or a command says, as ``content_of`` takes it.

    Raises:
        RuleViolation: ``document.unreadable_day`` (value).
    """
    return {
        "title": typed["title"],
        "body": typed["body"],
        "to": typed["to"],
        "signed": typed["signed"],
        "since": _day(typed["since"]),
        "until": _day(typed["until"]),
        "places": typed["places"].replace("，", "、").replace(",", "、").split("、"),
    }


def _day(text: str) -> date | None:
    try:
        return typed_day(text) if text else None
    except ValueError as error:
        raise RuleViolation("document.unreadable_day", value=text[:20]) from error


def _drafted(staff: StaffRequest, typed: Mapping[str, str]) -> Document:
    community = _community(staff, typed["community"])
    return draft_paper(
        kind=typed["kind"],
        office=community.office,
        community=community,
        by=staff.actor,
        act=staff.actor.act(now=staff.now),
        content=content_from(typed),
        case_number=typed["case_number"] if typed["kind"] == "form" else "",
        replaces=_replaced(staff, typed["replaces"]),
    )


def _beginning(staff: StaffRequest) -> dict[str, str]:
    """Return the empty form; of a correction the words of the paper that it corrects."""
    old = _replaced(staff, staff.GET.get("replaces", ""))
    if old is None:
        return {"kind": staff.GET.get("kind", "notice")}
    return _typed_of(old) | {"replaces": str(old.id)}


def _typed_of(found: Document) -> dict[str, str]:
    content = version_of(found).content
    said = {name: content[name] for name in ("title", "to", "body", "signed", "since", "until")}
    community = str(found.community_id or "")
    return {"kind": found.kind, "community": community, "places": "、".join(content["places"]), **said}


def _replaced(staff: StaffRequest, text: str) -> Document | None:
    if not text:
        return None
    try:
        return document_for(staff.actor, UUID(text))
    except (ValueError, RuleViolation) as error:
        raise Http404(text[:40]) from error


def _communities(staff: StaffRequest) -> list[Community]:
    return staff.actor.places("paper.draft")


def _community(staff: StaffRequest, asked: str) -> Community:
    found = _communities(staff)
    community = next(
        (each for each in found if str(each.id) == asked), None if asked else found[0] if found else None
    )
    if community is None:
        raise Http404(asked[:40])
    return community


def _form(
    staff: StaffRequest,
    typed: Mapping[str, str],
    refusal: RuleViolation | None = None,
    document: Document | None = None,
) -> HttpResponse:
    replaced = _replaced(staff, typed.get("replaces", "")) if document is None else None
    context = {
        "document": document,
        "typed": typed,
        "kinds": [(code, kind_word(code)) for code in KINDS],
        "communities": [(str(each.id), each.name) for each in _communities(staff)],
        "replaced": replaced,
        "back_url": reverse("document", args=[document.id]) if document else reverse("documents"),
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "papers/draft.html", context, status=status_of(refusal) if refusal else 200)
