"""Planned works that touch owners: told beforehand, marked at the place, moved, called off, run over. Pure.

Each is an `operation` in the words of the register (NT-05, NT-06, NT-07, NT-11, NT-12).
"""

from datetime import datetime, timedelta
from enum import StrEnum

from hemu.foundation.errors import RuleViolation
from hemu.foundation.steps import StepTable, step

KINDS = ("outage", "pest_control", "disruptive_work", "renewal")
LONGEST = 2_000
FURTHEST = timedelta(days=730)
CLAUSE_OF = {"outage": "NT-06", "pest_control": "NT-05", "disruptive_work": "NT-07", "renewal": "NT-12"}
"""Which clause asks for the notice of each kind."""
PLANNERS = frozenset(
    {
        "steward",
        "cs_supervisor",
        "office_director",
        "frontdesk",
        "technician",
        "department_head",
        "public_affairs",
    }
)
PLACERS = PLANNERS | {"security"}


class State(StrEnum):
    """How works stand."""

    PLANNED = "planned"
    FINISHED = "finished"
    CALLED_OFF = "called_off"


S = State
WORK_STEPS = StepTable(
    [
        step("place_sign", {S.PLANNED}, None, PLACERS, "NT-11", kind="sign.placed", times=()),
        step("move", {S.PLANNED}, None, PLANNERS, "NT-06", kind="operation.moved", times=("starts", "ends")),
        step("run_over", {S.PLANNED}, None, PLANNERS, "NT-06", kind="operation.overrun", times=("ends",)),
        step("finish", {S.PLANNED}, S.FINISHED, PLANNERS, "NT-06", kind="operation.finished", times=()),
        step("call_off", {S.PLANNED}, S.CALLED_OFF, PLANNERS, "NT-06", kind="operation.called_off", times=()),
    ],
    start=S.PLANNED,
)
NEEDS_PHOTO = frozenset({"place_sign"})
"""Steps whose evidence is a photo: that a sign stands is nobody's word alone."""
PICTURES = frozenset({"photo", "before", "after"})


def check_kind(kind: str) -> str:
    """Return a kind of works.

    Raises:
        RuleViolation: ``work.unknown_kind`` (kind, known).
    """
    if kind not in KINDS:
        raise RuleViolation("work.unknown_kind", kind=kind, known=list(KINDS))
    return kind


def check_times(starts: datetime, ends: datetime, *, now: datetime) -> None:
    """Refuse works that end before they begin, are over already, or lie more than two years ahead.

    Raises:
        RuleViolation: ``work.ends_first``, ``work.over``, ``work.too_far``.
    """
    if ends <= starts:
        raise RuleViolation("work.ends_first")
    if ends <= now:
        raise RuleViolation("work.over")
    if starts - now > FURTHEST:
        raise RuleViolation("work.too_far")


def check_overrun(*, starts: datetime, ends: datetime, to: datetime, now: datetime) -> None:
    """Refuse an overrun of works that have not begun, or that ends no later than planned.

    Raises:
        RuleViolation: ``work.not_begun``, ``work.no_overrun``.
    """
    if now < starts:
        raise RuleViolation("work.not_begun")
    if to <= ends or to <= now:
        raise RuleViolation("work.no_overrun")


def check_words(words: str) -> str:
    """Return what is done, where and why, which is never left out.

    Raises:
        RuleViolation: ``work.no_words``, ``work.too_long`` (limit).
    """
    words = words.strip()
    if not words:
        raise RuleViolation("work.no_words")
    if len(words) > LONGEST:
        raise RuleViolation("work.too_long", limit=LONGEST)
    return words
