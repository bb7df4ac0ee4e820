"""What a corrective action's table allows, and what is read from its forms."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemu.access.tests.house import at
from hemu.foundation.errors import RuleViolation
from hemu.quality.rules import (
    BOARD,
    LEADERS,
    OVER,
    STEPS,
    State,
    check_extension,
    check_figure,
    check_own,
    check_whys,
    is_independent,
    next_round,
    state_after,
)


def test_every_step_that_the_table_lacks_is_refused() -> None:
    names = {row.name for row in STEPS.rows}
    known = {(row.name, state) for row in STEPS.rows for state in row.from_states}
    for name, state in product(names, STEPS.states):
        if (name, state) in known:
            assert STEPS.find(name, state).name == name
        else:
            with pytest.raises(RuleViolation, match=r"step\.not_allowed"):
                STEPS.find(name, state)


def test_every_state_that_is_not_over_stands_in_one_column() -> None:
    in_columns = [state for states in BOARD.values() for state in states]
    assert sorted(in_columns) == sorted(set(State) - OVER)


@pytest.mark.parametrize(
    ("steps", "ends"),
    [
        ("plan do verify confirm", "ended"),
        ("plan do fail plan do verify", "verified"),
        ("plan do verify reopen plan do verify confirm reopen", "opened"),
        ("extend assign plan extend assign void", "void"),
    ],
)
def test_the_ways_through_the_table(steps: str, ends: str) -> None:
    assert STEPS.fold(steps.split()) == ends


@pytest.mark.parametrize(("figure", "state"), [("", "ended"), ("RQ-30", "verified")])
def test_what_has_no_figure_is_over_when_it_is_found_in_order(figure: str, state: str) -> None:
    assert state_after(STEPS.find("verify", State.DONE), State.DONE, figure=figure) == state


@pytest.mark.parametrize(
    ("step", "by", "roles", "refused"),
    [
        ("plan", "staff:mine", {"technician"}, False), ("plan", "staff:other", {"technician"}, True),
        ("do", "staff:other", {"cs_supervisor"}, False), ("do", "staff:mine", {"finance"}, True),
        ("assign", "staff:mine", {"technician"}, True), ("assign", "staff:other", {"quality"}, False),
    ],
)  # fmt: skip
def test_ones_own_or_a_leaders(step: str, by: str, roles: set[str], refused: bool) -> None:
    row = next(each for each in STEPS.rows if each.name == step)
    if refused:
        with pytest.raises(RuleViolation, match=r"action\.not_yours"):
            check_own(row, by=by, responsible="staff:mine", roles=roles)
    else:
        check_own(row, by=by, responsible="staff:mine", roles=roles)


def test_nobody_checks_their_own_work_while_another_is_there() -> None:
    there = {"staff:a": "甲", "staff:b": "乙"}
    assert is_independent(by="staff:c", hands={"staff:a"}, checkers=there)
    with pytest.raises(RuleViolation) as refused:
        is_independent(by="staff:a", hands={"staff:a"}, checkers=there)
    assert refused.value.params == {"who": ["乙"]}
    assert not is_independent(by="staff:a", hands={"staff:a", "staff:b"}, checkers=there)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("93.50", "93.5"), (" 8 % ", "8"), ("0.0", "0"), ("-0", "0"), ("1,200", "1200"), ("4.00004", "4"), ("-2.5", "-2.5")],
)  # fmt: skip
def test_figures_are_spelled_one_way(text: str, plain: str) -> None:
    assert check_figure(text) == plain


@pytest.mark.parametrize("text", ["", "多", "nan", "inf", "1e99", "1 2"])
def test_what_is_no_figure(text: str) -> None:
    with pytest.raises(RuleViolation, match=r"action\.no_figure"):
        check_figure(text)


@given(st.decimals(min_value=-(10**8), max_value=10**8, places=4))
def test_a_figure_read_twice_is_the_same(number: object) -> None:
    once = check_figure(str(number))
    assert check_figure(once) == once


def test_whys_are_one_a_line() -> None:
    assert check_whys("线断了\n\n 没人巡 \n") == ["线断了", "没人巡"]
    with pytest.raises(RuleViolation, match=r"action\.no_why"):
        check_whys(" \n")
    with pytest.raises(RuleViolation, match=r"action\.too_many_whys"):
        check_whys("\n".join("一二三四五六"))


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        ("2026-10-01", 1, "2026-11-01"), ("2026-12-31", 1, "2027-01-01"),
        ("2026-10-01", 3, "2027-01-01"), ("2026-09-30", 3, "2026-10-01"),
        ("2026-01-01", 6, "2026-07-01"), ("2026-07-01", 6, "2027-01-01"),
    ],
)  # fmt: skip
def test_the_next_round_begins_with_the_next_period(day: str, months: int, first: str) -> None:
    assert next_round(date.fromisoformat(day), months) == date.fromisoformat(first)


def test_a_deadline_is_moved_before_it_has_passed_and_only_to_a_later_one() -> None:
    standing = at("2026-10-09 17:30")
    assert check_extension(at("2026-10-10 17:30"), standing=standing, now=at("2026-10-09 17:30"))
    for due, now, code in [
        ("2026-10-10 17:30", "2026-10-09 17:31", "action.too_late_to_extend"),
        ("2026-10-09 17:30", "2026-10-08 09:00", "action.not_later"),
    ]:
        with pytest.raises(RuleViolation) as refused:
            check_extension(at(due), standing=standing, now=at(now))
        assert refused.value.code == code


def test_leaders_are_known_roles() -> None:
    from hemu.sop.register import load_register

    assert set(load_register().roles) >= LEADERS
