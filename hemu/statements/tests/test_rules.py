"""A month's statement by its rules: sums, carry-over, year so far, budget, jumps; the window at its edges."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from hemu.access.tests.house import at
from hemu.foundation.errors import RuleViolation
from hemu.statements.rules import (
    Figures,
    Line,
    check_lines,
    check_month,
    check_over,
    check_quarter,
    filled,
    month_after,
    month_before,
    months_of,
    quarter_of,
    sum_quarter,
)
from hemu.statements.rules_audit import Window, bounds_of, check_open, window_at
from hemu.statements.rules_checks import problems_of

FEE, POWER = "物业费", "电费"


def month(
    name: str, fee: int, power: int, *, opening: int | None = None, closing: int | None = None
) -> Figures:
    """Return a month in whole yuan: one item on each side."""
    lines = (Line("income", FEE, fee * 100), Line("expense", POWER, power * 100))
    return Figures(name, lines, opening and opening * 100, closing and closing * 100)


def chain() -> list[Figures]:
    """Return July to October, newest first, each carried over from the one before."""
    made: list[Figures] = []
    for number, name in enumerate(("2026-07", "2026-08", "2026-09", "2026-10")):
        opening = 100_000 if not made else None
        before = made[-1] if made else None
        made.append(filled(month(name, 90_000, 30_000 + 500 * number, opening=opening), before))
    return made[::-1]


def codes(figures: Figures, history: list[Figures]) -> list[tuple[str, str]]:
    return [
        (each.code, each.key)
        for each in problems_of(filled(figures, history[0] if history else None), history)
    ]


def test_a_month_that_carries_on_has_nothing_odd() -> None:
    assert codes(month("2026-11", 90_000, 31_000), chain()) == []


def test_what_is_not_written_follows_from_the_month_before() -> None:
    history = chain()
    now = filled(month("2026-11", 90_000, 31_000), history[0])
    assert (now.opening, now.closing) == (history[0].closing, (history[0].closing or 0) + 5_900_000)
    assert [line.year for line in filled(month("2027-01", 90_000, 31_000), None).lines] == [
        9_000_000,
        3_100_000,
    ]
    assert [line.year for line in now.lines] == [None, None]  # July began in the middle of a year


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"lines": ()}, [("no_lines", "")]),
        ({"stated_income": 1}, [("sum_off", "")]),
        ({"stated_expense": 3_100_001, "rounding": 1}, []),
        ({"stated_expense": 3_100_002, "rounding": 1}, [("sum_off", "")]),
        ({"opening": 1}, [("carry_off", "")]),
        ({"closing": 1}, [("balance_off", "")]),
    ],
)
def test_sums_and_carry_over(changed: dict[str, object], expected: list[tuple[str, str]]) -> None:
    found = codes(replace(month("2026-11", 90_000, 31_000), **changed), chain())  # type: ignore[arg-type]
    assert [each for each in found if each[0] != "missing"] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (Line("expense", POWER, 3_150_000), []),
        (Line("expense", POWER, 4_600_000), [("jump_up", "expense:电费")]),
        (Line("expense", POWER, 1_000_000), [("jump_down", "expense:电费")]),
        (Line("expense", POWER, 3_100_000, budget=2_800_000), [("over_budget", "expense:电费")]),
        (Line("expense", POWER, 3_100_000, budget=3_000_000), []),
        (Line("expense", POWER, 3_100_000, budget=4_000_000), []),
        (Line("expense", POWER, None), [("no_amount", "expense:电费")]),
        (
            Line("", POWER, 3_100_000),
            [("no_category", ":电费"), ("new_item", ":电费"), ("missing", "expense:电费")],
        ),
        (
            Line("expense", "公共水费", 3_100_000),
            [("new_item", "expense:公共水费"), ("missing", "expense:电费")],
        ),
    ],
)
def test_jumps_budget_and_missing_items(line: Line, expected: list[tuple[str, str]]) -> None:
    figures = replace(month("2026-11", 90_000, 0), lines=(Line("income", FEE, 9_000_000), line))
    assert codes(figures, chain()) == expected


def test_a_jump_is_named_in_numbers() -> None:
    found = problems_of(filled(month("2026-11", 90_000, 46_000), chain()[0]), chain())
    said = {"amount": 4_600_000, "usual": 3_075_000, "months": 4, "difference": 1_525_000, "percent": 50}
    assert [(each.code, each.params) for each in found] == [("jump_up", said)]


def test_income_under_budget_and_a_years_budget() -> None:
    lines = (Line("income", FEE, 9_000_000, budget=10_500_000), Line("expense", POWER, 3_100_000))
    assert codes(Figures("2026-11", lines), chain()) == [("under_budget", "income:物业费")]
    yearly = (
        Line("income", FEE, 9_000_000),
        Line("expense", POWER, 3_100_000, budget=36_000_000, year=37_000_000),
    )
    found = Figures("2026-11", yearly, budget_for="year")
    assert codes(found, chain()) == [("over_budget", "expense:电费")]


def test_year_so_far_follows_the_month_before() -> None:
    january = filled(replace(month("2026-01", 100, 40, opening=10)), None)
    wrong = replace(month("2026-02", 100, 40), lines=(Line("income", FEE, 10_000, year=20_000), Line("expense", POWER, 4_000, year=9_000)))  # fmt: skip
    assert codes(wrong, [january]) == [("year_off", "expense:电费")]


def test_an_item_written_twice_and_one_without_a_name() -> None:
    lines = (Line("income", FEE, 1), Line("income", FEE, 2), Line("expense", "", 3))
    found = [code for code, _key in codes(Figures("2026-11", lines, 1, None), [])]
    assert found == ["twice", "no_item", "nothing_before"]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: check_month("2026-13"), "statement.bad_month"),
        (lambda: check_quarter("2026-Q5"), "statement.bad_quarter"),
        (lambda: check_over("2026-12", today=date(2026, 11, 30)), "statement.not_begun"),
        (lambda: check_lines([Line("income", "一" * 41, 1)]), "statement.item_too_long"),
        (lambda: check_lines([Line("other", "一", 1)]), "statement.unknown_category"),
        (lambda: check_lines([Line("income", "一", 10**14)]), "statement.too_much"),
        (lambda: check_lines([Line("income", str(each), 1) for each in range(201)]), "statement.too_many_lines"),
        (lambda: check_open("2026-12", now=at("2026-12-09 23:59")), "audit.not_yet_open"),
        (lambda: check_open("2026-12", now=at("2026-12-16 00:00")), "audit.over"),
    ],
)  # fmt: skip
def test_bounds(call: object, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        call()  # type: ignore[operator]
    assert refused.value.code == code


def test_months_and_quarters() -> None:
    assert (month_before("2027-01"), month_after("2026-12"), month_after("2026-03")) == (
        "2026-12",
        "2027-01",
        "2026-04",
    )
    assert (quarter_of(date(2026, 10, 1)), months_of("2026-Q4")) == (
        "2026-Q4",
        ("2026-10", "2026-11", "2026-12"),
    )
    found = sum_quarter(
        "2026-Q4", [month("2026-10", 10, 4), month("2026-12", 20, 5), month("2026-09", 99, 99)]
    )
    assert (found.income, found.expense, found.surplus) == ({FEE: 3_000}, {POWER: 900}, 2_100)
    assert (found.months, found.missing) == (("2026-10", "2026-12"), ("2026-11",))


@pytest.mark.parametrize(
    ("moment", "stands"),
    [
        ("2026-12-09T23:59:59.999999+08:00", Window.BEFORE),
        ("2026-12-10T00:00:00+08:00", Window.OPEN),
        ("2026-12-09T16:00:00+00:00", Window.OPEN),
        ("2026-12-15T23:59:59.999999+08:00", Window.OPEN),
        ("2026-12-15T15:59:59+00:00", Window.OPEN),
        ("2026-12-16T00:00:00+08:00", Window.OVER),
        ("2026-12-15T16:00:00+00:00", Window.OVER),
    ],
)
def test_the_window_at_its_edges(moment: str, stands: Window) -> None:
    assert window_at("2026-12", now=datetime.fromisoformat(moment)) is stands


def test_the_window_has_six_days_in_every_month() -> None:
    opens, closes = bounds_of("2027-02")
    assert ((closes - opens).days, opens.isoformat()) == (6, "2027-02-10T00:00:00+08:00")
