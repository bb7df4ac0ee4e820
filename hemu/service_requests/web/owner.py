"""The owner's own page of one case, by a link that only the owner has."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.duties.queries import nearest_duties
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import refused_page, status_of
from hemu.infra.web.needs import PUBLIC, needs
from hemu.ledger.entries import Audience, Proof
from hemu.ledger.operations import Act
from hemu.ledger.queries import words_of
from hemu.service_requests.models import Request
from hemu.service_requests.operations import owner_request, take_step
from hemu.service_requests.queries import visible_entries
from hemu.service_requests.rules import OWNER_STEPS, STEPS, State
from hemu.service_requests.web.panels import few_steps
from hemu.service_requests.wording import KINDS, STATES, TYPES

ANSWERS = ("request.replied", "request.owner_informed")


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def owner(request: HttpRequest, token: str) -> HttpResponse:
    """Show the case (GET) or take the owner's own step (POST: step, version, key, reason)."""
    staff = cast("StaffRequest", request)  # for the moment of the request; nobody is logged in here
    try:
        found = owner_request(token=token, now=staff.now)
    except RuleViolation as refusal:
        return refused_page(request, refusal)
    if request.method == "GET":
        return _page(staff, found, token)
    try:
        _step(staff, found)
    except RuleViolation as refusal:
        current = owner_request(token=token, now=staff.now)
        return _page(staff, current, token, refusal=words_for(refusal), status=status_of(refusal))
    return _page(staff, owner_request(token=token, now=staff.now), token, said=_("收到，谢谢您。"))


def _step(request: StaffRequest, found: Request) -> None:
    asked = {name: request.POST.get(name, "") for name in ("step", "version", "reason")}
    who = f"owner:{found.person_id or found.id}"
    version = asked["version"]
    once(
        account=who,
        key=request.POST.get("key", ""),
        body=asked | {"number": found.number},
        now=request.now,
        act=lambda: {
            "version": take_step(
                number=found.number,
                step=asked["step"],
                act=Act(who, at=request.now, recorded_at=request.now, proof=Proof.OWN),
                by=None,
                version=int(version) if version.isdecimal() else None,
                words=asked["reason"],
            ).version
        },
    )


def _page(
    request: StaffRequest, found: Request, token: str, *, said: str = "", refusal: str = "", status: int = 200
) -> HttpResponse:
    office = found.community.office
    due = nearest_duties([found.subject]).get(found.subject)
    answered = found.state in (State.RESOLVED, State.INFORMED, State.CONFIRMED, State.CLOSED)
    context = {
        "place": {"community": found.community.name, "office": office.name},
        "case": {
            "number": found.number,
            "status": STATES[found.state],
            "version": found.version,
            "type_word": TYPES[found.type],
            "words": found.text,
            "happened_at": found.happened_at,
        },
        "path": few_steps(found),
        "promise": due.due_at if due and not answered else None,
        "answers": _answers(found),
        "may": {step: _may(step, found) for step in OWNER_STEPS},
        "key": new_id(request.now).hex,
        "step_url": reverse("owner", args=[token]),
        "said": said,
        "refusal": refusal,
    }
    return render(request, "service_requests/owner.html", context, status=status)


def _answers(found: Request) -> list[dict[str, Any]]:
    """Return what was answered; an internal remark is of another audience and never among it."""
    entries = visible_entries(found, audience=frozenset({Audience.OWNER}))
    return [
        {"words": words, "who": found.community.office.name, "at": entry.at, "kind_word": KINDS[entry.kind]}
        for entry in reversed(entries)
        if entry.kind in ANSWERS and (words := words_of(entry).get("reply"))
    ]


def _may(step: str, found: Request) -> bool:
    if step == "send_back" and found.state not in (State.RESOLVED, State.INFORMED):
        return False
    return any(row.name == step and found.state in row.from_states for row in STEPS.rows)
