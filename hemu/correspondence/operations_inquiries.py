"""Writing what the owners' committee asks: received, judged, reported above, answered, and again where that was none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from hemu.access.actors import Actor
from hemu.attachments.models import KeptFile
from hemu.attachments.operations import append_with_files
from hemu.attachments.queries import drafts_of
from hemu.committee.models import Member
from hemu.committee.queries import Seat
from hemu.correspondence.models import Answer, Inquiry, Receipt
from hemu.correspondence.operations_papers import member_of, own_act, seat_facts, shown_by
from hemu.correspondence.queries import goes_up_to
from hemu.correspondence.rules import LONGEST_NUMBER
from hemu.correspondence.rules import check_words as check_remark
from hemu.correspondence.rules_inquiries import (
    ABOVE,
    STEPS,
    check_polite,
    check_sort,
    check_way,
    check_words,
    judged,
)
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.foundation.numbering import format_number
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.numbers import next_number
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act

SERIES = "ZX"
LONGEST_ABOUT = 80


@operation
def ask(
    *,
    seat: Seat,
    sort: str,
    text: str,
    now: datetime,
    about: str = "",
    files: Sequence[str] = (),
    kept_by: str = "",
) -> Inquiry:
    """Register what a member asks on the committee's page: the member's own act, or their helper's (OC-12).

    Args:
        sort: 质询 ``question``, 建议 ``suggestion``, 要求 ``demand``.
        about: the subject or the entry of the book that it asks about; "" where it is about none.
        files: ids of drafts that this log-in handed in as ``kept_by``.

    Raises:
        RuleViolation: ``inquiry.unknown_sort``, ``inquiry.no_words``, ``inquiry.too_long``, ``file.not_found``.
    """
    if files and kept_by != seat.key:  # before it was said for which committee
        mine = [row.id for row in drafts_of(kept_by, files)]
        KeptFile.objects.filter(id__in=mine).update(uploaded_by=seat.key)
    member = Member.objects.get(id=seat.member)
    act = own_act(seat, now)
    return _receive(
        seat.community, sort, text, "page", member, about, act, seat_facts(seat), files, seat.helper
    )


@operation
def enter_inquiry(
    *,
    community: Community,
    sort: str,
    text: str,
    way: str,
    by: Actor,
    act: Act,
    member: UUID | None = None,
    about: str = "",
    files: Sequence[str] = (),
) -> Inquiry:
    """Enter what the committee asked on paper, by phone or in a meeting; what came on paper with its scan.

    Args:
        member: who asked; None where it was the committee as such.

    Raises:
        RuleViolation: ``access.denied``, ``inquiry.unknown_sort``, ``inquiry.unknown_way``, ``inquiry.needs_scan``,
            ``inquiry.no_words``, ``inquiry.too_long``, ``correspondence.unknown_member``, ``file.not_found``.
    """
    by.require("correspondence.step", community.office_id)
    way = check_way(way if way != "page" else "", scanned=bool(files))
    asker = member_of(community, member)
    who = {"person": str(asker.person_id)} if asker else {}
    act = replace(act, proof=Proof.DEVICE) if files else act
    return _receive(community, sort, text, way, asker, about, act, who, files, None)


def _receive(
    community: Community,
    sort: str,
    text: str,
    way: str,
    member: Member | None,
    about: str,
    act: Act,
    who: Mapping[str, Any],
    files: Sequence[str],
    helper: UUID | None,
) -> Inquiry:
    inquiry = Inquiry(
        id=new_id(act.recorded_at),
        community=community,
        sort=check_sort(sort),
        way=way,
        text=check_words(text),
        about=about.strip()[:LONGEST_ABOUT],
        member=member,
        helper_id=helper,
        received_at=act.at,
        state=STEPS.start,
        changed_at=act.recorded_at,
    )
    year = office_day(act.recorded_at).year
    serial = next_number(scope=f"inquiry:{community.id.hex}", year=year)
    inquiry.number = format_number(f"{community.code}{SERIES}", year, serial)
    inquiry.save(force_insert=True)
    facts = {
        "inquiry_sort": sort,
        "inquiry_way": way,
        "number": inquiry.number,
        "about": inquiry.about or None,
    }
    _append(inquiry, "committee.inquiry.received", act, {**facts, **who}, {"text": inquiry.text}, files)
    return inquiry


# ── the office's steps ───────────────────────────────────────────────────────


@operation
def judge_inquiry(
    *,
    inquiry: UUID,
    reasonable: bool,
    solvable: bool,
    reason: str,
    by: Actor,
    act: Act,
    version: int | None,
    answer: str = "",
) -> Inquiry:
    """Judge whether an inquiry is reasonable and whether the office can solve it, and tell the committee why (OC-12, OC-13).

    Args:
        reason: in polite words; may be left out only where it is reasonable and can be solved.
        answer: where it is answered in the same breath; only where the office can solve it.

    Raises:
        RuleViolation: ``inquiry.not_found``, ``inquiry.stale`` (version), ``step.not_allowed``, ``inquiry.not_yours``,
            ``inquiry.no_words``, ``inquiry.too_long``, ``inquiry.impolite`` (words), ``inquiry.goes_up_first``.
    """
    found = _stepped(inquiry, "judge", by, version)
    optional = reasonable and solvable
    found.reason = check_polite(reason) if reason.strip() or not optional else ""
    reply = check_polite(answer) if answer.strip() else ""
    if reply and not solvable:
        raise RuleViolation("inquiry.goes_up_first")
    found.reasonable, found.solvable, found.state = reasonable, solvable, judged(solvable=solvable)
    _save(found, act, "reasonable", "solvable", "reason", "state")
    facts = {"reasonable": reasonable, "solvable": solvable}
    _append(found, "committee.inquiry.judged", act, facts, {"why": found.reason})
    if reply:
        _answer(found, "answer", reply, by, act, ())
    return found


@operation
def escalate_inquiry(
    *, inquiry: UUID, words: str, by: Actor, act: Act, version: int | None, files: Sequence[str] = ()
) -> Entry:
    """Report above what the office cannot solve, with the record (OC-13: to the general manager; kerui: the company).

    Raises:
        RuleViolation: ``inquiry.not_found``, ``inquiry.stale`` (version), ``step.not_allowed``, ``inquiry.not_yours``,
            ``inquiry.no_words``, ``inquiry.too_long``, ``inquiry.impolite`` (words), ``file.not_found``.
    """
    found, said = _stepped(inquiry, "escalate", by, version), check_polite(words)
    found.escalated_to = goes_up_to(found.community, on=act.recorded_at)
    found.state = STEPS.find("escalate", found.state).lands_on(found.state)
    _save(found, act, "escalated_to", "state")
    facts = {"to": found.escalated_to}
    return _append(found, "committee.inquiry.escalated", act, facts, {"text": said}, files)


@operation
def answer_inquiry(
    *, inquiry: UUID, words: str, by: Actor, act: Act, version: int | None, files: Sequence[str] = ()
) -> Entry:
    """Answer an inquiry in polite words; what went up is answered from there, or passed on with the paper it stands on.

    Raises:
        RuleViolation: ``inquiry.not_found``, ``inquiry.stale`` (version), ``step.not_allowed``, ``inquiry.not_yours``,
            ``inquiry.needs_paper``: it was decided above and the office shows nothing of it; ``inquiry.no_words``,
            ``inquiry.too_long``, ``inquiry.impolite`` (words), ``file.not_found``.
    """
    found = _locked(inquiry, by, version)
    roles = by.roles_at(found.community.office_id)
    steps = [each.name for each in STEPS.allowed(found.state, roles) if each.name in ("answer", "pass_on")]
    if not steps:
        _check_step(found, "answer", by)
    if steps[0] == "pass_on" and not files:
        raise RuleViolation("inquiry.needs_paper")
    return _answer(found, steps[0], check_polite(words), by, act, files)


def _answer(found: Inquiry, step: str, reply: str, by: Actor, act: Act, files: Sequence[str]) -> Entry:
    roles = by.roles_at(found.community.office_id)
    above = found.escalated_to if step == "pass_on" else next(iter(sorted(roles & ABOVE)), "")
    found.state = STEPS.find(step, found.state).lands_on(found.state)
    _save(found, act, "state")
    made = Answer.objects.create(
        inquiry=found,
        round=found.round,
        text=reply,
        role=above if found.escalated_to and above else "office_director",
        by_id=by.staff_id,
        at=act.at,
    )
    act = replace(act, proof=Proof.DEVICE) if files else act
    facts = {"answered_by": made.role, "round": found.round}
    return _append(found, "committee.inquiry.answered", act, facts, {"reply": made.text}, files)


@operation
def hand_answer(
    *,
    inquiry: UUID,
    way: str,
    by: Actor,
    act: Act,
    member: UUID | None = None,
    number: str = "",
    files: Sequence[str] = (),
) -> Receipt:
    """Enter who took the newest answer on paper, with the receipt: for members without a phone.

    Raises:
        RuleViolation: ``inquiry.not_found``, ``inquiry.not_answered``, ``correspondence.taken_already`` and those of
            ``operations_papers.deliver_letter`` about the receipt.
    """
    found = _locked(inquiry, by, None)
    answer = found.answers.order_by("-round").first()
    if answer is None:
        raise RuleViolation("inquiry.not_answered")
    taker, number = member_of(found.community, member), number.strip()[:LONGEST_NUMBER]
    act, way = shown_by(act, way, number=number, files=files)
    if taker and answer.receipts.filter(member=taker).exists():
        raise RuleViolation("correspondence.taken_already")
    receipt = Receipt.objects.create(
        answer=answer, way=way, at=act.at, member=taker, number=number, by_id=by.staff_id
    )
    facts = {"delivery": way, "round": answer.round, "person": str(taker.person_id) if taker else None}
    _append(found, "committee.paper.receipted", act, facts, {"receipt_number": number}, files)
    return receipt


# ── the committee's word on the answer ───────────────────────────────────────


@operation
def settle_inquiry(
    *, inquiry: UUID, answered: bool, words: str, seat: Seat, now: datetime, version: int
) -> Entry:
    """Say on the committee's page that an answer was one, or that it was none: then it is owed again, with its own clock.

    Args:
        words: what is still unanswered; may be left out where it was answered.

    Raises:
        RuleViolation: ``inquiry.not_found``, ``inquiry.stale`` (version), ``step.not_allowed``, ``inquiry.no_words``,
            ``inquiry.too_long``.
    """
    rows = Inquiry.objects.select_for_update(of=("self",)).select_related("community__office")
    found = rows.filter(id=inquiry, community=seat.community).first()
    if found is None:
        raise RuleViolation("inquiry.not_found")
    if version != found.version:
        raise RuleViolation("inquiry.stale", version=found.version)
    return _settle(found, answered, words, own_act(seat, now), seat_facts(seat))


@operation
def enter_settling(
    *,
    inquiry: UUID,
    answered: bool,
    words: str,
    by: Actor,
    act: Act,
    version: int | None,
    member: UUID | None = None,
    files: Sequence[str] = (),
) -> Entry:
    """Enter what the committee said of an answer on paper, by phone or in a meeting; as `settle_inquiry`.

    Raises:
        RuleViolation: as `settle_inquiry`, ``correspondence.unknown_member``, ``file.not_found``.
    """
    found = _locked(inquiry, by, version)
    who = member_of(found.community, member)
    act = replace(act, proof=Proof.DEVICE) if files else act
    return _settle(found, answered, words, act, {"person": str(who.person_id)} if who else {}, files)


def _settle(
    found: Inquiry, answered: bool, words: str, act: Act, who: Mapping[str, Any], files: Sequence[str] = ()
) -> Entry:
    step = STEPS.find("accept" if answered else "reopen", found.state)
    said = check_remark(words, needed=False) if answered else check_words(words)
    facts = {"round": found.round, **who}
    found.state = step.lands_on(found.state)
    if not answered:
        found.round += 1
        found.reasonable = found.solvable = None
        found.reason = found.escalated_to = ""
    _save(found, act, "state", "round", "reasonable", "solvable", "reason", "escalated_to")
    return _append(found, str(step.extras["kind"]), act, facts, {"text": said}, files)


# ── what they share ──────────────────────────────────────────────────────────


def _stepped(inquiry: UUID, step: str, by: Actor, version: int | None) -> Inquiry:
    found = _locked(inquiry, by, version)
    _check_step(found, step, by)
    return found


def _check_step(found: Inquiry, step: str, by: Actor) -> None:
    if not STEPS.find(step, found.state).roles & by.roles_at(found.community.office_id):
        raise RuleViolation("inquiry.not_yours")


def _locked(inquiry: UUID, by: Actor, version: int | None) -> Inquiry:
    rows = Inquiry.objects.select_for_update(of=("self",)).select_related("community__office")
    found = rows.filter(by.within("correspondence.step"), id=inquiry).first()
    if found is None:
        raise RuleViolation("inquiry.not_found")
    if version not in (None, found.version):
        raise RuleViolation("inquiry.stale", version=found.version)
    return found


def _save(found: Inquiry, act: Act, *fields: str) -> None:
    found.version, found.changed_at = found.version + 1, act.recorded_at
    found.save(update_fields=[*fields, "version", "changed_at"])


def _append(
    found: Inquiry,
    kind: str,
    act: Act,
    facts: Mapping[str, Any],
    words: Mapping[str, Any],
    files: Sequence[str] = (),
) -> Entry:
    return append_with_files(
        community=found.community,
        kind=kind,
        subject=found.subject,
        act=act,
        clause="OC-13" if kind == "committee.inquiry.escalated" else "OC-12",
        facts=facts,
        words=words,
        files=files,
    )
