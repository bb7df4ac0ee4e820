"""The life of a return visit 回访: one table of steps, who may not take them, and when trying is enough."""

from collections.abc import Mapping, Set
from datetime import date, datetime
from enum import StrEnum

from hemu.foundation.errors import RuleViolation
from hemu.foundation.steps import StepTable, step


class State(StrEnum):
    """Where a return visit stands; *void*: there was nothing to revisit any more."""

    OPEN = "open"
    UNREACHABLE = "unreachable"
    DONE = "done"
    PROMISED = "promised"
    ANSWERED = "answered"
    VOID = "void"


class Result(StrEnum):
    """What the owner says of it."""

    SATISFIED = "satisfied"
    PARTLY = "partly"
    UNSATISFIED = "unsatisfied"


CLASSES = ("repair", "complaint", "ordered", "other")
ATTITUDES = ("good", "fair", "poor", "unsaid")
TIMELINESS = ("in_time", "late", "unsaid")
CHANNELS = ("phone", "visit", "walk_in", "chat")
"""The way is as the matter asks (RV-06)."""

CLAUSE_OF = {"repair": "RV-03", "complaint": "RV-01", "ordered": "RV-02", "other": "RV-06"}
"""The clause that asks for a return visit of a class."""

S = State
WAITING = frozenset({S.OPEN, S.PROMISED})
AT_OFFICE = frozenset({"steward", "frontdesk", "public_affairs", "cs_supervisor", "office_director"})
ABOVE = frozenset({"company_leader", "general_manager"})
"""The next rung, where nobody at the office was not part of the work (DESIGN §6)."""
DOERS = AT_OFFICE | ABOVE

STEPS = StepTable(
    [
        step("done", {S.OPEN, S.UNREACHABLE}, S.DONE, DOERS, "RV-06", kind="return_visit.done", needs="told"),
        step("try", {S.OPEN}, None, DOERS, "RV-06", kind="return_visit.tried", says="remark"),
        step("unreachable", {S.OPEN}, S.UNREACHABLE, DOERS, "RV-06", kind="return_visit.unreachable",
             says="remark"),
        step("promise", {S.DONE, S.ANSWERED}, S.PROMISED, DOERS, "RV-04", kind="return_visit.answer_promised",
             needs="question"),
        step("answer", {S.PROMISED}, S.ANSWERED, DOERS, "RV-04", kind="return_visit.answered", needs="reply"),
    ],
    start=S.OPEN,
)  # fmt: skip

BY_OTHERS = frozenset({"done", "try", "unreachable"})
"""The steps that nobody takes who did the work; a promised answer may come from those who know."""

WORK = (
    "request.accepted",
    "request.set_out",
    "request.arrived",
    "request.nobody_home",
    "request.quoted",
    "request.paused",
    "request.resolved",
)
"""Who wrote one of these about a case took part in its work."""


def is_independent(
    *, by: str, workers: Set[str], office: Mapping[str, str], above: Mapping[str, str]
) -> bool:
    """Tell whether a return visit by this person is independent of the work (DESIGN §6).

    Args:
        by: who wants to do it.
        workers: who took part in the work.
        office, above: who holds a doing role at the office and on the next rung, key → name.

    Raises:
        RuleViolation: ``return_visit.not_independent`` (who): somebody at the office or, failing that, on the
            next rung had no part in the work. Where nobody is there either, it may be done all the same.
    """
    if by not in workers:
        return True
    for people in (office, above):
        if free := sorted(name for key, name in people.items() if key not in workers):
            raise RuleViolation("return_visit.not_independent", who=free)
    return False


def rung(*, workers: Set[str], office: Mapping[str, str], above: Mapping[str, str]) -> str:
    """Return where an independent person is to be found: ``office``, ``above`` or ``nobody``."""
    if office.keys() - workers:
        return "office"
    return "above" if above.keys() - workers else "nobody"


def enough_tries(days: list[date], *, needed: int) -> int:
    """Return on how many different days the owner was tried in vain, if they are enough to stop.

    Raises:
        RuleViolation: ``return_visit.try_again`` (tries, needed).
    """
    tries = len(set(days))
    if tries < needed:
        raise RuleViolation("return_visit.try_again", tries=tries, needed=needed)
    return tries


def promise(promised_at: datetime, *, now: datetime) -> datetime:
    """Return the time promised for an answer (RV-04), which must be to come.

    Raises:
        RuleViolation: ``return_visit.promise_in_past``.
    """
    if promised_at <= now:
        raise RuleViolation("return_visit.promise_in_past")
    return promised_at


def owed_by(*, of_class: str, major: bool) -> str:
    """Return the role that owes a return visit: of a major complaint the director's (RV-01)."""
    if of_class == "complaint":
        return "office_director" if major else "cs_supervisor"
    return "steward"


def class_of(*, type: str, nature: str) -> str:
    """Return the class of a case's return visit."""
    if type.startswith("repair"):
        return "repair"
    if type == "complaint":
        return "complaint"
    return "ordered" if nature == "ordered" else "other"


def way_back(*, result: str, state: str) -> tuple[str, ...]:
    """Return the steps of the request by which what the owner is not content with goes back to be done (RV-03).

    Args:
        state: where the request stands; one that is at work already goes on.
    """
    if result == Result.SATISFIED:
        return ()
    again = "partly" if result == Result.PARTLY else "send_back"
    return {
        "resolved": (again,),
        "informed": (again,),
        "confirmed": ("close", "reopen"),
        "closed": ("reopen",),
    }.get(state, ())
