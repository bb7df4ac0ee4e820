"""The page that stands open during a meeting: who is there, what is said to each topic, what is decided; typed on a tablet."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried
from hemu.committee.web.frame import frame
from hemu.infra.moments import office_day
from hemu.infra.web.needs import needs
from hemu.meetings.models import Meeting
from hemu.meetings.queries import open_outcomes
from hemu.meetings.rules import OUTCOMES, RESULTS, State
from hemu.meetings.web.meeting import found_or_404, member_rows, opinion_row
from hemu.meetings.web.rows import outcome_row
from hemu.meetings.wording import MATTERS, MEETING_KINDS, MEETING_STATES
from hemu.meetings.wording import OUTCOMES as OUTCOME_WORDS
from hemu.meetings.wording import RESULTS as RESULT_WORDS
from hemu.quality.queries import workers_of

MONTH = timedelta(days=30)


@needs("meeting.keep")
@require_GET
def meeting_record(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Show what is written during the meeting."""
    staff = cast("StaffRequest", request)
    return show_record(staff, found_or_404(staff, meeting, "meeting.keep"))


def show_record(
    staff: StaffRequest, found: Meeting, typed: Mapping[str, str] | None = None, tried: Tried = UNTRIED
) -> HttpResponse:
    """Show the page of the meeting itself; after a refusal with what was typed."""
    today = office_day(staff.now)
    context = (
        frame(staff, found.community, "meetings")
        | member_rows(found)
        | {
            "meeting": found,
            "kind": MEETING_KINDS[found.kind],
            "status": MEETING_STATES[found.state],
            "held": found.state == State.HELD,
            "over": found.minutes_id is not None,
            "topics": _topics(found),
            "rest": [outcome_row(each) for each in _outcomes(found) if each.topic_id is None],
            "carried": [outcome_row(each) for each in open_outcomes(found.community, before=found)],
            "reported": [
                outcome_row(each)
                for each in found.reported.select_related("responsible", "action").order_by("id")
            ],
            "kinds": [(code, OUTCOME_WORDS[code]) for code in OUTCOMES],
            "results": [(code, RESULT_WORDS[code].word) for code in RESULTS],
            "workers": workers_of(found.community, on=today),
            "do_by": (today + MONTH).isoformat(),
            "typed": typed or {},
            **tried.form(staff.actor.key, now=staff.now),
        }
    )
    return render(staff, "meetings/record.html", context, status=tried.status)


def _outcomes(found: Meeting) -> list[Any]:
    return list(found.outcomes.select_related("responsible", "action").order_by("id"))


def _topics(found: Meeting) -> list[dict[str, Any]]:
    outcomes, opinions = (
        _outcomes(found),
        list(found.opinions.select_related("home").order_by("given_at", "id")),
    )
    return [
        {
            "id": str(each.id),
            "number": number,
            "title": each.title,
            "matter": MATTERS[each.matter],
            "text": each.text,
            "discussion": each.discussion,
            "opinions": [opinion_row(said) for said in opinions if said.topic_id == each.id],
            "outcomes": [outcome_row(made) for made in outcomes if made.topic_id == each.id],
        }
        for number, each in enumerate(found.topics.order_by("position", "id"), start=1)
    ]
