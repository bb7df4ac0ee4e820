"""Planning a meeting, moving it, and putting it off or calling it off with the leader's consent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from hemu.access.actors import Actor
from hemu.duties.models import Duty
from hemu.duties.operations import excuse, postpone
from hemu.estate.models import Community
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import iso_utc, office_day
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.meetings.models import Meeting
from hemu.meetings.operations.writing import locked, saved, write
from hemu.meetings.queries_planning import periodic_duties
from hemu.meetings.rules import (
    KINDS,
    LONGEST_PLACE,
    STEPS,
    State,
    check_code,
    check_line,
    check_start,
    check_words,
    needs_consent,
)
from hemu.meetings.rules_planning import MEETING_CLAUSE


@operation
def schedule_meeting(
    *,
    community: Community,
    kind: str,
    starts: datetime | None,
    place: str,
    by: Actor,
    act: Act,
    words: str = "",
) -> Meeting:
    """Plan a meeting with the committee: what must be done beforehand is owed from now on (OC-01 to OC-03, OC-16).

    Nothing keeps an office from planning one for which some step is late already: what was not done in time shows so.

    Args:
        kind: one of ``rules.KINDS``.
        place: in 60 signs.

    Raises:
        RuleViolation: ``access.denied``, ``meeting.unknown_value``, ``meeting.no_time``, ``meeting.in_past``,
            ``meeting.too_far``, ``meeting.no_place``, ``meeting.too_long``.
    """
    by.require("meeting.keep", community.office_id)
    starts = check_start(starts, now=act.recorded_at)
    meeting = Meeting(
        id=new_id(act.recorded_at),
        community=community,
        kind=check_code("kind", kind, KINDS),
        place=check_line(place, "meeting.no_place", LONGEST_PLACE),
        starts_at=starts,
        first_starts_at=starts,
        state=STEPS.start,
        planned_at=act.at,
        planned_by_id=by.staff_id,
    )
    meeting.save(force_insert=True)
    facts = {"kind": kind, "planned_at": iso_utc(starts)}
    write(
        community,
        meeting.subject,
        "committee.meeting.scheduled",
        act,
        facts,
        clause=MEETING_CLAUSE[kind],
        words=words.strip(),
    )
    return meeting


@operation
def move_meeting(
    *,
    meeting: UUID,
    starts: datetime | None,
    place: str,
    by: Actor,
    act: Act,
    words: str,
    version: int | None = None,
) -> Entry:
    """Move a meeting within its period while owners have not been told yet; what is owed beforehand moves with it.

    Raises:
        RuleViolation: ``meeting.not_found``, ``meeting.stale``, ``step.not_allowed``, ``access.denied``,
            ``meeting.needs_consent`` (ask the leader first), ``meeting.no_words`` and those of `schedule_meeting`.
    """
    found = locked(meeting, by, "move", version=version)
    starts = check_start(starts, now=act.recorded_at)
    said = check_words(words)
    if starts != found.starts_at and _asks_the_leader(found, starts, act):
        raise RuleViolation("meeting.needs_consent")
    found.starts_at, found.place = starts, check_line(place, "meeting.no_place", LONGEST_PLACE)
    saved(found, "starts_at", "place")
    return _write(found, "committee.meeting.moved", act, _meets(found), said)


@operation
def ask_to_postpone(
    *,
    meeting: UUID,
    starts: datetime | None,
    by: Actor,
    act: Act,
    words: str,
    files: Sequence[str] = (),
    version: int | None = None,
) -> Entry:
    """Ask the company's leader to consent to putting a meeting off, or to calling it off (OC-21).

    Args:
        starts: the new time; None: it is to be called off.
        words: the reason; the committee reads it.

    Raises:
        RuleViolation: ``meeting.not_found``, ``meeting.stale``, ``step.not_allowed``, ``access.denied``,
            ``meeting.in_past``, ``meeting.too_far``, ``meeting.no_reason``, ``file.not_found``.
    """
    found = locked(meeting, by, "ask", version=version)
    found.asked_to = check_start(starts, now=act.recorded_at) if starts else None
    found.reason, found.state = check_words(words, "meeting.no_reason"), State.ASKED
    saved(found, "asked_to", "reason", "state")
    facts = {"put_off_to": iso_utc(starts) if starts else None, "call_off": starts is None}
    return _write(found, "committee.meeting.postponement_requested", act, facts, found.reason, files)


@operation
def answer_postponement(
    *, meeting: UUID, agree: bool, by: Actor, act: Act, words: str = "", version: int | None = None
) -> Entry:
    """Consent to putting a meeting off or calling it off, or refuse; only the company's leader does (OC-21).

    The quarter's duty moves to the new day or is excused, where it is watched and not past its due time.

    Raises:
        RuleViolation: ``meeting.not_found``, ``meeting.stale``, ``step.not_allowed``, ``access.denied``,
            ``meeting.in_past`` (the day asked for has passed), ``meeting.no_words`` (a refusal says why).
    """
    rows = Meeting.objects.filter(by.within("meeting.consent"), id=meeting).values_list("asked_to", flat=True)
    to = rows.first()
    step = "refuse" if not agree else "put_off" if to else "call_off"
    found = locked(meeting, by, step, permission="meeting.consent", version=version)
    if not agree:
        found.state = State.PLANNED
        saved(found, "state")
        return _write(found, "committee.meeting.postponement_refused", act, {}, check_words(words))
    if to:
        found.starts_at, found.told_at, found.collected_at = check_start(to, now=act.recorded_at), None, None
    found.state = State.PLANNED if to else State.CANCELLED
    saved(found, "starts_at", "told_at", "collected_at", "state")
    _put_duties_off(found, to, by, act)
    facts = {**_meets(found), "call_off": True} if to is None else {**_meets(found), "call_off": False}
    return _write(found, "committee.meeting.postponed", act, facts, words.strip())


def _put_duties_off(found: Meeting, to: datetime | None, by: Actor, act: Act) -> None:
    """Move the duty of the meeting's period, or excuse it, as the register allows of OC-01."""
    for duty in periodic_duties(found).filter(state=Duty.State.OPEN, due_at__gte=act.recorded_at):
        if duty.clause not in ("OC-01", "OC-01k"):
            continue
        if to is None:
            excuse(duty=duty.id, by=by, act=act, words=found.reason)
        elif duty.due_at and to > duty.due_at:
            postpone(duty=duty.id, by=by, act=act, to=office_day(to), words=found.reason)


def _asks_the_leader(found: Meeting, starts: datetime, act: Act) -> bool:
    time = office_rules(found.community.office, on=act.at).time
    told = found.told_at is not None
    return needs_consent(found.first_starts_at, starts, kind=found.kind, told=told, time=time)


def _meets(found: Meeting) -> dict[str, str]:
    return {"kind": found.kind, "planned_at": iso_utc(found.starts_at)}


def _write(
    found: Meeting, kind: str, act: Act, facts: Mapping[str, object], words: str, files: Sequence[str] = ()
) -> Entry:
    clause = "OC-16" if kind.endswith("moved") else "OC-21"
    return write(found.community, found.subject, kind, act, facts, clause=clause, words=words, files=files)
