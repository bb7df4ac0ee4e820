"""One return visit: whom to call, what to ask, what was said."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.operations import log_read
from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.estate.queries import office_rules, staff_names
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.foundation.redaction import mask_phone
from hemu.infra.refusals import words_for
from hemu.infra.web.needs import needs
from hemu.quality.web.panels import action_panel
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.operations import open_return_visit, step_return_visit
from hemu.return_visits.queries import doers, entries_of, visit_for, workers_of
from hemu.return_visits.rules import BY_OTHERS, STEPS, is_independent, rung
from hemu.return_visits.web.fields import form_of
from hemu.return_visits.wording import CLASSES, RESULTS, SCRIPTS, STATES
from hemu.service_requests.queries import request_for
from hemu.service_requests.web.panels import entry_rows
from hemu.service_requests.wording import place_words

OUTSIDE = ("step", "version", "key", "words", "files", "csrfmiddlewaretoken")


def _found(request: StaffRequest, number: str) -> ReturnVisit:
    try:
        return visit_for(request.actor, number)
    except RuleViolation as refusal:
        raise Http404(number) from refusal


@needs("return_visit.view")
@require_GET
def visit(request: HttpRequest, number: str) -> HttpResponse:
    """Show a return visit; who may do it sees the phone number in full, and the look is recorded."""
    staff = cast("StaffRequest", request)
    return _page(staff, _found(staff, number))


@needs("return_visit.step")
@require_POST
def begin(request: HttpRequest, number: str) -> HttpResponse:
    """Open the return visit of a case and go to it."""
    staff = cast("StaffRequest", request)
    try:
        case = request_for(staff.actor, number)
        made = open_return_visit(number=case.number, act=staff.actor.act(now=staff.now), by=staff.actor)
    except RuleViolation as refusal:
        raise Http404(number) from refusal
    return redirect("return_visit", made.number)


@needs("return_visit.step")
@require_POST
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Take a step (POST: step, version, key, words, files, and what the step sets) and show what became of it."""
    staff = cast("StaffRequest", request)
    found = _found(staff, number)
    values = {name: value for name in request.POST if name not in OUTSIDE and (value := request.POST[name])}
    body = {name: request.POST.get(name, "") for name in ("step", "version", "words")} | values
    tried = try_act(
        staff,
        by=staff.actor.key,
        now=staff.now,
        typed=body | {"number": found.number},
        act=lambda files: _taken(staff, found.number, values, files),
    )
    if tried.refusal:
        return _page(staff, _found(staff, number), tried, values)
    return redirect("return_visit", found.number)


def _taken(staff: StaffRequest, number: str, values: dict[str, str], files: list[str]) -> dict[str, Any]:
    version = staff.POST.get("version", "")
    made = step_return_visit(
        number=number,
        step=staff.POST.get("step", ""),
        act=staff.actor.act(now=staff.now),
        by=staff.actor,
        version=int(version) if version.isdecimal() and len(version) < 10 else None,
        words=staff.POST.get("words", ""),
        values=values,
        files=files,
    )
    return {"number": made.number, "state": str(made.state), "version": made.version}


def _page(
    staff: StaffRequest,
    found: ReturnVisit,
    tried: Tried = UNTRIED,
    values: dict[str, str] | None = None,
) -> HttpResponse:
    office = found.community.office
    workers = workers_of([found.subject]).get(found.subject, set())
    at_office, above = doers(office.id, now=staff.now)
    barred = _barred(staff, workers, at_office, above) if found.state in ("open", "unreachable") else ""
    steps = [
        row.name
        for row in STEPS.allowed(found.state, staff.actor.roles_at(office.id))
        if row.name != "unreachable" and not (barred and row.name in BY_OTHERS)
    ]
    typed = {**(values or {}), "words": staff.POST.get("words", "")} if tried.refusal else {}
    refused = staff.POST.get("step", "") if tried.refusal else ""
    form = tried.form(staff.actor.key, now=staff.now)
    context = {
        "visit": _visit(staff, found, may_call=bool(steps)),
        "forms": [
            form_of(name, found, typed) | _by_use(form["drafts"])
            if name == refused
            else form_of(name, found, {})
            for name in steps
        ],
        "refused": refused,
        "typed": typed.get("words", "") if refused not in steps else "",
        "barred": barred,
        "rung": rung(workers=workers, office=at_office, above=above) if found.state == "open" else "",
        "above": "、".join(above.values()),
        "workers": "、".join(sorted(staff_names(_ids(workers)).values())),
        "script": {
            name: words % {"name": staff.actor.name} if name == "opening" else words
            for name, words in SCRIPTS[found.kind].items()
        },
        **form,
        "step_url": reverse("return_visit_step", args=[found.number]),
        "queue_url": reverse("return_visits"),
        "actions": action_panel(staff, community=found.community, source="return_visit", about=found.subject),
        "timeline": entry_rows(entries_of(found), office_rules(office, on=staff.now).time),
    }
    return render(staff, "return_visits/visit.html", context, status=tried.status)


def _by_use(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the files that a refused form brought, for the component of each use."""
    voices = [row for row in rows if row["use"] == "voice"]
    return {"photos": [row for row in rows if row not in voices], "voices": voices}


def _barred(staff: StaffRequest, workers: set[str], at_office: dict[str, str], above: dict[str, str]) -> str:
    """Return why this person may not do the return visit; "" where they may."""
    try:
        is_independent(by=staff.actor.key, workers=workers, office=at_office, above=above)
    except RuleViolation as refusal:
        return words_for(refusal)
    return ""


def _ids(keys: set[str]) -> set[Any]:
    return {key.removeprefix("staff:") for key in keys if key.startswith("staff:")}


def _visit(staff: StaffRequest, found: ReturnVisit, *, may_call: bool) -> dict[str, Any]:
    case = found.request
    full = may_call and case.answered_phone and staff.actor.may("estate.reveal", found.community.office_id)
    if full:
        log_read(by=staff.actor, subject=found.subject, what="phone", now=staff.now)
    return {
        "number": found.number,
        "version": found.version,
        "class_word": CLASSES[found.kind],
        "status": STATES[found.state],
        "result": RESULTS.get(found.result),
        "due": found.due_at if found.state in ("open", "promised") else None,
        "tries": found.tries_count,
        "dependent": found.independent is False,
        "owed_by": ROLES[found.role],
        "done_by": found.done_by.name if found.done_by else "",
        "done_at": found.done_at,
        "request": case.number,
        "request_url": reverse("request", args=[case.number]),
        "words": case.text,
        "happened_at": case.happened_at,
        "place": place_words(case),
        "community": found.community.name,
        "caller": _("匿名") if case.anonymous else case.answered_name or _("未留"),
        "phone": case.answered_phone
        if full
        else mask_phone(case.answered_phone)
        if case.answered_phone
        else "",
        "call": f"tel:{case.answered_phone}" if full else "",
    }
