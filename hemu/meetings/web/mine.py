"""Meetings on owners' phones: topics to write about, minutes to read; for members of the committee invitations, what was
decided, and for the chair the minutes to approve."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.committee.queries import Seat
from hemu.infra.moments import office_day
from hemu.infra.web.needs import PUBLIC, needs
from hemu.ledger.operations import Act
from hemu.meetings.models import Meeting
from hemu.meetings.operations import answer_minutes, give_opinion
from hemu.meetings.queries import for_member, for_owners, missed_outcomes
from hemu.meetings.queries_minutes import content_of, stands
from hemu.meetings.queries_planning import opinions_until
from hemu.meetings.rules import Minutes, State, opinions_open
from hemu.meetings.web.meeting import calendar_answer, opinion_row
from hemu.meetings.web.reading import read_id
from hemu.meetings.web.rows import meeting_row, outcome_row
from hemu.meetings.wording import MATTERS, MEETING_KINDS, MEETING_STATES, MINUTES_STATES
from hemu.portal.web.gate import MemberRequest, OwnerRequest, frame, members, owners, seat_in

# ── every owner ──────────────────────────────────────────────────────────────


@needs(PUBLIC)
@require_GET
@owners
def meetings(request: OwnerRequest) -> HttpResponse:
    """Show the meetings of which owners were told, and published minutes."""
    found = for_owners(request.owner.communities)
    context = {
        **frame(request, "my_notices"),
        "rows": [meeting_row(each, "my_meeting") | {"open": _is_open(each, request)} for each in found],
    }
    return render(request, "meetings/my_meetings.html", context)


@needs(PUBLIC)
@require_http_methods(["GET", "POST"])
@owners
def meeting(request: OwnerRequest, meeting: UUID) -> HttpResponse:
    """Show the topics, or the published minutes; take an opinion within the ten days (POST: topic, text, key)."""
    found = next((each for each in for_owners(request.owner.communities) if each.id == meeting), None)
    if found is None:
        raise Http404(str(meeting))
    if request.method == "GET":
        return _owners_page(request, found)
    typed = {name: request.POST.get(name, "") for name in ("topic", "text")}
    tried = try_act(
        request,
        by=request.owner.key(),
        now=request.now,
        typed=typed | {"meeting": str(meeting)},
        act=lambda files: {"id": str(_given(request, found, typed))},
    )
    if tried.refusal:
        return _owners_page(request, found, typed, tried)
    return redirect("my_meeting", found.id)


def _given(request: OwnerRequest, found: Meeting, typed: dict[str, str]) -> UUID:
    tie = next(tie for tie in request.owner.ties if tie.home.community_id == found.community_id)
    now = request.now
    act = Act(request.owner.key(tie.person_id), now, now)
    topic = read_id(typed["topic"])
    return give_opinion(
        meeting=found, topic=topic, text=typed["text"], home=tie.home, person=tie.person, act=act
    ).id


def _is_open(found: Meeting, request: OwnerRequest) -> bool:
    until = opinions_until(found, on=request.now)
    if until is None or found.told_at is None or found.state not in (State.PLANNED, State.ASKED):
        return False
    return opinions_open(
        office_day(request.now),
        told_on=office_day(found.told_at),
        until=until,
        meets_on=office_day(found.starts_at),
    )


def _owners_page(
    request: OwnerRequest, found: Meeting, typed: dict[str, str] | None = None, tried: Tried = UNTRIED
) -> HttpResponse:
    people = {tie.person_id for tie in request.owner.ties}
    topics = list(found.topics.order_by("position", "id"))
    context = {
        **frame(request, "my_notices"),
        **meeting_row(found, "my_meeting"),
        "topics": [{"title": each.title, "matter": MATTERS[each.matter]} for each in topics],
        "choices": [*((str(each.id), each.title) for each in topics)],
        "mine": [
            opinion_row(each) for each in found.opinions.filter(person__in=people).select_related("home")
        ],
        "open": _is_open(found, request),
        "until": opinions_until(found, on=request.now),
        "minutes": content_of(found.minutes) if found.minutes and found.published_at else None,
        "published_at": found.published_at,
        "typed": typed or {},
        **tried.form(request.owner.key(), now=request.now, owners=True),
    }
    return render(request, "meetings/my_meeting.html", context, status=tried.status)


# ── members of the committee ─────────────────────────────────────────────────


@needs(PUBLIC)
@require_GET
@members
def committee_meetings(request: MemberRequest) -> HttpResponse:
    """Show the meetings of the committees on which one sits."""
    context = {
        **frame(request, "my_committee"),
        "seats": [
            {
                "community": seat.community.name,
                "rows": [meeting_row(each, "my_committee_meeting") for each in for_member(seat)],
            }
            for seat in request.seats
        ],
    }
    return render(request, "meetings/member_meetings.html", context)


@needs(PUBLIC)
@require_http_methods(["GET", "POST"])
@members
def committee_meeting(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """Show one meeting; take the chair's word on its minutes (POST: agree, words, digest, key)."""
    found, seat = _found(request, meeting)
    if request.method == "GET":
        return _members_page(request, found, seat)
    typed = {name: request.POST.get(name, "") for name in ("agree", "words", "digest")}

    def act(files: list[str]) -> dict[str, Any]:
        now = request.now
        answer_minutes(
            meeting=found.id,
            digest=typed["digest"],
            agree=typed["agree"] == "1",
            words=typed["words"],
            seat=seat,
            act=Act(seat.key, now, now),
        )
        return {}

    body = typed | {"meeting": str(meeting)}
    tried = try_act(request, by=seat.key, now=request.now, typed=body, act=act)
    if tried.refusal:
        return _members_page(request, _found(request, meeting)[0], seat, typed, tried)
    return redirect("my_committee_meeting", found.id)


