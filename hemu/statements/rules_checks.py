"""What is looked at before a month's statement goes to the committee (OC-04): sums, carry-over, budget, jumps. Pure.

An error keeps it from being sent; a warning goes with it, explained or not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hemu.statements.rules import CATEGORIES, EXPENSE, Figures, Line, month_before, years_before

ERRORS = frozenset(
    {
        "no_lines",
        "no_item",
        "no_category",
        "no_amount",
        "twice",
        "sum_off",
        "carry_off",
        "balance_off",
        "year_off",
    }
)
LEAST = 100_000
"""分: a difference below a thousand yuan surprises nobody."""
JUMP, OVER = 30, 10
"""Percent from which a difference to the last months, or to the budget, is named."""
LOOK_BACK = 6
"""How many months before are compared with."""


@dataclass(frozen=True)
class Problem:
    """What is wrong or odd.

    Attributes:
        code: its words stand in the room's `wording.PROBLEMS`.
        key: the line it is about (``expense:电费``); empty: the statement itself.
        params: 分, months, percent, counts.
    """

    code: str
    key: str = ""
    params: dict[str, int | str] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """Tell whether the statement cannot be sent as it is."""
        return self.code in ERRORS


def problems_of(figures: Figures, history: Sequence[Figures]) -> list[Problem]:
    """Return what is wrong or odd about a statement, errors first.

    Args:
        figures: filled (`rules.filled`).
        history: the statements of months before, the newest first.
    """
    before = next((each for each in history if each.month == month_before(figures.month)), None)
    found = [
        *_lines(figures),
        *_sums(figures),
        *_carried(figures, before),
        *_years(figures, before),
        *_budgets(figures),
        *_jumps(figures, history[:LOOK_BACK]),
        *_missing(figures, before),
    ]
    return sorted(found, key=lambda each: not each.is_error)


def _lines(figures: Figures) -> list[Problem]:
    if not figures.lines:
        return [Problem("no_lines")]
    found, seen = [], set()
    for number, line in enumerate(figures.lines, start=1):
        if not line.item:
            found.append(Problem("no_item", line.key, {"line": number}))
        if not line.category:
            found.append(Problem("no_category", line.key))
        if line.month is None:
            found.append(Problem("no_amount", line.key))
        if line.key in seen:
            found.append(Problem("twice", line.key))
        seen.add(line.key)
    return found


def _sums(figures: Figures) -> list[Problem]:
    found = []
    for category in CATEGORIES:
        stated, summed = figures.stated(category), figures.total(category)
        if stated is not None and abs(stated - summed) > figures.rounding:
            params: dict[str, int | str] = {"category": category, "stated": stated, "sum": summed}
            found.append(Problem("sum_off", "", params))
    return found


def _carried(figures: Figures, before: Figures | None) -> list[Problem]:
    found = []
    opening, closing = figures.opening, figures.closing
    last = before.closing if before else None
    if opening is None:
        found.append(Problem("no_opening"))
    elif last is None:
        found.append(Problem("nothing_before", "", {"month": month_before(figures.month)}))
    elif abs(opening - last) > figures.rounding:
        found.append(Problem("carry_off", "", {"opening": opening, "closing": last}))
    if opening is not None and closing is not None:
        worked_out = opening + figures.surplus
        if abs(closing - worked_out) > 2 * figures.rounding:
            found.append(Problem("balance_off", "", {"closing": closing, "worked_out": worked_out}))
    return found


def _years(figures: Figures, before: Figures | None) -> list[Problem]:
    known = years_before(figures.month, before)
    if known is None:
        return []
    found = []
    for line in figures.lines:
        if line.year is None or line.month is None:
            continue
        worked_out = known.get(line.key, 0) + line.month
        if abs(line.year - worked_out) > figures.rounding:
            found.append(Problem("year_off", line.key, {"year": line.year, "worked_out": worked_out}))
    return found


def _budgets(figures: Figures) -> list[Problem]:
    found = []
    for line in figures.lines:
        compared = _against_budget(line, figures)
        if compared is None:
            continue
        actual, budget = compared
        more, worse = actual - budget, line.category == EXPENSE
        if abs(more) >= LEAST and 100 * abs(more) >= OVER * budget and (more > 0) is worse:
            params: dict[str, int | str] = {
                "actual": actual, "budget": budget, "percent": round(100 * abs(more) / budget)
            }  # fmt: skip
            found.append(Problem("over_budget" if worse else "under_budget", line.key, params))
    return found


def _against_budget(line: Line, figures: Figures) -> tuple[int, int] | None:
    """Return what was spent or earned and what was planned for the same time; None where either is not known."""
    if not line.budget or line.budget < 0:
        return None
    if figures.budget_for == "month":
        return (line.month, line.budget) if line.month is not None else None
    share = line.budget * int(figures.month[-2:]) // 12
    return (line.year, share) if line.year is not None and share else None


def _jumps(figures: Figures, history: Sequence[Figures]) -> list[Problem]:
    past: dict[str, list[int]] = {}
    for each in history:
        for line in each.lines:
            if line.month is not None:
                past.setdefault(line.key, []).append(line.month)
    found = []
    for line in figures.lines:
        if line.month is None or not history:
            continue
        if line.key not in past:
            found += (
                [Problem("new_item", line.key, {"amount": line.month})] if abs(line.month) >= LEAST else []
            )
        elif jump := _jump(line, past[line.key]):
            found.append(jump)
    return found


def _jump(line: Line, past: Sequence[int]) -> Problem | None:
    """Return a jump: beyond all of the last months, and far from what is usual."""
    amount = line.month or 0
    usual = round(sum(past) / len(past))
    more = amount - usual
    if min(past) <= amount <= max(past) or abs(more) < LEAST or 100 * abs(more) < JUMP * abs(usual):
        return None
    params: dict[str, int | str] = {
        "amount": amount,
        "usual": usual,
        "months": len(past),
        "difference": abs(more),
    }
    if usual:
        params["percent"] = round(100 * abs(more) / abs(usual))
    return Problem("jump_up" if more > 0 else "jump_down", line.key, params)


def _missing(figures: Figures, before: Figures | None) -> list[Problem]:
    if before is None:
        return []
    here = {line.key for line in figures.lines}
    return [
        Problem("missing", line.key, {"amount": line.month or 0})
        for line in before.lines
        if line.key not in here and line.month
    ]
