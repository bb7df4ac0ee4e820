"""A statement as a layman reads it in two minutes: big figures, the months beside each other, the biggest items, what jumped."""

from typing import Any

from django.utils.translation import gettext as _

from hemu.statements.models import Statement
from hemu.statements.queries import Checked, checked, figures_of
from hemu.statements.rules import CATEGORIES, EXPENSE, INCOME, Figures, Quarter, month_before
from hemu.statements.wording import SIDES, counted, money, month_words, sentence, spoken

BIGGEST, MONTHS = 5, 6
TALL, WIDE, GAP = 80, 26, 22


def story_of(statement: Statement) -> dict[str, Any]:
    """Return the context of ``statements/story.html``. Four statements at most."""
    return told(statement, checked(figures_of(statement), statement.community_id))


def told(statement: Statement, looked: Checked) -> dict[str, Any]:
    """Return the same of what was looked at already."""
    figures = looked.figures
    before = next((each for each in looked.history if each.month == month_before(figures.month)), None)
    return {
        "month": month_words(figures.month),
        "stats": _stats(figures, before),
        "year": _year(figures),
        "chart": _chart([*reversed(looked.history[: MONTHS - 1]), figures]),
        "biggest": [_biggest(figures, side) for side in CATEGORIES],
        "changes": _changes(looked),
        "rows": _rows(figures),
        "budget_for_year": figures.budget_for == "year",
        "sums": [
            (SIDES[side], money(figures.total(side)), money(figures.year_total(side))) for side in CATEGORIES
        ],
        "opening": money(figures.opening),
        "closing": money(figures.closing),
    }


def _stats(figures: Figures, before: Figures | None) -> list[dict[str, Any]]:
    def than(last: int | None) -> str:
        return _("上月 %(amount)s") % {"amount": spoken(last)} if last is not None else ""

    left = figures.surplus
    return [
        {"label": _("本月收入"), "number": counted(figures.income), "than": than(before.income if before else None)},
        {"label": _("本月支出"), "number": counted(figures.expense), "than": than(before.expense if before else None)},
        {"label": _("本月结余") if left >= 0 else _("本月超支"), "number": counted(abs(left)),
         "than": than(before.surplus if before else None), "tone": "" if left >= 0 else "amber"},
        {"label": _("期末余额"), "number": counted(figures.closing),
         "than": _("期初 %(amount)s") % {"amount": spoken(figures.opening)}},
    ]  # fmt: skip


def _year(figures: Figures) -> str:
    """Return this year so far in one sentence; empty where it is not known."""
    if all(line.year is None for line in figures.lines):
        return ""
    income, expense = figures.year_total(INCOME), figures.year_total(EXPENSE)
    said = {"income": spoken(income), "expense": spoken(expense), "left": spoken(abs(income - expense))}
    if income >= expense:
        return _("今年到现在：收入 %(income)s，支出 %(expense)s，结余 %(left)s。") % said
    return _("今年到现在：收入 %(income)s，支出 %(expense)s，超支 %(left)s。") % said


def _chart(months: list[Figures]) -> dict[str, Any] | None:
    """Return two bars for each month in the units of the drawing; None for a single month."""
    most = max((abs(amount) for each in months for amount in (each.income, each.expense)), default=0)
    if len(months) < 2 or not most:
        return None
    drawn = []
    for number, each in enumerate(months):
        x = number * (2 * WIDE + GAP)
        heights = [round(TALL * max(0, amount) / most) for amount in (each.income, each.expense)]
        said = {
            "month": month_words(each.month),
            "income": spoken(each.income),
            "expense": spoken(each.expense),
        }
        drawn.append({
            "x": x, "second": x + WIDE, "middle": x + WIDE,
            "income": heights[0], "income_y": TALL - heights[0], "expense": heights[1], "expense_y": TALL - heights[1],
            "month": _("%(month)s月") % {"month": int(each.month[-2:])},
            "words": _("%(month)s：收入 %(income)s，支出 %(expense)s") % said,
        })  # fmt: skip
    return {"bars": drawn, "width": len(drawn) * (2 * WIDE + GAP) - GAP, "tall": TALL, "wide": WIDE}


def _biggest(figures: Figures, side: str) -> dict[str, Any]:
    lines = sorted(
        (line for line in figures.lines if line.category == side), key=lambda line: -(line.month or 0)
    )
    whole = figures.total(side)
    return {
        "word": SIDES[side],
        "total": max(1, whole),
        "rows": [
            {
                "item": line.item,
                "amount": max(0, line.month or 0),
                "words": f"{spoken(line.month)} · {round(100 * (line.month or 0) / whole) if whole > 0 else 0}%",
            }
            for line in lines[:BIGGEST]
            if line.month
        ],
        "more": max(0, len(lines) - BIGGEST),
    }


def _changes(looked: Checked) -> list[dict[str, Any]]:
    """Return what jumped, went over budget, came or went, each line once with its explanation."""
    found: dict[str, list[str]] = {}
    for each in looked.warnings:
        if each.key:
            found.setdefault(each.key, []).append(sentence(each.code, each.params))
    return [
        {
            "item": key.partition(":")[2],
            "words": words,
            "why": looked.figures.explanations.get(key, ""),
        }
        for key, words in found.items()
    ]


def _rows(figures: Figures) -> list[dict[str, Any]]:
    return [
        {
            "key": line.key,
            "side": SIDES[line.category] if line.category else "—",
            "item": line.item,
            "budget": money(line.budget),
            "month": money(line.month),
            "year": money(line.year),
            "why": figures.explanations.get(line.key, ""),
        }
        for line in figures.lines
    ]


def quarter_told(quarter: Quarter) -> dict[str, Any]:
    """Return the context of ``statements/quarter_story.html``."""
    sides = []
    for side, sums in ((INCOME, quarter.income), (EXPENSE, quarter.expense)):
        rows = [
            {"item": item, "words": money(amount), "amount": max(0, amount)} for item, amount in sums.items()
        ]
        total = sum(sums.values())
        sides.append({"word": SIDES[side], "total": max(1, total), "said": counted(total), "rows": rows})
    return {
        "sides": sides,
        "surplus": counted(quarter.surplus),
        "months": "、".join(month_words(each) for each in quarter.months),
        "missing": "、".join(month_words(each) for each in quarter.missing),
    }
