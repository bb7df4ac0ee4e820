"""The rules alone: who may not ask, when trying is enough, where what is not right goes."""

from datetime import date

import pytest

from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import at
from hemu.foundation.errors import RuleViolation
from hemu.return_visits.entries import KINDS
from hemu.return_visits.rules import (
    DOERS,
    STEPS,
    State,
    class_of,
    enough_tries,
    is_independent,
    owed_by,
    promise,
    rung,
    way_back,
)
from hemu.sop.register import load_register

A, B, L = "staff:a", "staff:b", "staff:l"

# by, workers, at the office, above → what comes of it, where somebody independent is
INDEPENDENCE = [
    (A, set(), {A: "甲"}, {}, True, "office"),
    (A, {B}, {A: "甲", B: "乙"}, {}, True, "office"),
    (B, {B}, {A: "甲", B: "乙"}, {}, ["甲"], "office"),
    (B, {B}, {A: "甲", B: "乙"}, {L: "总"}, ["甲"], "office"),
    (B, {A, B}, {A: "甲", B: "乙"}, {L: "总"}, ["总"], "above"),
    (L, {A, B}, {A: "甲", B: "乙"}, {L: "总"}, True, "above"),
    (B, {A, B}, {A: "甲", B: "乙"}, {}, False, "nobody"),
    (B, {A, B, L}, {A: "甲", B: "乙"}, {L: "总"}, False, "nobody"),
    (A, {A}, {A: "甲"}, {}, False, "nobody"),
    ("staff:t", {"staff:t"}, {A: "甲"}, {}, ["甲"], "office"),
]


@pytest.mark.parametrize(("by", "workers", "office", "above", "expected", "where"), INDEPENDENCE)
def test_nobody_asks_about_the_own_work(
    by: str, workers: set[str], office: dict[str, str], above: dict[str, str], expected: object, where: str
) -> None:
    assert rung(workers=workers, office=office, above=above) == where
    if isinstance(expected, list):
        with pytest.raises(RuleViolation) as refusal:
            is_independent(by=by, workers=workers, office=office, above=above)
        assert (refusal.value.code, refusal.value.params) == (
            "return_visit.not_independent",
            {"who": expected},
        )
    else:
        assert is_independent(by=by, workers=workers, office=office, above=above) is expected


def test_the_table() -> None:
    allowed = {(row.name, state): row.lands_on(state) for row in STEPS.rows for state in row.from_states}
    assert allowed == {
        ("done", "open"): "done",
        ("done", "unreachable"): "done",
        ("try", "open"): "open",
        ("unreachable", "open"): "unreachable",
        ("promise", "done"): "promised",
        ("promise", "answered"): "promised",
        ("answer", "promised"): "answered",
    }
    for row in STEPS.rows:
        assert row.roles == DOERS
        assert row.extras["kind"] in {kind.name for kind in KINDS}
        assert set(load_register().clause(row.clause).actors) <= row.roles
    for role in DOERS:
        assert {"return_visit.view", "return_visit.step", "request.step"} <= PERMISSIONS_OF[role]


def test_trying_is_enough_on_different_days() -> None:
    first, second = date(2026, 9, 30), date(2026, 10, 8)
    assert enough_tries([first, second, second], needed=2) == 2
    for days in ([], [first], [first, first]):
        with pytest.raises(RuleViolation, match=r"return_visit\.try_again"):
            enough_tries(days, needed=2)


def test_a_promise_is_of_a_time_to_come() -> None:
    now = at("2026-09-30 16:00")
    assert promise(at("2026-09-30 16:01"), now=now) == at("2026-09-30 16:01")
    with pytest.raises(RuleViolation, match=r"return_visit\.promise_in_past"):
        promise(now, now=now)


@pytest.mark.parametrize(
    ("state", "unsatisfied", "partly"),
    [
        ("resolved", ("send_back",), ("partly",)),
        ("informed", ("send_back",), ("partly",)),
        ("confirmed", ("close", "reopen"), ("close", "reopen")),
        ("closed", ("reopen",), ("reopen",)),
        ("accepted", (), ()),
    ],
)
def test_what_is_not_right_goes_back(
    state: str, unsatisfied: tuple[str, ...], partly: tuple[str, ...]
) -> None:
    assert way_back(result="unsatisfied", state=state) == unsatisfied
    assert way_back(result="partly", state=state) == partly
    assert way_back(result="satisfied", state=state) == ()


def test_classes_and_who_owes_them() -> None:
    assert [class_of(type=type, nature=nature) for type, nature in
            [("repair_home", ""), ("repair_public", "ordered"), ("complaint", ""), ("help", "ordered"), ("help", "")]
            ] == ["repair", "repair", "complaint", "ordered", "other"]  # fmt: skip
    assert owed_by(of_class="repair", major=True) == "steward"
    assert owed_by(of_class="complaint", major=False) == "cs_supervisor"
    assert owed_by(of_class="complaint", major=True) == "office_director"
    assert {state.value for state in State} == {"open", "unreachable", "done", "promised", "answered", "void"}
