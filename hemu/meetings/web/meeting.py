"""The page of one meeting: what comes next, its plan, topics, opinions, invitations, and where its minutes stand."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried
from hemu.committee.queries import members_of
from hemu.committee.rules import quorum
from hemu.committee.web.frame import frame
from hemu.committee.wording import POSTS
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.web.needs import needs
from hemu.ledger.queries import timeline
from hemu.meetings.models import Meeting
from hemu.meetings.queries import meeting_for, missed_outcomes, waiting_topics
from hemu.meetings.queries_minutes import digest_of, stands
from hemu.meetings.queries_planning import opinions_until, plan_of
from hemu.meetings.rules import SIGN_IN_BEFORE, Minutes, State
from hemu.meetings.rules_calendar import Invitation, calendar_of
from hemu.meetings.web.rows import outcome_row, plan_rows
from hemu.meetings.wording import MATTERS, MEETING_KINDS, MEETING_STATES, MINUTES_STATES, STEPS_OF_MINUTES
from hemu.notices.models import Notice
from hemu.service_requests.web.panels import entry_rows


def found_or_404(staff: StaffRequest, meeting: UUID, permission: str = "meeting.view") -> Meeting:
    """Return a meeting that this person may see."""
    try:
        return meeting_for(staff.actor, meeting, permission)
    except RuleViolation as refusal:
        raise Http404(str(meeting)) from refusal


@needs("meeting.view")
@require_GET
def meeting(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Show one meeting."""
    staff = cast("StaffRequest", request)
    return show_meeting(staff, found_or_404(staff, meeting))


@needs("meeting.view")
@require_GET
def meeting_calendar(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Give a meeting as a calendar file."""
    staff = cast("StaffRequest", request)
    return calendar_answer(found_or_404(staff, meeting), staff)


def calendar_answer(found: Meeting, request: Any) -> HttpResponse:
    """Return a meeting as a calendar file; moved, it replaces what a phone had."""
    topics = tuple(found.topics.order_by("position", "id").values_list("title", flat=True))
    file = calendar_of(
        Invitation(
            found.id.hex,
            f"{found.community.name} · {MEETING_KINDS[found.kind]}",
            found.place,
            topics,
            found.starts_at,
            serial=found.version,
            cancelled=found.state == State.CANCELLED,
        ),
        made_at=request.now,
    )
    answer = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return answer


def show_meeting(
    staff: StaffRequest, found: Meeting, typed: Mapping[str, str] | None = None, tried: Tried = UNTRIED
) -> HttpResponse:
    """Show a meeting; after a refusal with what was typed, the form that was sent open."""
    actor = staff.actor
    keeps = actor.may("meeting.keep", found.community.office_id)
    context = (
        frame(staff, found.community, "meetings")
        | _stands(staff, found, keeps)
        | _before(found, staff)
        | member_rows(found)
        | _minutes(found)
        | {
            "meeting": found,
            "may_keep": keeps,
            "may_consent": found.state == State.ASKED
            and actor.may("meeting.consent", found.community.office_id),
            "typed": typed or {},
            **tried.form(actor.key, now=staff.now),
            "timeline": entry_rows(
                timeline(found.subject), office_rules(found.community.office, on=staff.now).time
            )[::-1],
        }
    )
    return render(staff, "meetings/meeting.html", context, status=tried.status)


def _stands(staff: StaffRequest, found: Meeting, keeps: bool) -> dict[str, Any]:
    open_now = found.state in (State.PLANNED, State.ASKED)
    local = found.starts_at.astimezone(OFFICE_ZONE)
    return {
        "kind": MEETING_KINDS[found.kind],
        "status": MEETING_STATES[found.state],
        "is_open": open_now,
        "begun": found.state == State.PLANNED and staff.now >= found.starts_at - SIGN_IN_BEFORE,
        "date": local.date().isoformat(),
        "clock": f"{local:%H:%M}",
        "may_prepare": keeps and open_now,
    }


def _before(found: Meeting, staff: StaffRequest) -> dict[str, Any]:
    plan, today = plan_of(found, now=staff.now), office_day(staff.now)
    until = opinions_until(found, on=staff.now)
    topics = list(found.topics.order_by("position", "id"))
    opinions = list(found.opinions.select_related("home").order_by("given_at", "id"))
    notice = Notice.objects.filter(document=found.agenda_id).first() if found.agenda_id else None
    return {
        "days": plan_rows(plan, today=today) if plan else [],
        "missed": len(plan.missed) if plan else 0,
        "topics": [
            {
                "id": str(each.id),
                "title": each.title,
                "matter": MATTERS[each.matter],
                "text": each.text,
                "opinions": [opinion_row(said) for said in opinions if said.topic_id == each.id],
            }
            for each in topics
        ],
        "choices": [(str(each.id), each.title) for each in topics],
        "general": [opinion_row(each) for each in opinions if each.topic_id is None],
        "opinions": len(opinions),
        "until": until,
        "may_write": bool(until) and today <= (until or today) and found.state != State.CANCELLED,
        "may_collect": bool(until) and today >= (until or today) and found.collected_at is None,
        "waiting": [(str(each.id), each.title) for each in waiting_topics(found.community)],
        "matters": list(MATTERS.items()),
        "agenda": found.agenda,
        "agenda_hangs": bool(notice and notice.posted_at),
        "agenda_sealed": bool(found.agenda and found.agenda.state == "issued"),
    }


def opinion_row(each: Any) -> dict[str, Any]:
    """Return what an owner wrote, with the home it came from."""
    home = each.home.written if each.home else ""
    return {"text": each.text, "at": each.given_at, "home": home, "paper": each.channel == "paper"}


def member_rows(found: Meeting) -> dict[str, Any]:
    """Return who sits on the day of a meeting, who was invited, who signed, and how many must be there."""
    rows = {each.member_id: each for each in found.attendances.all()}
    members = members_of(found.community, on=office_day(found.starts_at))
    listed = [
        {
            "id": str(each.id),
            "name": each.person.name,
            "post": POSTS[each.post],
            "invited_at": rows[each.id].invited_at if each.id in rows else None,
            "signed_at": rows[each.id].signed_at if each.id in rows else None,
        }
        for each in members
    ]
    return {
        "members": listed,
        "invited": sum(1 for each in listed if each["invited_at"]),
        "present": sum(1 for each in listed if each["signed_at"]),
        "quorum": quorum(len(members)) if members else 0,
    }


def _minutes(found: Meeting) -> dict[str, Any]:
    now, order = stands(found), [code for code, _word in STEPS_OF_MINUTES]
    at = {"sent_back": 0, "published": len(order)}.get(now, order.index(now) if now in order else 0)
    missed = missed_outcomes(found)
    rows = found.outcomes.select_related("responsible", "action").order_by("id")
    return {
        "minutes": now,
        "minutes_status": MINUTES_STATES[now],
        "minutes_steps": [
            {"word": word, "state": "done" if number < at else "current" if number == at else "todo"}
            for number, (_code, word) in enumerate(STEPS_OF_MINUTES)
        ],
        "digest": digest_of(found.minutes) if found.minutes and now == Minutes.WITH_CHAIR else "",
        "outcomes": [outcome_row(each, passed_over=each.id in missed) for each in rows],
    }
