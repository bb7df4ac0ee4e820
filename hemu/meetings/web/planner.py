"""The list of meetings with the committee, topics that wait for one, and the back-planner."""

from datetime import timedelta
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.committee.web.frame import frame
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.meetings.operations import schedule_meeting, submit_topic
from hemu.meetings.queries import listed, open_outcomes, waiting_topics
from hemu.meetings.queries_planning import numbers_of, plan_for
from hemu.meetings.rules import KINDS, MATTERS, State
from hemu.meetings.rules_planning import first_possible
from hemu.meetings.web.reading import read_day, read_id, read_start
from hemu.meetings.web.rows import meeting_row, outcome_row, plan_rows
from hemu.meetings.wording import MATTERS as MATTER_WORDS
from hemu.meetings.wording import MEETING_KINDS

TOPIC = ("matter", "title", "text", "meeting")
PLAN = ("kind", "date", "clock", "place")
USUAL_CLOCK = "15:00"


@needs("meeting.view")
@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """Show what is planned, what was held, what waits for a meeting (GET: community)."""
    staff = cast("StaffRequest", request)
    return _list(staff, community_asked(staff, "meeting.view", staff.GET.get("community", "")))


@needs("meeting.keep")
@require_POST
def topic_new(request: HttpRequest) -> HttpResponse:
    """Submit a topic with its report (POST: community, matter, title, text, meeting, files, key)."""
    staff = cast("StaffRequest", request)
    community = community_asked(staff, "meeting.keep", staff.POST.get("community", ""))
    typed = {name: staff.POST.get(name, "") for name in TOPIC}
    meeting = read_id(typed["meeting"])

    def act(files: list[str]) -> dict[str, Any]:
        topic = submit_topic(
            community=community,
            meeting=meeting,
            matter=typed["matter"],
            title=typed["title"],
            text=typed["text"],
            files=files,
            by=staff.actor,
            act=staff.actor.act(now=staff.now),
        )
        return {"id": str(topic.id)}

    body = typed | {"community": str(community.id)}
    tried = try_act(staff, by=staff.actor.key, now=staff.now, typed=body, act=act)
    if tried.refusal:
        return _list(staff, community, typed, tried)
    return redirect(reverse("meeting", args=[meeting]) if meeting else _address("meetings", community))


def _address(name: str, community: Community, **more: str) -> str:
    return f"{reverse(name)}?{urlencode({'community': str(community.id), **more})}"


def _list(
    staff: StaffRequest, community: Community, typed: dict[str, str] | None = None, tried: Tried = UNTRIED
) -> HttpResponse:
    rows = listed(community)
    context = frame(staff, community, "meetings") | {
        "coming": [
            meeting_row(each) for each in reversed(rows) if each.state in (State.PLANNED, State.ASKED)
        ],
        "past": [meeting_row(each) for each in rows if each.state not in (State.PLANNED, State.ASKED)],
        "topics": [
            {
                "title": each.title,
                "matter": MATTER_WORDS[each.matter],
                "text": each.text,
                "at": each.entered_at,
            }
            for each in waiting_topics(community)
        ],
        "outcomes": [outcome_row(each) for each in open_outcomes(community)],
        "matters": [(code, MATTER_WORDS[code]) for code in MATTERS],
        "may_keep": staff.actor.may("meeting.keep", community.office_id),
        "plan_url": _address("meeting_plan", community),
        "typed": typed or {},
        **tried.form(staff.actor.key, now=staff.now),
    }
    return render(staff, "meetings/meetings.html", context, status=tried.status)


@needs("meeting.keep")
@require_http_methods(["GET", "POST"])
def planner(request: HttpRequest) -> HttpResponse:
    """Show the way to a meeting on a day (GET: community, kind, date, clock, place), or plan it (POST: the same, key)."""
    staff = cast("StaffRequest", request)
    said = staff.POST if staff.method == "POST" else staff.GET
    community = community_asked(staff, "meeting.keep", said.get("community", ""))
    typed = {name: said.get(name, "") for name in PLAN}
    if staff.method == "GET":
        return _plan(staff, community, typed)
    tried = try_act(
        staff,
        by=staff.actor.key,
        now=staff.now,
        typed=typed | {"community": str(community.id)},
        act=lambda files: {"id": str(_scheduled(staff, community, typed))},
    )
    if tried.refusal:
        return _plan(staff, community, typed, tried.refusal)
    return redirect("meeting", tried.answer["id"])


def _scheduled(staff: StaffRequest, community: Community, typed: dict[str, str]) -> Any:
    starts = read_start(typed["date"], typed["clock"])
    by = staff.actor
    return schedule_meeting(
        community=community,
        kind=typed["kind"],
        starts=starts,
        place=typed["place"],
        by=by,
        act=by.act(now=staff.now),
    ).id


def _plan(
    staff: StaffRequest, community: Community, typed: dict[str, str], refusal: RuleViolation | None = None
) -> HttpResponse:
    today = office_day(staff.now)
    numbers = numbers_of(community, on=staff.now)
    first = first_possible(today=today, numbers=numbers)
    day = read_day(typed["date"]) or first + timedelta(days=7)
    kind = typed["kind"] if typed["kind"] in KINDS else KINDS[0]
    try:
        plan = plan_for(community, day, kind=kind, now=staff.now)
    except RuleViolation as no:
        refusal, day = refusal or no, first + timedelta(days=7)
        plan = plan_for(community, day, kind=kind, now=staff.now)
    asked = {**typed, "kind": kind, "date": first.isoformat()}
    context = frame(staff, community, "meetings") | {
        "kinds": [(code, MEETING_KINDS[code]) for code in KINDS],
        "kind_word": MEETING_KINDS[kind],
        "typed": {**typed, "kind": kind, "date": day.isoformat(), "clock": typed["clock"] or USUAL_CLOCK},
        "day": day,
        "away": (day - today).days,
        "plan": plan,
        "missed": len(plan.missed),
        "days": plan_rows(plan, today=today),
        "first_url": _address("meeting_plan", community, **asked),
        "back_url": _address("meetings", community),
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "meetings/plan.html", context, status=status_of(refusal) if refusal else 200)
