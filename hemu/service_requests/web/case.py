"""One case: its page, its steps, the look at its phone number, the owner's link."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_POST

from hemu.access.operations import log_read
from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.taking import Brought, draft_rows, files_brought
from hemu.duties.queries import duties_of
from hemu.estate.queries import office_rules
from hemu.foundation.due import is_late
from hemu.foundation.errors import RuleViolation
from hemu.foundation.redaction import mask_phone
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.infra.web.panels import panels_about
from hemu.ledger.queries import timeline
from hemu.service_requests.models import Request
from hemu.service_requests.operations import make_owner_link, revoke_owner_links
from hemu.service_requests.operations.following import take_step_and_follow
from hemu.service_requests.queries import hidden_subjects, request_for
from hemu.service_requests.rules import STEPS
from hemu.service_requests.web.fields import step_forms
from hemu.service_requests.web.messages import messages_of
from hemu.service_requests.web.panels import duty_rows, entry_rows, path_of, sorting_of
from hemu.service_requests.web.said import once_said, said_of
from hemu.service_requests.wording import CHANNELS, OUTCOMES, OUTSIDE_BODIES, STATES, TYPES, place_words


def _found(request: StaffRequest, number: str, permission: str = "request.view") -> Request:
    try:
        return request_for(request.actor, number, permission)
    except RuleViolation as refusal:
        raise Http404(number) from refusal


@needs("request.view")
@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Show a case, and once what was just done with it."""
    staff = cast("StaffRequest", request)
    found = _found(staff, number)
    said = said_of(request, found)
    return once_said(_page(staff, found, said=said), said)


@needs("request.step")
@require_POST
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Take a step (POST: step, version, key, words, and what the step sets) and show the case again."""
    staff = cast("StaffRequest", request)
    found = _found(staff, number)
    values = {
        name: ",".join(filter(None, request.POST.getlist(name)))
        for name in request.POST
        if name not in RESERVED and request.POST[name]
    }
    body = {name: request.POST.get(name, "") for name in ("step", "version", "words")} | values
    files = Brought()
    try:
        files = files_brought(request, by=staff.actor.key, now=staff.now)
        once(
            account=staff.actor.key,
            key=request.POST.get("key", ""),
            body=body | {"number": found.number} | ({"files": files.said} if files.ids else {}),
            now=staff.now,
            act=lambda: _taken(staff, found, values, files),
        )
    except RuleViolation as refusal:
        return _refused(staff, found.number, refusal, values, files)
    return redirect("request", found.number)


RESERVED = ("step", "version", "key", "words", "files", "csrfmiddlewaretoken")


def _taken(staff: StaffRequest, found: Request, values: dict[str, str], files: Brought) -> dict[str, Any]:
    version = staff.POST.get("version", "")
    made = take_step_and_follow(
        number=found.number,
        step=staff.POST.get("step", ""),
        act=staff.actor.act(now=staff.now),
        by=staff.actor,
        version=int(version) if version.isdecimal() and len(version) < 10 else None,
        words=staff.POST.get("words", ""),
        values=_changed(found, staff.POST.get("step", ""), values),
        files=files.ids,
    )
    return {"number": made.number, "state": str(made.state), "version": made.version}


def _changed(found: Request, step: str, values: dict[str, str]) -> dict[str, str]:
    """Leave out what a correction does not change: its form comes filled."""
    if step != "correct":
        return values
    now = {
        "text": found.text,
        "caller_name": found.caller_name,
        "home": found.home.written if found.home else "",
        "named": ",".join(each.staff.account.login for each in found.named.select_related("staff__account")),
    }
    return {name: value for name, value in values.items() if value.strip() != now.get(name, "")}


def _refused(
    staff: StaffRequest, number: str, refusal: RuleViolation, values: dict[str, str], files: Brought
) -> HttpResponse:
    again = {
        "step": staff.POST.get("step", ""),
        "words": words_for(refusal),
        "values": values | {"words": staff.POST.get("words", "")},
        "files": draft_rows(staff.actor.key, files.ids or staff.POST.getlist("files")),
    }
    return _page(staff, _found(staff, number), again, status=status_of(refusal))


@needs("estate.reveal")
@require_POST
def phone(request: HttpRequest, number: str) -> HttpResponse:
    """Answer with the caller's number in full, or that of who spoke for them (POST: whose=speaker); it is recorded."""
    staff = cast("StaffRequest", request)
    found = _found(staff, number, "estate.reveal")
    log_read(by=staff.actor, subject=found.subject, what="phone", now=staff.now)
    number_said = found.speaker_phone if request.POST.get("whose") == "speaker" else found.caller_phone
    return HttpResponse(format_html('<a class="nowrap strong" href="tel:{0}">{0}</a>', number_said))


