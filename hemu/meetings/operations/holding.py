"""In the meeting: who is there, what is said to each topic, what is decided, and what came of what was decided before."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from hemu.access.actors import Actor
from hemu.committee.queries import members_of
from hemu.committee.rules import quorum
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import iso_utc, office_day
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.meetings.models import Attendance, Meeting, Outcome
from hemu.meetings.operations.writing import locked, saved, shown, write
from hemu.meetings.queries_planning import next_meeting_at
from hemu.meetings.rules import (
    LONGEST,
    MOST_OUTCOMES,
    OUTCOMES,
    RESULTS,
    State,
    check_begun,
    check_code,
    check_words,
)
from hemu.meetings.rules_planning import MEETING_CLAUSE
from hemu.quality.operations import open_action

CLAUSE = {"resolution": "OC-18", "suggestion": "OC-20"}
MADE = {"resolution": "committee.resolution.made", "suggestion": "committee.suggestion.raised"}


@operation
def sign_in(*, meeting: UUID, members: Sequence[UUID], by: Actor, act: Act, files: Sequence[str]) -> int:
    """Enter which members signed to be there, on the sheet that is shown.

    Returns:
        How many signed with this; who had signed before is not counted again.

    Raises:
        RuleViolation: those of `locked`, ``meeting.not_begun``, ``meeting.no_members``, ``meeting.needs_signature``,
            ``file.not_found``.
    """
    found = locked(meeting, by, "record")
    check_begun(found.starts_at, now=act.at)
    act = shown(act, files, "meeting.needs_signature")
    sitting = members_of(found.community, on=office_day(found.starts_at))
    signed = set(found.attendances.filter(signed_at__isnull=False).values_list("member_id", flat=True))
    chosen = [each for each in sitting if each.id in members and each.id not in signed]
    if not chosen:
        raise RuleViolation("meeting.no_members")
    for number, member in enumerate(chosen):
        Attendance.objects.update_or_create(meeting=found, member=member, defaults={"signed_at": act.at})
        facts = {"member": str(member.id)}
        write(
            found.community,
            found.subject,
            "committee.attendance.signed",
            act,
            facts,
            clause=MEETING_CLAUSE[found.kind],
            files=files if number == 0 else (),
        )
    return len(chosen)


@operation
def note_topic(*, meeting: UUID, topic: UUID, words: str, by: Actor, act: Act) -> Meeting:
    """Keep what is said to a topic, as the draft of the minutes; the minutes that are handed in are the record.

    Raises:
        RuleViolation: those of `locked`, ``meeting.not_begun``, ``meeting.no_topic``, ``meeting.too_long``,
            ``meeting.minutes_handed_in``.
    """
    found = _recording(meeting, by, act)
    if len(words := words.replace("\r\n", "\n").strip()) > LONGEST:
        raise RuleViolation("meeting.too_long", limit=LONGEST)
    if not found.topics.filter(id=topic).update(discussion=words):
        raise RuleViolation("meeting.no_topic")
    return found


@operation
def decide(
    *,
    meeting: UUID,
    kind: str,
    text: str,
    to: str,
    do_by: datetime,
    by: Actor,
    act: Act,
    topic: UUID | None = None,
) -> Outcome:
    """Enter a resolution or a suggestion with who answers for it until when: a corrective action of its own follows,
    and it is owed to be reported back at the next meeting (OC-18, OC-20).

    Args:
        kind: one of ``rules.OUTCOMES``.
        to: who answers for it, ``staff:…``.

    Raises:
        RuleViolation: those of `locked`, ``meeting.not_begun``, ``meeting.unknown_value``, ``meeting.no_words``,
            ``meeting.too_long``, ``meeting.no_topic``, ``meeting.too_many_outcomes``, ``meeting.minutes_handed_in``,
            and those of `open_action`.
    """
    found = _recording(meeting, by, act)
    if found.outcomes.count() >= MOST_OUTCOMES:
        raise RuleViolation("meeting.too_many_outcomes", limit=MOST_OUTCOMES)
    about = found.topics.filter(id=topic).first() if topic else None
    if topic and about is None:
        raise RuleViolation("meeting.no_topic")
    outcome = Outcome(
        id=new_id(act.recorded_at),
        meeting=found,
        topic=about,
        kind=check_code("kind", kind, OUTCOMES),
        text=check_words(text),
        do_by=do_by,
    )
    outcome.action = open_action(
        community=found.community,
        by=by,
        act=act,
        words=outcome.text,
        kind="other",
        to=to,
        do_by=do_by,
        source="committee",
        about=outcome.subject,
    )
    outcome.responsible_id = outcome.action.responsible_id
    outcome.save(force_insert=True)
    facts = {
        "topic": str(about.id) if about else None,
        "to": to,
        "do_by": iso_utc(do_by),
        "next_meeting_at": iso_utc(next_meeting_at(found, now=act.recorded_at)),
        "action": outcome.action.number,
    }
    write(found.community, outcome.subject, MADE[kind], act, facts, clause=CLAUSE[kind], words=outcome.text)
    return outcome


@operation
def report_back(*, outcome: UUID, meeting: UUID, result: str, words: str, by: Actor, act: Act) -> Entry:
    """Report at a later meeting what came of a resolution or a suggestion (OC-18, OC-20).

    Args:
        meeting: at which it is reported.
        result: one of ``rules.RESULTS``.

    Raises:
        RuleViolation: those of `locked`, ``meeting.not_begun``, ``meeting.unknown_value``, ``meeting.no_words``,
            ``meeting.too_long``, ``meeting.no_outcome``, ``meeting.minutes_handed_in``.
    """
    found = _recording(meeting, by, act)
    rows = Outcome.objects.select_for_update(of=("self",)).filter(
        meeting__community=found.community_id, reported_at__isnull=True, id=outcome
    )
    row = rows.exclude(meeting=found).first()
    if row is None:
        raise RuleViolation("meeting.no_outcome")
    row.result, row.report = check_code("result", result, RESULTS), check_words(words)
    row.reported_at, row.reported_in = act.at, found
    row.save(update_fields=["result", "report", "reported_at", "reported_in"])
    kind = f"committee.{row.kind}.reported_back"
    facts = {"result": result, "meeting": str(found.id)}
    return write(found.community, row.subject, kind, act, facts, clause=CLAUSE[row.kind], words=row.report)


@operation
def hold_meeting(*, meeting: UUID, by: Actor, act: Act, words: str = "") -> Entry:
    """Say that a meeting was held, with who was there; whether that is a quorum is shown, not decided (OC-01 to OC-03).

    Raises:
        RuleViolation: those of `locked`, ``meeting.not_begun``, ``meeting.nobody_there``.
    """
    found = locked(meeting, by, "hold")
    check_begun(found.starts_at, now=act.at)
    present = found.attendances.filter(signed_at__isnull=False).count()
    if not present:
        raise RuleViolation("meeting.nobody_there")
    members = len(members_of(found.community, on=office_day(found.starts_at)))
    found.state, found.held_at = State.HELD, act.at
    saved(found, "state", "held_at")
    facts = {
        "kind": found.kind,
        "present": present,
        "members": members,
        "quorum": present >= quorum(members),
    }
    clause = MEETING_CLAUSE[found.kind]
    return write(
        found.community,
        found.subject,
        "committee.meeting.held",
        act,
        facts,
        clause=clause,
        words=words.strip(),
    )


def _recording(meeting: UUID, by: Actor, act: Act) -> Meeting:
    found = locked(meeting, by, "record")
    check_begun(found.starts_at, now=act.at)
    if found.minutes_id:
        raise RuleViolation("meeting.minutes_handed_in")
    return found
