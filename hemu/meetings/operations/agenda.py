"""Before a meeting: topics with their reports, the notice that tells owners, their opinions, the invitations."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from hemu.access.actors import Actor
from hemu.committee.models import Member
from hemu.committee.queries import members_of
from hemu.estate.models import Community, Home, Person
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import iso_utc, office_day
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.meetings.models import Attendance, Meeting, Opinion, Topic
from hemu.meetings.operations.writing import locked, saved, shown, write
from hemu.meetings.queries_papers import agenda_words
from hemu.meetings.queries_planning import opinions_until
from hemu.meetings.rules import (
    LONGEST,
    MATTERS,
    MOST_TOPICS,
    State,
    check_code,
    check_collecting,
    check_line,
    check_words,
    opinions_open,
)
from hemu.notices.models import Notice
from hemu.notices.operations_notices import draft_notice, post_notice


@operation
def submit_topic(
    *,
    community: Community,
    matter: str,
    title: str,
    text: str,
    by: Actor,
    act: Act,
    files: Sequence[str] = (),
    meeting: UUID | None = None,
) -> Topic:
    """Submit a matter with its report (OC-15), on the agenda of a meeting or waiting for the next one.

    A matter that asks for the committee's consent (``consent``) owes a special meeting from now on (OC-02).

    Raises:
        RuleViolation: ``access.denied``, ``meeting.unknown_value``, ``meeting.no_title``, ``meeting.no_words``,
            ``meeting.too_long``, ``meeting.too_many_topics``, ``file.not_found``, and those of `locked`.
    """
    by.require("meeting.keep", community.office_id)
    found = locked(meeting, by, "prepare") if meeting else None
    topic = Topic(
        id=new_id(act.recorded_at),
        community=community,
        matter=check_code("matter", matter, MATTERS),
        title=check_line(title, "meeting.no_title"),
        text=check_words(text),
        entered_at=act.at,
        entered_by_id=by.staff_id,
    )
    if found:
        _put(topic, found)
    topic.save(force_insert=True)
    if matter == "consent":
        asked = {"matter": matter}
        write(
            community,
            topic.subject,
            "committee.consent.needed",
            act,
            asked,
            clause="OC-02",
            words=topic.title,
        )
    facts = {"matter": matter, "meeting": str(found.id) if found else None}
    said = f"{topic.title}\n{topic.text}"
    write(
        community,
        topic.subject,
        "committee.topic_report.submitted",
        act,
        facts,
        clause="OC-15",
        words=said,
        files=files,
    )
    return topic


@operation
def put_on_agenda(*, meeting: UUID, topics: Sequence[UUID], by: Actor) -> int:
    """Put topics that wait on the agenda of a meeting; return how many there were. Theirs is an entry already.

    Raises:
        RuleViolation: those of `locked`, ``meeting.too_many_topics``.
    """
    found = locked(meeting, by, "prepare")
    waiting = Topic.objects.select_for_update().filter(
        community=found.community_id, meeting__isnull=True, id__in=topics
    )
    count = 0
    for topic in waiting.order_by("id"):
        _put(topic, found)
        topic.save(update_fields=["meeting", "position"])
        count += 1
    return count


def _put(topic: Topic, meeting: Meeting) -> None:
    taken = meeting.topics.count()
    if taken >= MOST_TOPICS:
        raise RuleViolation("meeting.too_many_topics", limit=MOST_TOPICS)
    topic.meeting, topic.position = meeting, taken + 1


@operation
def draft_agenda(*, meeting: UUID, places: Sequence[str], by: Actor, act: Act) -> Notice:
    """Draft the notice that tells all owners of time and topics; it is approved and sealed as any other.

    Drafted again, for a new time or another topic, it replaces the issued one.

    Raises:
        RuleViolation: those of `locked`, ``meeting.no_topics``, and those of `draft_notice`.
    """
    found = locked(meeting, by, "prepare")
    topics = list(found.topics.order_by("position", "id"))
    if not topics:
        raise RuleViolation("meeting.no_topics")
    title, body = agenda_words(found, topics)
    old = found.agenda
    notice = draft_notice(
        community=found.community,
        kind="general",
        title=title,
        body=body,
        since=office_day(act.recorded_at),
        until=max(office_day(found.starts_at), office_day(act.recorded_at)),
        by=by,
        act=act,
        channels=("board", "app"),
        places=places,
        replaces=old if old and old.state == "issued" else None,
        subject=found.subject,
    )
    found.agenda = notice.document
    saved(found, "agenda")
    return notice


@operation
def publish_agenda(*, meeting: UUID, place: str, by: Actor, act: Act, files: Sequence[str] = ()) -> Entry:
    """Post the sealed notice of a meeting, shown by a photo: owners have been told of its time and topics (OC-16).

    One that hangs already, posted among the notices, counts from when it was posted first.

    Raises:
        RuleViolation: those of `locked`, ``meeting.no_agenda``, and those of `post_notice`.
    """
    found = locked(meeting, by, "prepare")
    notice = Notice.objects.filter(document=found.agenda_id).first() if found.agenda_id else None
    if notice is None:
        raise RuleViolation("meeting.no_agenda")
    posted_at = (
        notice.posted_at
        or post_notice(document=notice.document_id, place=place, by=by, act=act, files=files).posted_at
    )
    found.told_at, found.collected_at = posted_at, None
    saved(found, "told_at", "collected_at")
    facts = {"paper": str(notice.document_id), "topics": found.topics.count()}
    act = replace(act, at=posted_at, proof=Proof.DEVICE)
    return write(found.community, found.subject, "committee.agenda.published", act, facts, clause="OC-16")


@operation
def invite(*, meeting: UUID, members: Sequence[UUID], by: Actor, act: Act, words: str = "") -> int:
    """Invite members of the committee: time, place and topics stand on their page and in a calendar file (OC-23).

    Args:
        members: of the committee on the day of the meeting; none: all of them.
        words: how they were told besides, for who looks at no page: a card handed over, a call.

    Raises:
        RuleViolation: those of `locked`, ``meeting.no_members``.
    """
    found = locked(meeting, by, "prepare")
    sitting = members_of(found.community, on=office_day(found.starts_at))
    chosen = [each for each in sitting if not members or each.id in members]
    if not chosen:
        raise RuleViolation("meeting.no_members")
    for member in chosen:
        _invite(found, member, act, words)
    return len(chosen)


def _invite(found: Meeting, member: Member, act: Act, words: str) -> None:
    Attendance.objects.update_or_create(meeting=found, member=member, defaults={"invited_at": act.at})
    facts = {
        "member": str(member.id),
        "planned_at": iso_utc(found.starts_at),
        "channel": "paper" if words.strip() else "page",
    }
    write(
        found.community,
        found.subject,
        "committee.invitation.sent",
        act,
        facts,
        clause="OC-23",
        words=words.strip(),
    )


# ── what owners write ────────────────────────────────────────────────────────


@operation
def give_opinion(
    *, meeting: Meeting, topic: UUID | None, text: str, home: Home, person: Person, act: Act
) -> Opinion:
    """Keep what an owner wrote on their own page within the ten days (OC-17).

    Args:
        topic: of the meeting; None: about the meeting as a whole.
        act: the owner's own.

    Raises:
        RuleViolation: ``meeting.not_open``, ``meeting.no_words``, ``meeting.too_long``, ``meeting.no_topic``.
    """
    found = (
        Meeting.objects.select_for_update(of=("self",)).select_related("community__office").get(id=meeting.id)
    )
    _check_open(found, act)
    given = replace(act, proof=Proof.OWN)
    return _keep(found, topic, text, given, {"channel": "page"}, home=home, person=person)


@operation
def enter_opinion(
    *,
    meeting: UUID,
    topic: UUID | None,
    text: str,
    home: Home | None,
    by: Actor,
    act: Act,
    files: Sequence[str],
) -> Opinion:
    """Enter what an owner handed in on paper, with its scan; when it came in (`act.at`) counts (OC-17).

    Raises:
        RuleViolation: those of `locked` and `give_opinion`, ``meeting.needs_sheet``, ``file.not_found``.
    """
    found = locked(meeting, by, "prepare")
    _check_open(found, act)
    act = shown(act, files, "meeting.needs_sheet")
    return _keep(found, topic, text, act, {"channel": "paper"}, home=home, files=files)


def _check_open(found: Meeting, act: Act) -> None:
    until = opinions_until(found, on=act.at)
    told_on = office_day(found.told_at) if found.told_at else None
    planned = found.state in (State.PLANNED, State.ASKED)
    if (
        not planned
        or until is None
        or not opinions_open(
            office_day(act.at), told_on=told_on, until=until, meets_on=office_day(found.starts_at)
        )
    ):
        raise RuleViolation("meeting.not_open")


def _keep(
    found: Meeting,
    topic: UUID | None,
    text: str,
    act: Act,
    facts: Mapping[str, str],
    *,
    home: Home | None,
    person: Person | None = None,
    files: Sequence[str] = (),
) -> Opinion:
    about = found.topics.filter(id=topic).first() if topic else None
    if topic and about is None:
        raise RuleViolation("meeting.no_topic")
    opinion = Opinion.objects.create(
        id=new_id(act.recorded_at),
        meeting=found,
        topic=about,
        home=home,
        person=person,
        text=check_words(text)[:LONGEST],
        channel=facts["channel"],
        given_at=act.at,
    )
    said = {**facts, "topic": str(about.id) if about else None}
    write(
        found.community,
        found.subject,
        "committee.opinion.given",
        act,
        said,
        clause="OC-17",
        words=opinion.text,
        files=files,
    )
    return opinion


@operation
def collect_opinions(*, meeting: UUID, by: Actor, act: Act) -> Entry:
    """Say on the last of the ten days, or after it, that what owners wrote is collected for the meeting (OC-17).

    Raises:
        RuleViolation: those of `locked`, ``meeting.not_told``, ``meeting.still_open`` (until).
    """
    found = locked(meeting, by, "prepare")
    until = opinions_until(found, on=act.at)
    today: date = office_day(act.at)
    check_collecting(
        today, told_on=office_day(found.told_at) if found.told_at else None, until=until or today
    )
    found.collected_at = act.at
    saved(found, "collected_at")
    facts = {"opinions": found.opinions.count()}
    return write(found.community, found.subject, "committee.opinion.collected", act, facts, clause="OC-17")
