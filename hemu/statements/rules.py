"""A month's statement of a community: what it says, how its figures add up, what is sent and by when. Pure.

Money is in whole 分. A month is written ``2026-11``, a quarter ``2026-Q4``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from hemu.foundation.errors import RuleViolation

INCOME, EXPENSE = "income", "expense"
CATEGORIES = (INCOME, EXPENSE)
BUDGETS = ("month", "year")
HOWS = ("page", "hand", "post")
"""How something reaches the committee: opened on the members' page, by hand with a signature, by post."""
MOST_LINES, LONGEST_ITEM, LONGEST_WORDS = 200, 40, 500
MOST_MONEY = 10**13
"""分: a hundred thousand million yuan; more is a slip of the pen."""
_MONTH = re.compile(r"(20\d\d|21\d\d)-(0[1-9]|1[0-2])", re.ASCII)
_QUARTER = re.compile(r"(20\d\d|21\d\d)-Q([1-4])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an item of income or expense, 分.

    Attributes:
        category: ``income``, ``expense``; empty where nobody has said yet.
        month: None where it is not written or could not be read.
        budget: of the month or the year, as `Figures.budget_for` says.
        year: this year so far, this month with it.
    """

    category: str
    item: str
    month: int | None
    budget: int | None = None
    year: int | None = None

    @property
    def key(self) -> str:
        """How explanations and comparisons know it."""
        return f"{self.category}:{self.item}"


@dataclass(frozen=True)
class Figures:
    """What a statement says.

    Attributes:
        opening, closing: what was there at the beginning and the end of the month, as written; None: not written.
        stated_income, stated_expense: the totals as written; None: not written.
        rounding: 分 by which sums may differ, since a sheet in 万元 leaves digits out.
    """

    month: str
    lines: tuple[Line, ...] = ()
    opening: int | None = None
    closing: int | None = None
    stated_income: int | None = None
    stated_expense: int | None = None
    budget_for: str = "month"
    rounding: int = 0
    explanations: dict[str, str] = field(default_factory=dict)

    def total(self, category: str) -> int:
        """Return the sum of a category's lines, this month."""
        return sum(line.month or 0 for line in self.lines if line.category == category)

    def year_total(self, category: str) -> int:
        """Return the sum of a category's lines, this year so far."""
        return sum(line.year or 0 for line in self.lines if line.category == category)

    def stated(self, category: str) -> int | None:
        """Return a category's total as written."""
        return self.stated_income if category == INCOME else self.stated_expense

    @property
    def income(self) -> int:
        """The income of the month."""
        return self.total(INCOME)

    @property
    def expense(self) -> int:
        """The expense of the month."""
        return self.total(EXPENSE)

    @property
    def surplus(self) -> int:
        """Income less expense."""
        return self.income - self.expense


def month_before(month: str) -> str:
    """Return the month before: of ``2027-01`` it is ``2026-12``."""
    year, number = map(int, month.split("-"))
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02}"


def month_after(month: str) -> str:
    """Return the month after."""
    year, number = map(int, month.split("-"))
    return f"{year + 1}-01" if number == 12 else f"{year}-{number + 1:02}"


def month_of(day: date) -> str:
    """Return the month of a day."""
    return f"{day:%Y-%m}"


