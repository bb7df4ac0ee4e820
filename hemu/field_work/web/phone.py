"""The technician's phone: today's jobs, one job with its next step, the steps it sends."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hemu.access.operations import log_read
from hemu.access.web.gate import StaffRequest
from hemu.attachments.queries import files_of
from hemu.attachments.web.taking import files_brought, shown_row
from hemu.field_work.operations import take_job_step
from hemu.field_work.queries import Job, has_looked, job_for, jobs_of, not_mine
from hemu.field_work.rules import Stage
from hemu.field_work.web.forms import forms_of
from hemu.field_work.web.reading import Said, body_of, said_in
from hemu.field_work.wording import STAGES
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.ledger.queries import timeline
from hemu.service_requests.wording import TYPES, place_words

ANSWERS_JSON = "application/json"


@needs("field.work")
@never_cache
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show one's jobs: those of today, those for later, those that wait for a signature, those to be taken."""
    staff = cast("StaffRequest", request)
    groups: dict[str, list[dict[str, Any]]] = {"now": [], "sign": [], "offered": [], "later": []}
    for job in jobs_of(staff.actor, now=staff.now):
        groups[_group(job, staff)].append(_card(job))
    titles = {"now": _("现在要办的"), "sign": _("请业主签字"), "offered": _("可以接的"), "later": _("以后的")}
    context = {
        "groups": [(key, titles[key], rows) for key, rows in groups.items() if rows],
        "who": staff.actor.key,
    }
    return render(request, "field_work/today.html", context)


def _group(job: Job, staff: StaffRequest) -> str:
    if job.offered:
        return "offered"
    if job.stage is Stage.TO_SIGN:
        return "sign"
    today = office_day(staff.now)
    when = job.case.resume_at if job.stage is Stage.PAUSED else job.slot_from
    return "later" if when and office_day(when) > today else "now"


def _card(job: Job) -> dict[str, Any]:
    case = job.case
    return {
        "url": reverse("field_job", args=[case.number]),
        "number": case.number,
        "place": place_words(case),
        "community": case.community.name,
        "status": STAGES[job.stage],
        "type_word": TYPES[case.type],
        "words": case.text,
        "slot_from": job.slot_from,
        "slot_until": case.appointed_until if job.slot_from else None,
        "due": None if job.stage is Stage.TO_SIGN else job.due,
        "urgent": case.urgency == "urgent" or case.limit == "danger",
        "urged": case.urged_count,
        "tries": case.tries_count,
        "reopened": case.reopened_count,
    }


@needs("field.work")
@never_cache
@require_GET
def job(request: HttpRequest, number: str) -> HttpResponse:
    """Show one job: where, what, whom to call, the one next step."""
    staff = cast("StaffRequest", request)
    return _page(staff, _found(staff, number))


@needs("field.work")
@require_POST
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Take a step (POST: step, key, age, words and what the step sets, with its files).

    A page answers a page; the phone that keeps steps until the network is back asks for JSON.
    """
    staff = cast("StaffRequest", request)
    found = _found(staff, number)
    try:
        said = said_in(request)
        files = files_brought(request, by=staff.actor.key, now=staff.now)
        once(
            account=staff.actor.key,
            key=said.key,
            body=body_of(request) | {"number": number, "files": files.said},
            now=staff.now,
            act=lambda: _taken(staff, found, said, files.ids),
        )
    except RuleViolation as refusal:
        return _refused(staff, number, refusal)
    url = reverse("field_job", args=[number])
    return JsonResponse({"url": url}) if _wants_json(request) else redirect(url)


def _taken(staff: StaffRequest, found: Job, said: Said, files: list[str]) -> dict[str, Any]:
    made = take_job_step(
        number=found.case.number,
        step=said.step,
        act=staff.actor.act(now=staff.now, at=said.at(staff.now)),
        by=staff.actor,
        words=said.words,
        values=said.values,
        door=said.door,
        files=files,
    )
    return {"number": made.number, "state": str(made.state), "version": made.version}


def _refused(staff: StaffRequest, number: str, refusal: RuleViolation) -> HttpResponse:
    words, status = words_for(refusal), status_of(refusal)
    if _wants_json(staff):
        return JsonResponse({"words": words, "code": refusal.code}, status=status)
    return _page(staff, _found(staff, number), refusal=words, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return ANSWERS_JSON in request.headers.get("Accept", "")


def _found(staff: StaffRequest, number: str) -> Job:
    try:
        return job_for(staff.actor, number)
    except RuleViolation as refusal:
        raise Http404(number) from refusal


def _page(staff: StaffRequest, found: Job, *, refusal: str = "", status: int = 200) -> HttpResponse:
    case = found.case
    elsewhere = not_mine(found, staff.actor)
    context = {
        "job": _card(found) | _more(staff, found, elsewhere),
        "stage": str(found.stage),
        "stages": list(STAGES.items()),
        "forms": [] if elsewhere else forms_of(found, now=staff.now),
        "step_url": reverse("field_step", args=[case.number]),
        "key": new_id(staff.now).hex,
        "who": staff.actor.key,
        "refusal": refusal,
        "elsewhere": case.handler.name if elsewhere and case.handler else "",
        "case_url": reverse("request", args=[case.number]),
    }
    return render(staff, "field_work/job.html", context, status=status)


def _more(staff: StaffRequest, found: Job, elsewhere: bool) -> dict[str, Any]:
    case = found.case
    return {
        "caller_name": case.answered_name,
        "phone": "" if elsewhere else _number_looked_at(staff, found),
        "happened_at": case.happened_at,
        "quote_yuan": f"¥{case.quote_fen / 100:,.2f}" if case.quote_fen else "",
        "quote_accepted_at": case.quote_accepted_at,
        "files": _files(found),
        "resume_at": case.resume_at,
    }


def _files(found: Job) -> list[dict[str, Any]]:
    """Return the pictures and voice notes of the case, signatures left out."""
    rows = files_of(timeline(found.case.subject)).values()
    return [shown_row(row) for row in rows if row.use != "signature"]


def _number_looked_at(staff: StaffRequest, found: Job) -> str:
    """Return the owner's number while the job is in hand, so that it can be called without network.

    Who has it on the page has looked at it: recorded once a day.
    """
    case = found.case
    in_hand = case.handler_id == staff.actor.staff_id and found.stage not in (Stage.TO_TAKE, Stage.DONE)
    if not in_hand or not case.answered_phone:
        return ""
    if not has_looked(staff.actor, case.subject, now=staff.now):
        log_read(by=staff.actor, subject=case.subject, what="phone", now=staff.now)
    return case.answered_phone
