"""The owner's own page of one case, by a link that only the owner has; and what its forms do, for every way in."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.taking import draft_rows, files_brought
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import PUBLIC, needs
from hemu.ledger.entries import Proof
from hemu.ledger.operations import Act
from hemu.portal.web.case_page import OFFERED, owner_context, slot_of
from hemu.service_requests.models import Request
from hemu.service_requests.operations import owner_key, owner_request, take_step
from hemu.service_requests.wording import NEEDS_WORDS_FOR_OWNERS, NOT_NOW_FOR_OWNERS, STALE_FOR_OWNERS

RESERVED = ("step", "version", "key", "reason", "csrfmiddlewaretoken", "day", "slot", "files")
UNSEEN_MATTERS_NOT = ("add", "urge", "rate")
"""Steps that mean the same whatever the office did meanwhile: no version is asked for them."""


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def owner(request: HttpRequest, token: str) -> HttpResponse:
    """Show the case (GET) or take the owner's own step (POST: step, version, key, reason and what it sets)."""
    now = cast("StaffRequest", request).now  # the moment of the request; nobody is logged in here
    try:
        found = owner_request(token=token, now=now)
    except RuleViolation as refusal:
        context = {"refusal": words_for(refusal)}
        return render(request, "portal/owner_closed.html", context, status=status_of(refusal))
    return case_page(
        request,
        found,
        who=owner_key(found),
        again=lambda: owner_request(token=token, now=now),
        step_url=reverse("owner", args=[token]),
        files_url=reverse("owner_upload", args=[token]),
        template="portal/owner.html",
    )


def case_page(
    request: HttpRequest,
    found: Request,
    *,
    who: str,
    again: Callable[[], Request],
    step_url: str,
    files_url: str,
    template: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show an owner their case, and take the step they ask for.

    Args:
        who: the owner as the book names them: ``owner:…``.
        again: reads the case anew, by the same way in.
        files_url: where files are handed in, and under which they are seen.
        template: a page that includes `owner_case.html`; ``more`` is the rest of its context.
    """
    now = cast("StaffRequest", request).now
    said, refused = "", None
    if request.method == "POST":
        try:
            _step(request, found, who)
            said = _("收到，谢谢您。")
        except RuleViolation as refusal:
            refused = refusal
        found = again()
    context = {
        **owner_context(found, now=now, step_url=step_url, files_url=files_url),
        "key": new_id(now).hex,
        "said": said,
        "refusal": _for_owner(refused) if refused else "",
        "refused_step": request.POST.get("step", "") if refused else "",
        "drafts": draft_rows(who, request.POST.getlist("files"), base=files_url) if refused else [],
        "typed": request.POST.get("reason", "") if refused else "",
        **(more or {}),
    }
    return render(request, template, context, status=status_of(refused) if refused else 200)


def _step(request: HttpRequest, found: Request, who: str) -> None:
    now = cast("StaffRequest", request).now
    asked = {name: request.POST.get(name, "") for name in ("step", "version", "reason")}
    values = {
        name: request.POST[name] for name in request.POST if name not in RESERVED and request.POST[name]
    }
    step, version = asked["step"], asked["version"]
    if step not in OFFERED:
        raise RuleViolation("step.not_yours", step=step, roles=[])
    if step == "appoint":
        values |= slot_of(request.POST.get("day", ""), request.POST.get("slot", ""))
    files = files_brought(request, by=who, now=now)
    said = version.isdecimal() and len(version) < 10 and step not in UNSEEN_MATTERS_NOT
    seen = int(version) if said else None
    once(
        account=who,
        key=request.POST.get("key", ""),
        body=asked | values | {"number": found.number} | ({"files": files.said} if files.ids else {}),
        now=now,
        act=lambda: {
            "version": take_step(
                number=found.number,
                step=step,
                act=Act(who, at=now, recorded_at=now, proof=Proof.OWN),
                by=None,
                version=seen,
                words=asked["reason"],
                values=values,
                files=files.ids,
            ).version
        },
    )


def _for_owner(refusal: RuleViolation) -> str:
    if refusal.code == "request.stale":
        return str(STALE_FOR_OWNERS)
    if refusal.code in ("step.not_allowed", "step.not_yours", "step.unknown"):
        return str(NOT_NOW_FOR_OWNERS)
    if refusal.code == "step.needs_words":
        return str(NEEDS_WORDS_FOR_OWNERS)
    return words_for(refusal)
