"""The minutes: handed in to the company's leader, approved by the chair, published to all owners (OC-19)."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from hemu.access.actors import Actor
from hemu.committee.queries import Seat
from hemu.foundation.errors import RuleViolation
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.meetings.models import Meeting
from hemu.meetings.operations.writing import locked, saved, shown, write
from hemu.meetings.queries_minutes import digest_of, stands
from hemu.meetings.queries_papers import minutes_words
from hemu.meetings.rules import Minutes, State, check_words
from hemu.papers.models import Document
from hemu.papers.operations import draft_paper, submit_paper

PAPER_KIND = "committee_minutes"


@operation
def hand_in_minutes(*, meeting: UUID, by: Actor, act: Act) -> Document:
    """Set what was written in the meeting down as a paper and hand it in: first the leader reads it.

    What is changed from then on is changed on the paper, with a round of reading and approval of its own.

    Raises:
        RuleViolation: those of `locked`, ``meeting.minutes_handed_in``, and those of `draft_paper`.
    """
    found = locked(meeting, by, "report")
    if found.minutes and found.minutes.state != "void":
        raise RuleViolation("meeting.minutes_handed_in")
    title, body = minutes_words(found)
    office = found.community.office
    said = {"title": title, "body": body}
    paper = draft_paper(
        kind=PAPER_KIND, office=office, community=found.community, by=by, act=act, content=said
    )
    paper = submit_paper(document=paper.id, by=by, act=act)
    found.minutes = paper
    saved(found, "minutes")
    facts = {"paper": str(paper.id)}
    write(found.community, found.subject, "committee.minutes.handed_in", act, facts, clause="OC-19")
    return paper


@operation
def answer_minutes(
    *, meeting: UUID, digest: str, agree: bool, seat: Seat, act: Act, words: str = ""
) -> Entry:
    """Approve the minutes as their chair on the chair's own page, or send them back with the reason.

    Args:
        digest: of the words that were read; others are not approved by it.

    Raises:
        RuleViolation: ``meeting.not_found``, ``meeting.chair_only``, ``meeting.not_with_chair``,
            ``meeting.other_words``, ``meeting.no_words``.
    """
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("community__office")
    found = rows.filter(id=meeting, community=seat.community, state=State.HELD).first()
    if found is None:
        raise RuleViolation("meeting.not_found")
    if not seat.is_chair:
        raise RuleViolation("meeting.chair_only")
    # A helper acts in the chair's name, but the word is not the chair's own.
    act = replace(act, actor=seat.key, proof=Proof.WORD if seat.helper else Proof.OWN)
    return _answer(found, digest, agree, act, "page", words)


@operation
def enter_answer(
    *, meeting: UUID, digest: str, agree: bool, by: Actor, act: Act, files: Sequence[str], words: str = ""
) -> Entry:
    """Enter what the chair signed on paper: approved, or sent back; its scan is the proof.

    Raises:
        RuleViolation: those of `locked`, ``meeting.needs_sheet``, and those of `answer_minutes`.
    """
    found = locked(meeting, by, "report")
    act = shown(act, files, "meeting.needs_sheet")
    return _answer(found, digest, agree, act, "paper", words, files)


def _answer(
    found: Meeting, digest: str, agree: bool, act: Act, channel: str, words: str, files: Sequence[str] = ()
) -> Entry:
    if stands(found) != Minutes.WITH_CHAIR or found.minutes is None:
        raise RuleViolation("meeting.not_with_chair")
    if digest != digest_of(found.minutes):
        raise RuleViolation("meeting.other_words")
    if agree:
        found.approved_digest, found.approved_at = digest, act.at
    else:
        found.returned_digest, found.returned_why = digest, check_words(words)
    saved(found, "approved_digest", "approved_at", "returned_digest", "returned_why")
    kind = "committee.minutes.approved" if agree else "committee.minutes.returned"
    facts = {"paper": str(found.minutes_id), "paper_digest": digest, "channel": channel}
    return write(
        found.community, found.subject, kind, act, facts, clause="OC-19", words=words.strip(), files=files
    )


@operation
def publish_minutes(*, meeting: UUID, by: Actor, act: Act, files: Sequence[str] = ()) -> Entry:
    """Publish approved and sealed minutes to all owners: on their page from now on, and on the board as the photo shows.

    Raises:
        RuleViolation: those of `locked`, ``meeting.not_approved``, ``file.not_found``.
    """
    found = locked(meeting, by, "report")
    if stands(found) != Minutes.TO_PUBLISH:
        raise RuleViolation("meeting.not_approved")
    if files:
        act = shown(act, files, "meeting.needs_sheet")
    found.published_at = act.at
    saved(found, "published_at")
    facts = {"paper": str(found.minutes_id)}
    return write(
        found.community, found.subject, "committee.minutes.published", act, facts, clause="OC-19", files=files
    )