@needs("request.register")
@require_POST
def link(request: HttpRequest, number: str) -> HttpResponse:
    """Make a link for the owner and show it, once; or stop all links made so far (POST: act=revoke)."""
    staff = cast("StaffRequest", request)
    found = _found(staff, number, "request.register")
    if request.POST.get("act") == "revoke":
        revoke_owner_links(request=found, act=staff.actor.act(now=staff.now))
        return _page(staff, found, links_stopped=True)
    token = make_owner_link(request=found, now=staff.now)
    url = request.build_absolute_uri(reverse("owner", args=[token]))
    return _page(staff, found, owner_link=url)


def _page(
    staff: StaffRequest,
    found: Request,
    refused: dict[str, Any] | None = None,
    *,
    owner_link: str = "",
    links_stopped: bool = False,
    said: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    roles = staff.actor.roles_at(found.community.office_id)
    steps = step_forms(found, STEPS.allowed(found.state, roles), refused)
    opened = refused and any(each["open"] for each in steps)
    duties = duty_rows(duties_of(found.subject))
    entries, time = timeline(found.subject), office_rules(found.community.office, on=staff.now).time
    linked = any(each.facts.keys() & {"into", "split_from"} for each in entries)
    hidden = hidden_subjects(staff.actor.staff_id) if linked else set()
    context = {
        "case": _case(staff, found),
        "path": path_of(found),
        "steps": steps,
        "step_url": reverse("request_step", args=[found.number]),
        "key": new_id(staff.now).hex,
        "upload_url": reverse("file_upload"),
        "refusal": refused["words"] if refused and not opened else "",
        "typed": refused["values"]["words"] if refused and not opened else "",
        "duties": [row for row in duties if row["due"] and row["state"] == "open"],
        "ended": [row for row in duties if row["due"] and row["state"] != "open"],
        "ended_late": sum(
            bool(row["met_at"] and row["due"] and is_late(row["met_at"], row["due"])) for row in duties
        ),
        "undated": [row for row in duties if not row["due"]],
        "timeline": entry_rows(entries, time, hidden),
        **messages_of(staff, found, entries),
        "list_url": reverse("requests"),
        "panels": panels_about("request", staff, found),
        "link_url": reverse("request_link", args=[found.number])
        if staff.actor.may("request.register", found.community.office_id)
        else "",
        "owner_link": owner_link,
        "links_stopped": links_stopped,
        "said": said,
    }
    return render(staff, "service_requests/case.html", context, status=status)


def _outside(found: Request) -> dict[str, Any] | None:
    if not found.outside_body:
        return None
    body = OUTSIDE_BODIES[found.outside_body]
    return {"body": body, "number": found.outside_number, "due": found.outside_due_at}


def _speaker(found: Request, may_reveal: bool) -> dict[str, Any] | None:
    if not (found.speaker_name or found.speaker_phone):
        return None
    url = reverse("request_phone", args=[found.number])
    return {
        "name": found.speaker_name,
        "phone": mask_phone(found.speaker_phone) if found.speaker_phone else "",
        "answered": found.answer_speaker,
        "reveal_url": url if may_reveal and found.speaker_phone else "",
    }


def _case(staff: StaffRequest, found: Request) -> dict[str, Any]:
    may_reveal = staff.actor.may("estate.reveal", found.community.office_id)
    merged = found.merged_into
    return {
        "number": found.number,
        "status": STATES[found.state],
        "version": found.version,
        "type_word": TYPES[found.type],
        "community": found.community.name,
        "place": place_words(found),
        "words": found.text,
        "channel_word": CHANNELS[found.channel],
        "happened_at": found.happened_at,
        "registered_at": found.registered_at,
        "caller_name": found.caller_name,
        "phone": mask_phone(found.caller_phone) if found.caller_phone else "",
        "reveal_url": reverse("request_phone", args=[found.number])
        if may_reveal and found.caller_phone
        else "",
        "speaker": _speaker(found, may_reveal),
        "anonymous": found.anonymous,
        "handler": found.handler.name if found.handler else "",
        "department": found.department.name if found.department else "",
        "first_asked": found.first_asked.name if found.first_asked else "",
        "helpers": [each.staff.name for each in found.helpers.select_related("staff")],
        "named": [(each.staff.name, each.alone) for each in found.named.select_related("staff")],
        "outside": _outside(found),
        "sorting": sorting_of(found),
        "outcome_word": OUTCOMES[found.outcome] if found.outcome else "",
        "reopened": found.reopened_count,
        "urged": found.urged_count,
        "seconded": found.seconded_count,
        "merged_into": {"number": merged.number, "url": reverse("request", args=[merged.number])}
        if merged
        else None,
    }
