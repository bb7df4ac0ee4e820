"""The steps of one meeting, each a form of its page or of the page that stands open during the meeting."""

from collections.abc import Callable, Mapping
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import try_act
from hemu.estate.queries import find_home
from hemu.foundation.errors import RuleViolation
from hemu.infra.web.needs import needs
from hemu.meetings import operations
from hemu.meetings.models import Meeting
from hemu.meetings.web.meeting import found_or_404, show_meeting
from hemu.meetings.web.reading import read_end_of_day, read_id, read_start
from hemu.meetings.web.record import show_record

TYPED = (
    "step", "date", "clock", "place", "places", "words", "topic", "text", "room", "kind", "to", "do_by", "outcome",
    "result", "digest", "agree", "version", "back",
)  # fmt: skip
Asked = Mapping[str, Any]
"""What was typed, with ``known`` (meeting, who, when), ``files`` and the meeting itself as ``found``."""


def _move(asked: Asked) -> object:
    starts = read_start(asked["date"], asked["clock"])
    return operations.move_meeting(
        starts=starts, place=asked["place"], words=asked["words"], **asked["known"]
    )


def _ask(asked: Asked) -> object:
    starts = read_start(asked["date"], asked["clock"])
    if asked["date"] and starts is None:
        raise RuleViolation("meeting.no_time")
    return operations.ask_to_postpone(
        starts=starts, words=asked["words"], files=asked["files"], **asked["known"]
    )


def _agenda(asked: Asked) -> object:
    places = [each.strip() for each in asked["places"].replace("，", "、").split("、") if each.strip()]
    return operations.draft_agenda(places=places, **asked["known"])


def _publish_agenda(asked: Asked) -> object:
    return operations.publish_agenda(place=asked["place"], files=asked["files"], **asked["known"])


def _invite(asked: Asked) -> object:
    return operations.invite(members=asked["members"], words=asked["words"], **asked["known"])


def _put(asked: Asked) -> object:
    return operations.put_on_agenda(
        meeting=asked["known"]["meeting"], topics=asked["topics"], by=asked["known"]["by"]
    )


def _opinion(asked: Asked) -> object:
    home = find_home(asked["found"].community, asked["room"]) if asked["room"] else None
    topic = read_id(asked["topic"])
    return operations.enter_opinion(
        topic=topic, text=asked["text"], home=home, files=asked["files"], **asked["known"]
    )


def _collect(asked: Asked) -> object:
    return operations.collect_opinions(**asked["known"])


def _sign_in(asked: Asked) -> object:
    return operations.sign_in(members=asked["members"], files=asked["files"], **asked["known"])


def _note(asked: Asked) -> object:
    return operations.note_topic(topic=_required(asked["topic"]), words=asked["text"], **asked["known"])


def _decide(asked: Asked) -> object:
    return operations.decide(
        kind=asked["kind"],
        text=asked["text"],
        to=asked["to"],
        do_by=read_end_of_day(asked["do_by"]),
        topic=read_id(asked["topic"]),
        **asked["known"],
    )


def _report_back(asked: Asked) -> object:
    outcome = _required(asked["outcome"])
    return operations.report_back(
        outcome=outcome, result=asked["result"], words=asked["words"], **asked["known"]
    )


def _hold(asked: Asked) -> object:
    return operations.hold_meeting(words=asked["words"], **asked["known"])


def _hand_in(asked: Asked) -> object:
    return operations.hand_in_minutes(**asked["known"])


def _chair(asked: Asked) -> object:
    return operations.enter_answer(
        digest=asked["digest"],
        agree=asked["agree"] == "1",
        words=asked["words"],
        files=asked["files"],
        **asked["known"],
    )


def _publish(asked: Asked) -> object:
    return operations.publish_minutes(files=asked["files"], **asked["known"])


STEPS: dict[str, Callable[[Asked], object]] = {
    "move": _move,
    "ask": _ask,
    "agenda": _agenda,
    "publish_agenda": _publish_agenda,
    "invite": _invite,
    "put": _put,
    "opinion": _opinion,
    "collect": _collect,
    "sign_in": _sign_in,
    "note": _note,
    "decide": _decide,
    "report_back": _report_back,
    "hold": _hold,
    "hand_in": _hand_in,
    "chair": _chair,
    "publish": _publish,
}


@needs("meeting.keep")
@require_POST
def meeting_step(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Take a step (POST: step, what it asks for, files, key; back: ``record`` for the page of the meeting itself)."""
    staff = cast("StaffRequest", request)
    found = found_or_404(staff, meeting, "meeting.keep")
    typed = {name: staff.POST.get(name, "") for name in TYPED}
    members, topics = _ids(staff, "members"), _ids(staff, "topics")

    def act(files: list[str]) -> dict[str, Any]:
        if typed["step"] not in STEPS:
            raise RuleViolation("step.unknown", step=typed["step"][:40], known=list(STEPS))
        by = staff.actor
        known = {"meeting": found.id, "by": by, "act": by.act(now=staff.now)}
        STEPS[typed["step"]](
            {**typed, "known": known, "files": files, "found": found, "members": members, "topics": topics}
        )
        return {}

    body = typed | {"meeting": str(found.id), "chosen": ",".join(str(each) for each in (*members, *topics))}
    tried = try_act(staff, by=staff.actor.key, now=staff.now, typed=body, act=act)
    record = typed["back"] == "record"
    if tried.refusal:
        again = found_or_404(staff, meeting)
        return show_record(staff, again, typed, tried) if record else show_meeting(staff, again, typed, tried)
    return redirect(_back(found, typed, record))


@needs("meeting.consent")
@require_POST
def meeting_consent(request: HttpRequest, meeting: UUID) -> HttpResponse:
    """Answer what was asked of the leader (POST: agree, words, version, key)."""
    staff = cast("StaffRequest", request)
    found = found_or_404(staff, meeting, "meeting.consent")
    typed = {name: staff.POST.get(name, "") for name in ("agree", "words", "version")}

    def act(files: list[str]) -> dict[str, Any]:
        version = typed["version"]
        operations.answer_postponement(
            meeting=found.id,
            agree=typed["agree"] == "1",
            words=typed["words"],
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None,
            by=staff.actor,
            act=staff.actor.act(now=staff.now),
        )
        return {}

    body = typed | {"meeting": str(found.id)}
    tried = try_act(staff, by=staff.actor.key, now=staff.now, typed=body, act=act)
    if tried.refusal:
        return show_meeting(staff, found_or_404(staff, meeting), {**typed, "step": "consent"}, tried)
    return redirect("meeting", found.id)


def _back(found: Meeting, typed: Mapping[str, str], record: bool) -> str:
    if not record:
        return reverse("meeting", args=[found.id])
    anchor = f"#topic-{typed['topic']}" if read_id(typed["topic"]) else ""
    return f"{reverse('meeting_record', args=[found.id])}{anchor}"


def _ids(staff: StaffRequest, name: str) -> list[UUID]:
    return [found for each in staff.POST.getlist(name) if (found := read_id(each))]


def _required(text: str) -> UUID:
    found = read_id(text)
    if found is None:
        raise RuleViolation("meeting.no_topic")
    return found