@needs(PUBLIC)
@require_GET
@members
def committee_calendar(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """Give a meeting as a calendar file."""
    return calendar_answer(_found(request, meeting)[0], request)


def _found(request: MemberRequest, meeting: UUID) -> tuple[Meeting, Seat]:
    rows = Meeting.objects.select_related("community__office", "minutes", "agenda")
    found = rows.filter(id=meeting).first()
    if found is None:
        raise Http404(str(meeting))
    return found, seat_in(request, found.community_id)


def _members_page(
    request: MemberRequest,
    found: Meeting,
    seat: Seat,
    typed: dict[str, str] | None = None,
    tried: Tried = UNTRIED,
) -> HttpResponse:
    now = stands(found)
    missed = missed_outcomes(found)
    outcomes = found.outcomes.select_related("responsible", "action").order_by("id")
    opinions = list(found.opinions.order_by("given_at", "id"))
    read = found.minutes is not None and now not in (
        Minutes.UNWRITTEN,
        Minutes.WITH_LEADER,
        Minutes.SENT_BACK,
    )
    context = {
        **frame(request, "my_committee"),
        "meeting": found,
        "kind": MEETING_KINDS[found.kind],
        "status": MEETING_STATES[found.state],
        "invited_at": found.attendances.filter(member=seat.member)
        .values_list("invited_at", flat=True)
        .first(),
        "topics": [
            {
                "title": each.title,
                "matter": MATTERS[each.matter],
                "text": each.text,
                "opinions": [said.text for said in opinions if said.topic_id == each.id],
            }
            for each in found.topics.order_by("position", "id")
        ],
        "general": [said.text for said in opinions if said.topic_id is None],
        "outcomes": [outcome_row(each, passed_over=each.id in missed) for each in outcomes],
        "reported": [
            outcome_row(each)
            for each in found.reported.select_related("responsible", "action").order_by("id")
        ],
        "minutes": content_of(found.minutes) if read and found.minutes else None,
        "minutes_status": MINUTES_STATES[now] if found.state == State.HELD else None,
        "to_approve": now == Minutes.WITH_CHAIR and seat.is_chair,
        "by_helper": seat.helper is not None,
        "typed": typed or {},
        **tried.form(request.owner.key(), now=request.now, owners=True),
    }
    return render(request, "meetings/member_meeting.html", context, status=tried.status)
