"""Who sits on a day, which terms are none, how many make a quorum."""

from datetime import date

import pytest

from hemu.committee.rules import check_leaving, check_post, check_term, check_words, is_in_office, quorum
from hemu.foundation.errors import RuleViolation

SINCE, UNTIL = date(2026, 1, 1), date(2028, 12, 31)


@pytest.mark.parametrize(
    ("day", "left_on", "sits"),
    [
        (date(2025, 12, 31), None, False),
        (SINCE, None, True),
        (UNTIL, None, True),
        (date(2029, 1, 1), None, False),
        (date(2027, 5, 1), date(2027, 5, 2), True),
        (date(2027, 5, 2), date(2027, 5, 2), False),
    ],
)
def test_access_follows_the_term(day: date, left_on: date | None, sits: bool) -> None:
    assert is_in_office(SINCE, UNTIL, left_on, day) is sits


@pytest.mark.parametrize(("members", "needed"), [(1, 1), (2, 2), (3, 2), (5, 3), (7, 4), (8, 5)])
def test_more_than_half_are_a_quorum(members: int, needed: int) -> None:
    assert quorum(members) == needed


def test_what_is_no_term_no_post_no_reason_is_refused() -> None:
    with pytest.raises(RuleViolation, match=r"committee\.term_backwards"):
        check_term(UNTIL, SINCE)
    with pytest.raises(RuleViolation, match=r"committee\.term_too_long"):
        check_term(SINCE, date(2033, 1, 1))
    with pytest.raises(RuleViolation, match=r"committee\.unknown_value"):
        check_post("king")
    with pytest.raises(RuleViolation, match=r"committee\.unknown_value"):
        check_leaving("bored")
    with pytest.raises(RuleViolation, match=r"committee\.too_long"):
        check_words("长" * 501)
