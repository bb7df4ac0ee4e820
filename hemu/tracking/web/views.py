"""The public page on which a caller without a name asks how a case stands, by number and code."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.attesting.queries import attest
from hemu.attesting.web.attested import verdict_of
from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.needs import PUBLIC, needs
from hemu.ledger.entries import Audience
from hemu.ledger.queries import timeline, words_of
from hemu.service_requests.models import Request
from hemu.service_requests.queries import visible_entries
from hemu.service_requests.web.panels import few_steps
from hemu.service_requests.wording import KINDS, STATES, TYPES
from hemu.sign_in.operations import note_failure, seconds_to_wait
from hemu.sign_in.web.waiting import told_when
from hemu.tracking.queries import tracked_request

ANSWERS = ("request.replied", "request.owner_informed", "request.referred")
NOT_FOUND, TOO_MANY = 404, 429


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for number and code (GET), or show how the case stands (POST: number, code); guesses are slowed down."""
    now = cast("StaffRequest", request).now
    asked = {name: request.POST.get(name, "")[:60] for name in ("number", "code")}
    if request.method == "GET":
        return _page(request, asked)
    who = {"login": f"ask:{asked['number']}", "address": request.META["REMOTE_ADDR"]}
    if seconds := seconds_to_wait(now=now, **who):
        refusal = RuleViolation("tracking.wait", seconds=seconds)
        return told_when(_page(request, asked, words_for(refusal), TOO_MANY), seconds)
    try:
        found = tracked_request(**asked)
    except RuleViolation as refusal:
        note_failure(now=now, **who)
        return _page(request, asked, words_for(refusal), NOT_FOUND)
    return render(request, "tracking/case.html", _case(found))


def _page(request: HttpRequest, asked: dict[str, str], refusal: str = "", status: int = 200) -> HttpResponse:
    return render(request, "tracking/ask.html", {"asked": asked, "refusal": refusal}, status=status)


def _case(found: Request) -> dict[str, Any]:
    """Return what may be seen without a name: how it stands and what was answered; not who, where or what was said."""
    entries = visible_entries(found, audience=frozenset({Audience.OWNER}))
    office = found.community.office
    return {
        "place": {"community": found.community.name, "office": office.name},
        "case": {
            "number": found.number,
            "status": STATES[found.state],
            "type_word": TYPES[found.type],
            "happened_at": found.happened_at,
            "merged": found.merged_into.number if found.merged_into else "",
        },
        "path": few_steps(found),
        "verdict": verdict_of(attest(timeline(found.subject))),
        "answers": [
            {"words": words, "at": entry.at, "kind_word": KINDS[entry.kind]}
            for entry in reversed(entries)
            if entry.kind in ANSWERS and (words := words_of(entry).get("reply"))
        ],
    }
