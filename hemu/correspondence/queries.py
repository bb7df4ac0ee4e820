"""What both sides see of their correspondence: by when something is owed, how long is left, a member's four lists."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hemu.correspondence.models import Inquiry, Letter
from hemu.correspondence.rules import APPLICATION, MATTERS
from hemu.correspondence.rules_inquiries import UP_TO
from hemu.duties.models import Duty
from hemu.estate.models import Community
from hemu.estate.queries import OfficeRules, office_rules
from hemu.foundation.due import is_late
from hemu.infra.moments import iso_local

OWED = ("OC-09", "OC-10", "OC-10s", "OC-12")
"""The clauses by which a paper must be delivered, an inquiry answered."""
NAMED_BY = 30
"""Signs of an inquiry's words that stand for a title."""


@dataclass(frozen=True)
class Time:
    """How something stands against its time.

    Attributes:
        due_at: the last second that counts; None where no clause is watched that sets one.
        met_at: when it was done.
        late: it was done late, or is not done and its time is over.
        workdays: working days left until the day it is due, that day included and today not; below 0 those since.
    """

    due_at: datetime | None = None
    met_at: datetime | None = None
    late: bool = False
    workdays: int = 0

    @property
    def order(self) -> tuple[bool, float]:
        """Return what a list is sorted by: late first, then what is due first, what nobody set a time for last."""
        return (self.due_at is None, self.due_at.timestamp() if self.due_at else 0.0)

    def plain(self) -> dict[str, Any]:
        """Return it as commands print it."""
        return {
            "due": iso_local(self.due_at),
            "met": iso_local(self.met_at),
            "late": self.late,
            "workdays_left": self.workdays if self.due_at and self.met_at is None else None,
        }


def times_of(subjects: Iterable[str], *, rules: OfficeRules, now: datetime) -> dict[str, Time]:
    """Return how each subject stands against the newest of its duties, in one statement.

    Args:
        rules: of the office; its calendar counts the working days.
    """
    newest: dict[str, Duty] = {}
    rows = Duty.objects.filter(subject__in=list(subjects), clause__in=OWED).exclude(state=Duty.State.VOID)
    for duty in rows.order_by("start_at", "id"):
        newest[duty.subject] = duty
    return {subject: _time(duty, rules, now) for subject, duty in newest.items()}


def _time(duty: Duty, rules: OfficeRules, now: datetime) -> Time:
    if duty.due_at is None:
        return Time()
    late = duty.late_at is not None or (duty.state == Duty.State.OPEN and is_late(now, duty.due_at))
    today, day = rules.time.local(now).date(), rules.time.local(duty.due_at).date()
    calendar = rules.time.calendar
    left = calendar.working_days_between(today, day) or -calendar.working_days_between(day, today)
    return Time(duty.due_at, duty.fulfilled_at, late, left)


def matters_of(community: Community, sort: str, *, on: datetime) -> tuple[str, ...]:
    """Return what papers of a sort may be about under the SOP of an office on a day (OC-07, OC-08, OC-08k)."""
    if sort == APPLICATION:
        return MATTERS["OC-07"]
    in_force = {each.clause.id for each in office_rules(community.office, on=on).clauses}
    return MATTERS["OC-08k" if "OC-08k" in in_force else "OC-08"]


def goes_up_to(community: Community, *, on: datetime) -> str:
    """Return to whom what the office cannot solve goes, as the clause in force names it (OC-13, OC-13k)."""
    for each in office_rules(community.office, on=on).triggered_by("committee.inquiry.judged"):
        for pattern in each.clause.evidence_rule.patterns:
            found: Mapping[str, str] = dict(pattern.facts)
            if "to" in found:
                return found["to"]
    return UP_TO[0]


def names_of(subjects: Collection[str]) -> dict[str, str]:
    """Return what papers and inquiries are called, number and title, by subject. Two statements at most."""
    letters = Letter.objects.filter(document__in=_ids(subjects, "committee_paper")).select_related("document")
    inquiries = Inquiry.objects.filter(id__in=_ids(subjects, "committee_inquiry"))
    named = {each.subject: f"{each.document.number} {each.document.title}".strip() for each in letters}
    return named | {each.subject: f"{each.number} {each.text[:NAMED_BY]}" for each in inquiries}


def _ids(subjects: Collection[str], kind: str) -> list[UUID]:
    parts = [each.partition(":") for each in subjects]
    return [UUID(number) for name, _, number in parts if name == kind]
