"""A corrective action from what was found to what it brought: one step table, plan, do, check, act (QA-02). Pure."""

from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from hemu.foundation.errors import RuleViolation
from hemu.foundation.steps import Step, StepTable, step

LONGEST, WHYS = 2_000, 5


class State(StrEnum):
    """Where an action stands. VERIFIED waits for its figure; ENDED and VOID are over."""

    OPENED = "opened"
    PLANNED = "planned"
    DONE = "done"
    VERIFIED = "verified"
    ENDED = "ended"
    VOID = "void"


KINDS = ("service", "repair", "cleaning", "greening", "order", "fire", "safety", "records", "other")
"""What was found is about; *fire* has a clause of its own (QA-06)."""
SOURCES = (
    "request", "return_visit", "issue", "report", "visit", "survey", "inspection", "committee", "other",
)  # fmt: skip
FIGURES = ("RQ-17", "RQ-29", "RQ-30", "RV-01", "complaints", "satisfaction", "score", "other")
"""By what an action's effect is judged: the rate of a clause, or a number that one counts."""
ROUNDS = {"month": 1, "quarter": 3, "half_year": 6}
"""How often the figure is taken, in months."""

LEADERS = frozenset(
    {"cs_supervisor", "office_director", "department_head", "operations", "quality", "company_leader",
     "general_manager"}
)  # fmt: skip
"""Who gives an action to somebody, checks it and ends it."""
WORKERS = LEADERS | {"steward", "frontdesk", "technician", "security", "public_affairs"}
"""Who may open one, and carry out their own."""

S = State
OPEN = frozenset({S.OPENED, S.PLANNED, S.DONE})
"""Not yet found in order by a second person."""
OVER = frozenset({S.ENDED, S.VOID})
BOARD = {"plan": (S.OPENED,), "do": (S.PLANNED,), "check": (S.DONE,), "act": (S.VERIFIED,)}
"""The four columns of the board and the states that stand in each."""

STEPS = StepTable(
    [
        step("plan", {S.OPENED}, S.PLANNED, WORKERS, "QA-02", kind="corrective_action.planned", own=True,
             asks=("whys", "figure", "figure_name", "round", "before")),
        step("do", {S.PLANNED}, S.DONE, WORKERS, "QA-02", kind="corrective_action.done", own=True),
        step("verify", {S.DONE}, S.VERIFIED, LEADERS, "QA-02", kind="corrective_action.verified", second=True),
        step("fail", {S.DONE}, S.OPENED, LEADERS, "QA-02", kind="corrective_action.failed", second=True),
        step("confirm", {S.VERIFIED}, S.ENDED, LEADERS, "QA-02", kind="corrective_action.effect_confirmed",
             second=True, asks=("after",)),
        step("reopen", {S.VERIFIED, S.ENDED}, S.OPENED, LEADERS, "QA-02", kind="corrective_action.reopened",
             second=True, asks=("after", "do_by")),
        step("extend", {S.OPENED, S.PLANNED}, None, LEADERS, "QA-02", kind="corrective_action.extended",
             second=True, asks=("do_by",)),
        step("assign", {S.OPENED, S.PLANNED}, None, LEADERS, "QA-02", kind="corrective_action.assigned",
             asks=("to",)),
        step("void", {S.OPENED, S.PLANNED}, S.VOID, LEADERS, "QA-02", kind="corrective_action.voided",
             second=True),
    ],
    start=S.OPENED,
)  # fmt: skip
"""`own`: by whom it was given to, or a leader; `second`: never by who did it or answers for it."""


def state_after(row: Step, state: str, *, figure: str) -> str:
    """Return where a step leads: found in order, an action without a figure is over."""
    if row.name == "verify" and not figure:
        return S.ENDED
    return row.lands_on(state)


