"""The back-planner: from the day of a meeting to the last days on which each step before it may be taken. Pure.

Two numbers of the register rule it: owners are told of time and topics 20 days before (OC-16) and may write for ten days
after that (OC-17); what is applied for is delivered 15 days before (OC-09). An office may have numbers of its own, so they
are arguments. Whatever must stand in the notice is ready with it: reports and applications for topics (OC-15), the
notice's own approval (NT-02), the invitations (OC-23), for members hear no later than owners.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hemu.foundation.due import Due, due_at
from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import OfficeTime

FARTHEST = timedelta(days=366)
"""How far ahead a meeting is planned, and how far the first day that works is looked for."""
_ONE_DAY = timedelta(days=1)


class What(StrEnum):
    """A step on the way to a meeting and after it."""

    REPORTS = "reports"
    APPROVAL = "approval"
    NOTICE = "notice"
    INVITATIONS = "invitations"
    APPLICATIONS = "applications"
    OPINIONS = "opinions"
    MEETING = "meeting"
    CARRIED = "carried"
    MINUTES = "minutes"


NOTICE_CLAUSE, OPINIONS_CLAUSE, APPLICATIONS_CLAUSE = "OC-16", "OC-17", "OC-09"
COUNTED = (NOTICE_CLAUSE, OPINIONS_CLAUSE, APPLICATIONS_CLAUSE)
"""The clauses whose numbers the plan is worked out from."""
MEETING_CLAUSE = {"routine": "OC-01", "special": "OC-02", "half_year_visit": "OC-03"}
WITH_THE_NOTICE = ((What.REPORTS, "OC-15"), (What.APPROVAL, "NT-02"), (What.NOTICE, NOTICE_CLAUSE))


@dataclass(frozen=True)
class PlanStep:
    """One step of a plan.

    Attributes:
        clause: that asks for it.
        date: the last day on which it may be taken; of what follows the meeting, the first.
        possible: that day has not passed, or the step is done.
        done_on: when it was done; None where it is not.
    """

    clause: str
    what: What
    date: datetime.date
    possible: bool
    done_on: datetime.date | None = None


@dataclass(frozen=True)
class Plan:
    """The way to a meeting on ``day``: its steps by date, and the first day on which all of them would be possible."""

    day: date
    steps: tuple[PlanStep, ...]
    first_possible: date

    @property
    def is_possible(self) -> bool:
        """Tell whether nothing is too late."""
        return all(each.possible for each in self.steps)

    @property
    def missed(self) -> tuple[PlanStep, ...]:
        """Return what is too late."""
        return tuple(each for each in self.steps if not each.possible)


@dataclass(frozen=True)
class Numbers:
    """What the clauses in force at an office count: clause → due time, by the office's clock."""

    dues: Mapping[str, Due]
    time: OfficeTime

    def day(self, clause: str, day: date) -> date:
        """Return the last day for what a clause asks, counted from ``day``: the meeting's, or that of the notice."""
        return self.time.local(due_at(self.dues[clause], start=self.time.at(day), time=self.time)).date()


def plan(
    day: date,
    *,
    today: date,
    numbers: Numbers,
    kind: str = "routine",
    done: Mapping[What, date] | None = None,
) -> Plan:
    """Return the way to a meeting on ``day`` as it stands ``today``.

    Args:
        kind: of the meeting; one of ``rules.KINDS``.
        done: what has been done, and when. Told owners have ten days from the day on which they were told.

    Raises:
        RuleViolation: ``meeting.in_past``, ``meeting.too_far``.
    """
    if day < today:
        raise RuleViolation("meeting.in_past")
    if day > today + FARTHEST:
        raise RuleViolation("meeting.too_far")
    steps = _steps(day, today, numbers, kind, dict(done or {}))
    return Plan(day, steps, first_possible(today=today, numbers=numbers))


def first_possible(*, today: date, numbers: Numbers) -> date:
    """Return the first day for which everything could still be done if it were begun today.

    Raises:
        RuleViolation: ``meeting.too_far``: none within a year, by numbers that no office would set.
    """
    day = today
    while not all(each.possible for each in _steps(day, today, numbers, "routine", {})):
        day += _ONE_DAY
        if day > today + FARTHEST:
            raise RuleViolation("meeting.too_far")
    return day


def _steps(
    day: date, today: date, numbers: Numbers, kind: str, done: Mapping[What, date]
) -> tuple[PlanStep, ...]:
    told_by = numbers.day(NOTICE_CLAUSE, day)
    told_on = done.get(What.NOTICE) or max(told_by, today)
    written_by = numbers.day(OPINIONS_CLAUSE, told_on)

    def step(clause: str, what: What, by: date, *, last: date | None = None) -> PlanStep:
        said = done.get(what)
        return PlanStep(clause, what, by, said is not None or today <= by <= (last or by), said)

    found = [step(clause, what, told_by) for what, clause in WITH_THE_NOTICE]
    found += [
        step("OC-23", What.INVITATIONS, told_by),
        step(OPINIONS_CLAUSE, What.OPINIONS, written_by, last=day - _ONE_DAY),
        step(APPLICATIONS_CLAUSE, What.APPLICATIONS, numbers.day(APPLICATIONS_CLAUSE, day)),
        step(MEETING_CLAUSE[kind], What.MEETING, day),
        step("OC-18", What.CARRIED, day),
        step("OC-19", What.MINUTES, day),
    ]
    order = list(What)
    return tuple(sorted(found, key=lambda each: (each.date, order.index(each.what))))