def quarter_of(day: date) -> str:
    """Return the quarter of a day."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def months_of(quarter: str) -> tuple[str, str, str]:
    """Return the months of a quarter."""
    year, number = check_quarter(quarter).split("-Q")
    first = 3 * int(number) - 2
    return (f"{year}-{first:02}", f"{year}-{first + 1:02}", f"{year}-{first + 2:02}")


def check_month(text: str) -> str:
    """Return a month as it is written.

    Raises:
        RuleViolation: ``statement.bad_month``.
    """
    if not _MONTH.fullmatch(text):
        raise RuleViolation("statement.bad_month")
    return text


def check_quarter(text: str) -> str:
    """Return a quarter as it is written.

    Raises:
        RuleViolation: ``statement.bad_quarter``.
    """
    if not _QUARTER.fullmatch(text):
        raise RuleViolation("statement.bad_quarter")
    return text


def check_over(month: str, *, today: date) -> str:
    """Return a month that a statement may be made of: one that has begun, and is not decades away.

    Raises:
        RuleViolation: ``statement.bad_month``, ``statement.not_begun``.
    """
    if check_month(month) > month_of(today):
        raise RuleViolation("statement.not_begun")
    return month


def check_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines within their bounds, items trimmed; empty ones left out.

    Raises:
        RuleViolation: ``statement.too_many_lines`` (limit), ``statement.item_too_long`` (limit),
            ``statement.unknown_category``, ``statement.too_much``.
    """
    found = []
    for line in lines:
        item = " ".join(line.item.split())
        amounts = (line.month, line.budget, line.year)
        if not item and all(amount is None for amount in amounts):
            continue
        if len(item) > LONGEST_ITEM:
            raise RuleViolation("statement.item_too_long", limit=LONGEST_ITEM)
        if line.category not in (*CATEGORIES, ""):
            raise RuleViolation("statement.unknown_category")
        for amount in amounts:
            check_money(amount)
        found.append(replace(line, item=item))
    if len(found) > MOST_LINES:
        raise RuleViolation("statement.too_many_lines", limit=MOST_LINES)
    return tuple(found)


def check_money(amount: int | None) -> int | None:
    """Return an amount in 分 within its bounds.

    Raises:
        RuleViolation: ``statement.too_much``.
    """
    if amount is not None and abs(amount) > MOST_MONEY:
        raise RuleViolation("statement.too_much")
    return amount


def check_words(text: str) -> str:
    """Return words of an explanation or a title, trimmed.

    Raises:
        RuleViolation: ``statement.words_too_long`` (limit).
    """
    text = " ".join(text.split())
    if len(text) > LONGEST_WORDS:
        raise RuleViolation("statement.words_too_long", limit=LONGEST_WORDS)
    return text


def check_how(how: str) -> str:
    """Return how something is delivered.

    Raises:
        RuleViolation: ``statement.unknown_how``.
    """
    if how not in HOWS:
        raise RuleViolation("statement.unknown_how")
    return how


def filled(figures: Figures, before: Figures | None) -> Figures:
    """Return figures with what follows from the month before where it is not written: opening, closing, year so far.

    Args:
        before: the statement of the month before; None where there is none.
    """
    opening = figures.opening
    if opening is None and before is not None:
        opening = before.closing
    closing = figures.closing
    if closing is None and opening is not None:
        closing = opening + figures.surplus
    known = years_before(figures.month, before)
    lines = figures.lines
    if known is not None:
        lines = tuple(
            replace(line, year=known.get(line.key, 0) + line.month)
            if line.year is None and line.month is not None
            else line
            for line in lines
        )
    return replace(figures, opening=opening, closing=closing, lines=lines)


def years_before(month: str, before: Figures | None) -> dict[str, int] | None:
    """Return of each item this year so far up to the month before; empty in January, None where it is not known."""
    if month.endswith("-01"):
        return {}
    if before is None or all(line.year is None for line in before.lines):
        return None
    return {line.key: line.year for line in before.lines if line.year is not None}


@dataclass(frozen=True, slots=True)
class Quarter:
    """What a quarter came to: its months that have a statement, item → 分 of each category.

    Kerui's quarterly meeting hears the operating income of the quarter (OC-01k).
    """

    quarter: str
    months: tuple[str, ...]
    missing: tuple[str, ...]
    income: dict[str, int]
    expense: dict[str, int]

    @property
    def surplus(self) -> int:
        """Income less expense."""
        return sum(self.income.values()) - sum(self.expense.values())


def sum_quarter(quarter: str, statements: Sequence[Figures]) -> Quarter:
    """Return a quarter's sums by item, the biggest first; ``missing`` names its months without a statement."""
    months = months_of(quarter)
    there = {each.month: each for each in statements if each.month in months}
    sums: dict[str, dict[str, int]] = {INCOME: {}, EXPENSE: {}}
    for figures in there.values():
        for line in figures.lines:
            if line.category in sums:
                into = sums[line.category]
                into[line.item] = into.get(line.item, 0) + (line.month or 0)
    ordered = {name: dict(sorted(into.items(), key=lambda pair: -pair[1])) for name, into in sums.items()}
    missing = tuple(month for month in months if month not in there)
    return Quarter(quarter, tuple(sorted(there)), missing, ordered[INCOME], ordered[EXPENSE])
