"""What a typed number means; what a setting can move; who confirms."""

from datetime import date
from typing import Any

import pytest

from hemu.adjusting.rules import clauses_moved, current, is_independent, number_in, read_value
from hemu.foundation.errors import RuleViolation
from hemu.sop.profiles import Profile

TODAY = Profile().on(date(2026, 11, 23))


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("RQ-06", "2", "+2 working days"),
        ("RQ-06", "1", "+1 working day"),
        ("RQ-06", "+48 hours", "+48 hours"),
        ("RQ-03", "45", "+45 minutes on duty"),
        ("OC-04", "8", "day 8 of the next month"),
        ("unconfirmed.tries", "3", 3),
        ("word_evidence.recall_share", "0.1", 0.1),
        ("hours.visits_until", "21:00", "21:00"),
        ("hours.office", '["09:00-17:00"]', ["09:00-17:00"]),
    ],
)
def test_a_number_takes_the_place_of_the_one_that_is_there(key: str, typed: str, value: Any) -> None:
    assert read_value(key, typed, current(TODAY, key)) == value


@pytest.mark.parametrize(
    ("key", "typed", "code"),
    [
        ("RQ-06", "3", "rules.same"),
        ("RQ-06", "soon", "rules.bad_value"),
        ("RQ-06", "", "rules.bad_value"),
        ("unconfirmed.tries", "-1", "rules.bad_value"),
        ("unconfirmed.tries", "two", "rules.bad_value"),
        ("hours.visits_until", "25:00", "rules.bad_value"),
    ],
)
def test_what_is_no_value_is_refused(key: str, typed: str, code: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        read_value(key, typed, current(TODAY, key))
    assert refusal.value.code == code


@pytest.mark.parametrize("key", ["XX-01", "hours.nothing", "OC-02a", "nothing", ""])
def test_what_is_no_setting_is_refused(key: str) -> None:
    with pytest.raises(RuleViolation, match=r"profile\.unknown_setting"):
        current(TODAY, key)


@pytest.mark.parametrize(
    ("key", "clauses"),
    [
        ("RQ-06", frozenset({"RQ-06"})),
        ("ladder.default", frozenset()),
        ("warn.longer", frozenset()),
        ("hours.quiet", frozenset()),
        ("hours.office", None),
        ("limits.light, door, drain", frozenset({"RQ-21"})),
    ],
)
def test_what_a_setting_can_move(key: str, clauses: frozenset[str] | None) -> None:
    assert clauses_moved(key) == clauses


def test_the_one_number_of_a_setting() -> None:
    assert [number_in(each) for each in ("+2 working days", "end of the day", "day 1 to day 5 of the month", 3, True)] == [
        "2", "", "", "3", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("own", "here", "above", "independent"),
    [(False, True, True, True), (False, False, False, True), (True, False, False, False)],
)
def test_another_person_confirms_unless_nobody_is_there(
    own: bool, here: bool, above: bool, independent: bool
) -> None:
    by = "staff:one" if own else "staff:two"
    assert is_independent(by=by, stated_by="staff:one", others_here=here, others_above=above) is independent


@pytest.mark.parametrize(("here", "above"), [(True, False), (False, True), (True, True)])
def test_ones_own_word_is_refused_while_somebody_is_there(here: bool, above: bool) -> None:
    with pytest.raises(RuleViolation, match=r"rules\.own_word"):
        is_independent(by="staff:one", stated_by="staff:one", others_here=here, others_above=above)
