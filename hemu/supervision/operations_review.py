"""Writing the daily stock-take of complaints (RQ-13): a finding for each, then one signature for the day."""

from collections import Counter
from datetime import datetime

from hemu.access.actors import Actor
from hemu.duties.operations import open_period
from hemu.estate.models import Office
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.service_requests.queries import visible_to
from hemu.supervision.queries_review import answerable, as_complaint, stock, subject_of
from hemu.supervision.rules_review import check_covered, check_finding

CLAUSE = "RQ-13"


@operation
def review_case(*, number: str, by: Actor, act: Act, to: str, root: str, measure: str = "") -> Entry:
    """Write down what the stock-take found of one open complaint; said again on the same day, the last word holds.

    Args:
        to: who answers for it, ``staff:…``.
        root: one of ``rules_review.ROOTS``.
        measure: what will be done and by when, in words; needed unless it is on track.

    Raises:
        RuleViolation: ``request.not_found``, ``review.not_open``, ``review.unknown_person``, ``access.denied``, and
            those of ``check_finding``.
    """
    rows = visible_to(by, "review.sign").select_for_update(of=("self",))
    case = rows.filter(number=number).first()
    if case is None:
        raise RuleViolation("request.not_found", number=number)
    office = case.community.office
    if case.type != "complaint" or case.state == "closed":
        raise RuleViolation("review.not_open", number=number)
    if to not in dict(answerable(office, now=act.recorded_at)):
        raise RuleViolation("review.unknown_person")
    complaint = as_complaint(case, now=act.recorded_at)
    check_finding(root=root, measure=measure.strip(), late=complaint.late)
    return append(
        book=case.community.book_id,
        kind="request.reviewed",
        subject=case.subject,
        act=act,
        clause=CLAUSE,
        facts={"to": to, "root": root, "day": _day(act.recorded_at), "late": complaint.late},
        words={"remark": measure.strip()},
    )


@operation
def sign_review(*, office: Office, by: Actor, act: Act) -> Entry:
    """Sign the day's stock-take of an office: every complaint open at this moment must have been looked at today.

    Raises:
        RuleViolation: ``access.denied``, ``review.not_covered``.
    """
    by.require("review.sign", office.id)
    day = office_day(act.recorded_at)
    found = stock(by, office, now=act.recorded_at)
    check_covered([each.case.number for each in found], {each.case.number for each in found if each.done})
    subject = subject_of(office, day)
    open_period(clause_id=CLAUSE, office=office, subject=subject, on=act.recorded_at, now=act.recorded_at)
    roots = Counter(each.finding.root for each in found if each.finding)
    return append(
        book=office.book_id,
        kind="request.daily_review.done",
        subject=subject,
        act=act,
        clause=CLAUSE,
        facts={
            "day": day.isoformat(),
            "open": len(found),
            "late": sum(each.late for each in found),
            "cases": [each.case.number for each in found],
            "roots": dict(sorted(roots.items())),
        },
    )


def open_review(office: Office, *, now: datetime) -> bool:
    """Open today's duty to take stock at an office; return whether it is new."""
    day = office_day(now)
    return open_period(clause_id=CLAUSE, office=office, subject=subject_of(office, day), on=now, now=now)


def _day(moment: datetime) -> str:
    return office_day(moment).isoformat()
