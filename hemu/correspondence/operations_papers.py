"""Writing to the owners' committee: a paper is begun, moved, dropped, delivered with a receipt, and answered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from hemu.access.actors import Actor
from hemu.attachments.models import KeptFile
from hemu.attachments.operations import append_with_files
from hemu.committee.models import Member
from hemu.committee.queries import Seat
from hemu.correspondence.models import Letter, Receipt
from hemu.correspondence.queries import matters_of
from hemu.correspondence.queries_papers import paper_begins
from hemu.correspondence.rules import (
    ANSWERING,
    APPLICATION,
    LONGEST_NUMBER,
    LONGEST_TITLE,
    PAGE,
    check_answer,
    check_arose,
    check_delivery,
    check_matter,
    check_planned,
    check_words,
)
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, iso_utc, office_day
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.papers.operations import draft_paper

DELIVERED = {
    "application": "committee.application.delivered",
    "notification": "committee.notification.delivered",
}


@operation
def write_letter(
    *,
    community: Community,
    sort: str,
    matter: str,
    title: str,
    grounds: str,
    by: Actor,
    act: Act,
    planned_on: date | None = None,
    arose_at: datetime | None = None,
    emergency: bool = False,
    enclosures: str = "",
    files: Sequence[str] = (),
) -> Letter:
    """Begin a paper to the committee; its clock runs from now on (OC-09: back from the day, OC-10: from the moment).

    Args:
        sort: ``application`` (申报, takes ``planned_on``) or ``notification`` (通报, takes ``arose_at``).
        matter: one of what the clause in force names.
        grounds: what it is about and why.
        enclosures: their names, one a line; the ``files`` are they themselves.

    Raises:
        RuleViolation: ``access.denied``, ``correspondence.unknown_sort``, ``correspondence.unknown_matter``,
            ``correspondence.no_day``, ``correspondence.day_over``, ``correspondence.too_far``,
            ``correspondence.no_moment``, ``correspondence.to_come``, ``correspondence.no_words``,
            ``correspondence.too_long``, ``file.not_found`` and those of ``draft_paper``.
    """
    by.require("correspondence.step", community.office_id)
    check_matter(sort, matter, matters_of(community, sort, on=act.recorded_at))
    if sort == APPLICATION:
        planned_on, arose_at = check_planned(planned_on, today=office_day(act.recorded_at)), None
    else:
        planned_on, arose_at = None, check_arose(arose_at, now=act.recorded_at)
    grounds, enclosures = check_words(grounds), check_words(enclosures, needed=False)
    times: dict[str, Any] = {"planned_on": planned_on, "arose_at": arose_at}
    said = paper_begins(sort=sort, community=community, grounds=grounds, enclosures=enclosures, **times)
    paper = draft_paper(
        kind=sort,
        office=community.office,
        community=community,
        by=by,
        act=act,
        content={"title": check_words(title, limit=LONGEST_TITLE), **said},
    )
    letter = Letter.objects.create(
        document=paper,
        community=community,
        sort=sort,
        matter=matter,
        **times,
        emergency=emergency and sort != APPLICATION,
        enclosures=enclosures,
        changed_at=act.recorded_at,
    )
    _append_beginning(letter, act, files)
    return letter


def _append_beginning(letter: Letter, act: Act, files: Sequence[str]) -> None:
    words = {"text": letter.document.title}
    if letter.planned_on:
        facts = {"planned_at": _planned_at(letter.planned_on)}
        _append(letter, "committee.application.planned", act, facts, words, files)
    elif letter.arose_at:
        arose = replace(act, at=letter.arose_at)
        _append(letter, "committee.matter.arose", arose, {"emergency": letter.emergency}, words, files)


def _planned_at(day: date) -> str:
    return iso_utc(datetime.combine(day, time(), OFFICE_ZONE))


@operation
def move_letter(
    *, document: UUID, planned_on: date | None, words: str, by: Actor, act: Act, version: int
) -> Entry:
    """Plan an application's matter for another day; what was owed for the old day is owed for the new one.

    Raises:
        RuleViolation: ``correspondence.not_found``, ``correspondence.stale`` (version), ``correspondence.not_planned``,
            ``correspondence.over``, ``correspondence.no_day``, ``correspondence.day_over``, ``correspondence.too_far``,
            ``correspondence.no_words``, ``correspondence.too_long``.
    """
    letter = _locked(document, by, version)
    if letter.sort != APPLICATION:
        raise RuleViolation("correspondence.not_planned")
    if letter.answered_at or letter.dropped_at:
        raise RuleViolation("correspondence.over")
    letter.planned_on = check_planned(planned_on, today=office_day(act.recorded_at))
    _save(letter, act, "planned_on")
    facts = {"planned_at": _planned_at(letter.planned_on)}
    return _append(letter, "committee.application.moved", act, facts, {"why": check_words(words)})


@operation
def drop_letter(*, document: UUID, words: str, by: Actor, act: Act, version: int) -> Entry:
    """Say that a paper is not to be sent any more, and why; nothing is owed of it from now on.

    Raises:
        RuleViolation: ``correspondence.not_found``, ``correspondence.stale`` (version), ``correspondence.over``,
            ``correspondence.no_words``, ``correspondence.too_long``.
    """
    letter = _locked(document, by, version)
    if letter.delivered_at or letter.dropped_at:
        raise RuleViolation("correspondence.over")
    letter.dropped_at, letter.drop_reason = act.at, check_words(words)
    _save(letter, act, "dropped_at", "drop_reason")
    return _append(letter, "committee.paper.dropped", act, {}, {"why": letter.drop_reason})


# ── delivery, with its receipt ───────────────────────────────────────────────


@operation
def deliver_letter(
    *,
    document: UUID,
    way: str,
    by: Actor,
    act: Act,
    member: UUID | None = None,
    number: str = "",
    words: str = "",
    files: Sequence[str] = (),
) -> Receipt:
    """Enter that a paper was handed over or sent by post, with its receipt (OC-11); the first one delivers it.

    Args:
        way: ``hand`` (a signature on the glass, or the signed slip's scan) or ``post`` (its number, or its scan).
        member: who took it; None where it was left with the committee as such.
        number: of the postal receipt.
        words: what is to be said of it, as who signed where that was no member.

    Raises:
        RuleViolation: ``correspondence.not_found``, ``correspondence.not_issued``, ``correspondence.unknown_way``,
            ``correspondence.needs_signature``, ``correspondence.needs_number``, ``correspondence.taken_already``,
            ``correspondence.unknown_member``, ``correspondence.too_long``, ``file.not_found``.
    """
    letter = _locked(document, by, None)
    taker = member_of(letter.community, member)
    number = number.strip()[:LONGEST_NUMBER]
    act, way = shown_by(act, way, number=number, files=files)
    receipt = Receipt(letter=letter, way=way, at=act.at, member=taker, number=number, by_id=by.staff_id)
    said = {"text": check_words(words, needed=False), "receipt_number": number}
    _take(letter, receipt, act, said, files)
    return receipt


@operation
def open_letter(*, document: UUID, seat: Seat, now: datetime) -> Receipt:
    """Open a paper on the committee's page, by which a member takes it; opened again it stays taken once.

    Raises:
        RuleViolation: ``correspondence.not_found``, ``correspondence.not_issued``.
    """
    letter = locked_for(seat, document)
    taken = Receipt.objects.filter(letter=letter, member=seat.member).first()
    if taken:
        return taken
    receipt = Receipt(letter=letter, way=PAGE, at=now, member_id=seat.member, helper_id=seat.helper)
    _take(letter, receipt, own_act(seat, now), {}, (), seat=seat)
    return receipt


def _take(
    letter: Letter,
    receipt: Receipt,
    act: Act,
    words: Mapping[str, str],
    files: Sequence[str],
    *,
    seat: Seat | None = None,
) -> None:
    """Keep a receipt; the first one is the paper's delivery, the same act of the same person."""
    if letter.document.state != "issued" or letter.dropped_at:
        raise RuleViolation("correspondence.not_issued")
    if receipt.member_id and Receipt.objects.filter(letter=letter, member=receipt.member_id).exists():
        raise RuleViolation("correspondence.taken_already")
    receipt.save()
    facts = {"delivery": receipt.way}
    person = str(receipt.member.person_id) if receipt.member else None
    who = seat_facts(seat) if seat else {"person": person}
    _append(letter, "committee.paper.receipted", act, facts | who, words, files)
    if letter.delivered_at is None:
        letter.delivered_at = act.at
        _save(letter, act, "delivered_at")
        _append(letter, DELIVERED[letter.sort], act, facts)


def shown_by(act: Act, way: str, *, number: str, files: Sequence[str]) -> tuple[Act, str]:
    """Return the act with the proof that its files are, and how a paper was delivered.

    Raises:
        RuleViolation: those of ``rules.check_delivery``.
    """
    uses = set(KeptFile.objects.filter(id__in=list(files)).values_list("use", flat=True)) if files else set()
    signed, scanned = "signature" in uses, bool(uses - {"signature"})
    way = check_delivery(way, number=number, signed=signed, scanned=scanned)
    return replace(act, proof=Proof.OWN if signed else Proof.DEVICE if scanned else act.proof), way


# ── the committee's answer ───────────────────────────────────────────────────


@operation
def answer_letter(
    *, document: UUID, answer: str, words: str, seat: Seat, now: datetime, version: int
) -> Entry:
    """Answer a paper on the committee's page, as its chair or vice chair, or a helper in their place.

    Raises:
        RuleViolation: ``correspondence.not_found``, ``correspondence.stale`` (version), ``correspondence.chair_answers``,
            ``correspondence.unknown_answer``, ``correspondence.not_taken``, ``correspondence.over``,
            ``correspondence.no_words``, ``correspondence.too_long``.
    """
    letter = locked_for(seat, document)
    if version != letter.version:
        raise RuleViolation("correspondence.stale", version=letter.version)
    if seat.post not in ANSWERING:
        raise RuleViolation("correspondence.chair_answers")
    return _answer(letter, answer, words, own_act(seat, now), seat_facts(seat))


@operation
def enter_answer(
    *, document: UUID, answer: str, words: str, by: Actor, act: Act, version: int, files: Sequence[str] = ()
) -> Entry:
    """Enter what the committee answered on paper or otherwise, with its scan where there is one.

    Raises:
        RuleViolation: as `answer_letter`, ``access.denied``, ``file.not_found``.
    """
    letter = _locked(document, by, version)
    act = replace(act, proof=Proof.DEVICE) if files else act
    return _answer(letter, answer, words, act, {}, files)


def _answer(
    letter: Letter, answer: str, words: str, act: Act, who: Mapping[str, Any], files: Sequence[str] = ()
) -> Entry:
    if letter.delivered_at is None:
        raise RuleViolation("correspondence.not_taken")
    if letter.answered_at or letter.dropped_at:
        raise RuleViolation("correspondence.over")
    letter.answer, letter.answered_at = check_answer(answer), act.at
    letter.answer_words = check_words(words, needed=answer != "agreed" and not files)
    _save(letter, act, "answer", "answer_words", "answered_at")
    facts = {"committee_answer": answer, **who}
    return _append(letter, "committee.paper.answered", act, facts, {"text": letter.answer_words}, files)


# ── what they share ──────────────────────────────────────────────────────────


def own_act(seat: Seat, now: datetime) -> Act:
    """Return an act of a member's own, or of the helper whom the member named."""
    return Act(seat.key, at=now, recorded_at=now, proof=Proof.OWN)


def seat_facts(seat: Seat) -> dict[str, Any]:
    """Return who of the committee acted, as facts name it."""
    return {"person": str(seat.person), "by_helper": seat.helper is not None}


def member_of(community: Community, member: UUID | None) -> Member | None:
    """Return a member of a community's committee, present or past; None where none is named.

    Raises:
        RuleViolation: ``correspondence.unknown_member``.
    """
    if member is None:
        return None
    found = Member.objects.filter(id=member, community=community).first()
    if found is None:
        raise RuleViolation("correspondence.unknown_member")
    return found


def locked_for(seat: Seat, document: UUID) -> Letter:
    """Return a paper issued to a member's committee, locked.

    Raises:
        RuleViolation: ``correspondence.not_found``.
    """
    rows = Letter.objects.select_for_update(of=("self",)).select_related("document", "community__office")
    found = rows.filter(document=document, community=seat.community, document__state="issued").first()
    if found is None:
        raise RuleViolation("correspondence.not_found")
    return found


def _locked(document: UUID, by: Actor, version: int | None) -> Letter:
    rows = Letter.objects.select_for_update(of=("self",)).select_related("document", "community__office")
    found = rows.filter(by.within("correspondence.step"), document=document).first()
    if found is None:
        raise RuleViolation("correspondence.not_found")
    if version not in (None, found.version):
        raise RuleViolation("correspondence.stale", version=found.version)
    return found


def _save(letter: Letter, act: Act, *fields: str) -> None:
    letter.version, letter.changed_at = letter.version + 1, act.recorded_at
    letter.save(update_fields=[*fields, "version", "changed_at"])


def _append(
    letter: Letter,
    kind: str,
    act: Act,
    facts: Mapping[str, Any],
    words: Mapping[str, Any] | None = None,
    files: Sequence[str] = (),
) -> Entry:
    said = {"matter": letter.matter, "paper": str(letter.document_id)}
    return append_with_files(
        community=letter.community,
        kind=kind,
        subject=letter.subject,
        act=act,
        clause="OC-07" if letter.sort == APPLICATION else "OC-08",
        facts={**said, **facts},
        words=words,
        files=files,
    )
