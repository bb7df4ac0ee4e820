"""The list of planned works, planning one, and the page of one with what is owed for it and its steps."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.duties.models import Duty
from hemu.duties.queries import stands_late
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.foundation.steps import Step
from hemu.infra.moments import OFFICE_ZONE, typed_moment
from hemu.infra.web.needs import needs
from hemu.ledger.queries import timeline
from hemu.notices.models import Work
from hemu.notices.operations_works import Times, plan_work, take_work_step
from hemu.notices.queries_works import is_running, listed, owed_of, work_for, works_for
from hemu.notices.rules_works import KINDS, NEEDS_PHOTO, WORK_STEPS
from hemu.notices.wording import ASKED, KIND_WORDS, OVER_TIME, RUNNING, STATES, STEPS, TIME_WORDS
from hemu.service_requests.queries import communities_of
from hemu.service_requests.web.panels import entry_rows
from hemu.sop.register import load_register

TYPED = ("community", "kind", "place", "starts", "ends", "words")
STEP_TYPED = ("step", "version", "starts", "ends", "words")


@needs("work.view")
@require_GET
def works(request: HttpRequest) -> HttpResponse:
    """Show the works still to come or going on, or all (GET: state, after)."""
    staff = cast("StaffRequest", request)
    state = "all" if request.GET.get("state") == "all" else "planned"
    try:
        after = UUID(request.GET["after"]) if request.GET.get("after") else None
    except ValueError as error:
        raise Http404(request.GET["after"]) from error
    found, following = listed(works_for(staff.actor), state=state, after=after)
    owed = owed_of(found)
    several = len({each.community_id for each in found}) > 1
    context = {
        "tabs": [
            {"label": label, "url": _list_url(which), "current": which == state}
            for which, label in (("planned", _("已安排")), ("all", _("全部")))
        ],
        "rows": [_row(staff, each, owed[each.subject], several=several) for each in found],
        "first": _list_url(state) if after else "",
        "following": _list_url(state, following) if following else "",
        "may_plan": staff.actor.may("work.step"),
    }
    return render(staff, "notices/works.html", context)


def _list_url(state: str, after: str = "") -> str:
    asked = {"state": state} | ({"after": after} if after else {})
    return f"{reverse('works')}?{urlencode(asked)}"


def _row(staff: StaffRequest, each: Work, owed: list[Duty], *, several: bool) -> dict[str, Any]:
    return {
        "url": reverse("work", args=[each.id]),
        "words": each.text,
        "kind": KIND_WORDS[each.kind],
        "place": each.place,
        "community": each.community.name if several else "",
        "status": _status(staff, each),
        "starts": each.starts_at,
        "ends": each.ends_at,
        "owed": _owed(staff, owed)[0] if owed else None,
    }


def _status(staff: StaffRequest, each: Work) -> object:
    if is_running(each, now=staff.now):
        return OVER_TIME if each.ends_at < staff.now else RUNNING
    return STATES[each.state]


def _owed(staff: StaffRequest, duties: list[Duty]) -> list[dict[str, Any]]:
    return [
        {
            "title": load_register().clause(each.clause).title,
            "clause": each.clause,
            "due": each.due_at,
            "late": stands_late(each, staff.now),
            "url": reverse("duty", args=[each.id]),
        }
        for each in duties
    ]


@needs("work.step")
@require_http_methods(["GET", "POST"])
def new_work(request: HttpRequest) -> HttpResponse:
    """Show the form; plan works (POST: community, kind, place, starts, ends, words, files, key)."""
    staff = cast("StaffRequest", request)
    if staff.method == "GET":
        return _form(staff, {"kind": staff.GET.get("kind", "")})
    typed = {name: staff.POST.get(name, "") for name in TYPED}
    tried = try_act(
        staff,
        by=staff.actor.key,
        now=staff.now,
        typed=typed,
        act=lambda files: {"work": str(_planned(staff, typed, files).id)},
    )
    if tried.refusal:
        return _form(staff, typed, tried)
    return redirect("work", tried.answer["work"])


def _planned(staff: StaffRequest, typed: Mapping[str, str], files: list[str]) -> Work:
    times = _times(typed)
    if times.starts is None or times.ends is None:
        raise RuleViolation("work.needs_times")
    return plan_work(
        community=community_asked(staff, "work.step", typed["community"]),
        kind=typed["kind"],
        place=typed["place"],
        starts=times.starts,
        ends=times.ends,
        by=staff.actor,
        act=staff.actor.act(now=staff.now),
        words=typed["words"],
        files=files,
    )


def _times(typed: Mapping[str, str]) -> Times:
    try:
        starts, ends = (typed_moment(typed[name]) if typed.get(name) else None for name in ("starts", "ends"))
    except ValueError as error:
        raise RuleViolation("work.needs_times") from error
    return Times(starts, ends)


def _form(
    staff: StaffRequest,
    typed: Mapping[str, str],
    tried: Tried = UNTRIED,
) -> HttpResponse:
    context = {
        "typed": typed,
        "communities": [(str(each.id), each.name) for each in communities_of(staff.actor, "work.step")],
        "community": str(community_asked(staff, "work.step", typed.get("community", "")).id),
        "kinds": [(code, KIND_WORDS[code]) for code in KINDS],
        **tried.form(staff.actor.key, now=staff.now),
    }
    return render(staff, "notices/work_new.html", context, status=tried.status)


@needs("work.view")
@require_GET
def work_page(request: HttpRequest, work: UUID) -> HttpResponse:
    """Show works: what, where, when, what is owed for it, and what was done."""
    staff = cast("StaffRequest", request)
    return _page(staff, _found(staff, work))


@needs("work.step")
@require_POST
def work_step(request: HttpRequest, work: UUID) -> HttpResponse:
    """Take a step (POST: step, version, starts, ends, words, files, key)."""
    staff = cast("StaffRequest", request)
    found = _found(staff, work)
    body = {name: staff.POST.get(name, "") for name in STEP_TYPED}
    tried = try_act(
        staff,
        by=staff.actor.key,
        now=staff.now,
        typed=body | {"work": str(work)},
        act=lambda files: _taken(staff, found, body, files),
    )
    if tried.refusal:
        return _page(staff, _found(staff, work), tried, body)
    return redirect("work", found.id)


def _taken(staff: StaffRequest, found: Work, body: Mapping[str, str], files: list[str]) -> dict[str, Any]:
    entry = take_work_step(
        work=found.id,
        step=body["step"],
        by=staff.actor,
        act=staff.actor.act(now=staff.now),
        words=body["words"],
        times=_times(body),
        files=files,
        version=int(body["version"]) if body["version"].isdecimal() and len(body["version"]) < 10 else None,
    )
    return {"entry": str(entry.id)}


def _found(staff: StaffRequest, work: UUID) -> Work:
    try:
        return work_for(staff.actor, work)
    except RuleViolation as refusal:
        raise Http404(str(work)) from refusal


def _page(
    staff: StaffRequest,
    found: Work,
    tried: Tried = UNTRIED,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    office = found.community.office
    roles = staff.actor.roles_at(office.id) if staff.actor.may("work.step", office.id) else frozenset()
    context = {
        "work": found,
        "kind": KIND_WORDS[found.kind],
        "status": _status(staff, found),
        "may_draft": found.state == "planned" and staff.actor.may("notice.post", office.id),
        "owed": _owed(staff, owed_of([found])[found.subject]),
        "forms": [_step_form(found, each, typed or {}) for each in WORK_STEPS.allowed(found.state, roles)],
        **tried.form(staff.actor.key, now=staff.now),
        "timeline": entry_rows(timeline(found.subject), office_rules(office, on=staff.now).time)[::-1],
    }
    return render(staff, "notices/work.html", context, status=tried.status)


def _step_form(found: Work, step: Step, typed: Mapping[str, str]) -> dict[str, Any]:
    again = typed.get("step") == step.name
    planned = {"starts": found.starts_at, "ends": found.ends_at}
    asked: tuple[str, ...] = step.extras["times"]  # type: ignore[assignment]
    return {
        "name": step.name,
        "label": STEPS[step.name],
        "asked": ASKED[step.name],
        "words": typed.get("words", "") if again else "",
        "open": again,
        "photo": step.name in NEEDS_PHOTO,
        "times": [
            {
                "name": name,
                "label": TIME_WORDS[name],
                "value": typed.get(name, "")
                if again
                else planned[name].astimezone(OFFICE_ZONE).strftime("%Y-%m-%dT%H:%M"),
            }
            for name in asked
        ],
    }