def check_own(row: Step, *, by: str, responsible: str, roles: Set[str]) -> None:
    """Refuse a step of somebody else's action to whoever leads nobody.

    Raises:
        RuleViolation: ``action.not_yours``.
    """
    if not roles & row.roles or (row.extras.get("own") and by != responsible and not roles & LEADERS):
        raise RuleViolation("action.not_yours")


def is_independent(*, by: str, hands: Set[str], checkers: Mapping[str, str]) -> bool:
    """Tell whether a second look is taken by somebody who had no hand in the action (DESIGN §6).

    Args:
        by: who wants to take it.
        hands: who answers for the action, and who did it.
        checkers: who else might take it at the office and above it, key → name.

    Raises:
        RuleViolation: ``action.own_work`` (who): somebody else is there. Where nobody is, it may be done all the same.
    """
    if by not in hands:
        return True
    if free := sorted(name for key, name in checkers.items() if key not in hands):
        raise RuleViolation("action.own_work", who=free)
    return False


def check_words(words: str) -> str:
    """Return what was found, done or seen, which is never left out.

    Raises:
        RuleViolation: ``action.no_words``, ``action.too_long`` (limit).
    """
    words = words.strip()
    if not words:
        raise RuleViolation("action.no_words")
    if len(words) > LONGEST:
        raise RuleViolation("action.too_long", limit=LONGEST)
    return words


def check_code(name: str, value: str, known: Sequence[str]) -> str:
    """Return a code if it is one of the known ones.

    Raises:
        RuleViolation: ``action.unknown_value`` (field, value, known).
    """
    if value not in known:
        raise RuleViolation("action.unknown_value", field=name, value=value, known=list(known))
    return value


def check_whys(text: str) -> list[str]:
    """Return the chain of causes, one a line: why, and why that; one at least, five at most.

    Raises:
        RuleViolation: ``action.no_why``, ``action.too_many_whys`` (limit), ``action.too_long`` (limit).
    """
    whys = [line.strip() for line in text.splitlines() if line.strip()]
    if not whys:
        raise RuleViolation("action.no_why")
    if len(whys) > WHYS:
        raise RuleViolation("action.too_many_whys", limit=WHYS)
    if len(text) > LONGEST:
        raise RuleViolation("action.too_long", limit=LONGEST)
    return whys


def check_figure(text: str) -> str:
    """Return a figure as the book writes it: digits, a point at most, at most four places after it.

    Raises:
        RuleViolation: ``action.no_figure`` (value).
    """
    try:
        number = Decimal(text.strip().removesuffix("%").replace("，", "").replace(",", ""))
    except InvalidOperation:
        raise RuleViolation("action.no_figure", value=text.strip()[:40]) from None
    if not number.is_finite() or abs(number) >= 10**9:
        raise RuleViolation("action.no_figure", value=text.strip()[:40])
    plain = f"{number:.4f}".rstrip("0").rstrip(".")
    return "0" if plain in ("-0", "") else plain


def check_deadline(due: datetime, *, now: datetime) -> datetime:
    """Return the time by which an action is to be done and found in order; it lies ahead.

    Raises:
        RuleViolation: ``action.deadline_past``.
    """
    if due <= now:
        raise RuleViolation("action.deadline_past")
    return due


def check_extension(due: datetime, *, standing: datetime, now: datetime) -> datetime:
    """Return the new deadline: later than the one that stands, and given before that has passed.

    Raises:
        RuleViolation: ``action.too_late_to_extend``, ``action.not_later``.
    """
    if now > standing:
        raise RuleViolation("action.too_late_to_extend")
    if due <= standing:
        raise RuleViolation("action.not_later")
    return due


def next_round(day: date, months: int) -> date:
    """Return the first day of the next month, quarter or half-year: from then on the figure is asked for again.

    Args:
        months: 1, 3 or 6; periods begin with January.
    """
    begun = (day.month - 1) // months * months + months
    return date(day.year + begun // 12, begun % 12 + 1, 1)
