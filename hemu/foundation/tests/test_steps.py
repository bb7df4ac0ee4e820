from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemu.foundation.errors import RuleViolation
from hemu.foundation.steps import StepTable, step

DOOR = StepTable(
    [
        step("open", {"shut"}, "open", {"guard", "owner"}, "XX-01", kind="door.opened"),
        step("shut", {"open"}, "shut", {"guard", "owner"}, "XX-01"),
        step("lock", {"shut"}, "locked", {"guard"}, "XX-02"),
        step("unlock", {"locked"}, "shut", {"guard"}, "XX-02"),
        step("knock", {"shut", "locked"}, None, {"guest"}, "XX-03"),
        step("remove", {"open"}, "gone", {"owner"}, "XX-04"),
        step("remove", {"locked"}, "broken", {"owner"}, "XX-04"),
    ],
    start="shut",
)
STATES = ["broken", "gone", "locked", "open", "shut"]
ALLOWED = {
    ("open", "shut"): "open",
    ("shut", "open"): "shut",
    ("lock", "shut"): "locked",
    ("unlock", "locked"): "shut",
    ("knock", "shut"): "shut",
    ("knock", "locked"): "locked",
    ("remove", "open"): "gone",
    ("remove", "locked"): "broken",
}


@pytest.mark.parametrize(
    ("name", "state"), list(product(["open", "shut", "lock", "unlock", "knock", "remove"], STATES))
)
def test_every_combination_is_allowed_or_refused_as_the_table_says(name: str, state: str) -> None:
    if (name, state) in ALLOWED:
        assert DOOR.find(name, state).lands_on(state) == ALLOWED[name, state]
        return
    with pytest.raises(RuleViolation) as refused:
        DOOR.find(name, state)
    assert refused.value.code == "step.not_allowed"
    allowed = refused.value.params["allowed"]
    assert refused.value.params == {"step": name, "state": state, "allowed": allowed}
    assert {(each, state) for each in allowed} == {pair for pair in ALLOWED if pair[1] == state}  # type: ignore[attr-defined]


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(RuleViolation, match=r"step\.unknown"):
        DOOR.find("paint", "shut")


def test_buttons_are_those_of_state_and_role_in_table_order() -> None:
    assert [each.name for each in DOOR.allowed("shut", {"guard", "guest"})] == ["open", "lock", "knock"]
    assert DOOR.allowed("gone", {"guard", "owner", "guest"}) == []
    assert DOOR.allowed("shut", set()) == []


def test_rows_carry_what_their_room_needs() -> None:
    assert DOOR.find("open", "shut").extras["kind"] == "door.opened"
    assert DOOR.states == frozenset(STATES)


def test_two_rows_for_one_state_are_a_mistake() -> None:
    twice = step("open", {"shut"}, "open", {"guard"}, "XX-01")
    with pytest.raises(ValueError, match="two rows"):
        StepTable([twice, twice], start="shut")


@given(st.lists(st.integers(0, 10)))
def test_folding_walks_the_table(choices: list[int]) -> None:
    state, taken = DOOR.start, []
    for choice in choices:
        rows = DOOR.allowed(state, {"guard", "owner", "guest"})
        if not rows:
            break
        row = rows[choice % len(rows)]
        taken.append(row.name)
        state = ALLOWED[row.name, state]
    assert DOOR.fold(taken) == state


def test_folding_stops_at_a_step_the_table_refuses() -> None:
    with pytest.raises(RuleViolation, match=r"step\.not_allowed"):
        DOOR.fold(["lock", "open"])
    assert DOOR.fold(["unlock"], state="locked") == "shut"


def test_the_diagram_shows_every_row() -> None:
    assert DOOR.diagram() == (
        "stateDiagram-v2\n"
        "    [*] --> shut\n"
        "    shut --> open: open\n"
        "    open --> shut: shut\n"
        "    shut --> locked: lock\n"
        "    locked --> shut: unlock\n"
        "    locked --> locked: knock\n"
        "    shut --> shut: knock\n"
        "    open --> gone: remove\n"
        "    locked --> broken: remove\n"
        "    broken --> [*]\n"
        "    gone --> [*]\n"
    )
