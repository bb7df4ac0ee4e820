"""The back-planner: the last day of each step, what is too late already, the first day that works."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemu.foundation.due import parse
from hemu.foundation.errors import RuleViolation
from hemu.foundation.tests.clock import office
from hemu.meetings.rules_planning import Numbers, What, first_possible, plan

USUAL = Numbers(
    {"OC-16": parse("-20 days"), "OC-17": parse("+10 days"), "OC-09": parse("-15 days")}, office()
)
SLOWER = Numbers({**USUAL.dues, "OC-16": parse("-30 days")}, office())
WORKING = Numbers({**USUAL.dues, "OC-16": parse("-15 working days")}, office())
DAYS = st.dates(date(2026, 1, 1), date(2026, 10, 31))
SPANS = st.integers(0, 120)


def test_the_steps_of_a_meeting_and_their_last_days() -> None:
    found = plan(date(2027, 3, 20), today=date(2027, 2, 1), numbers=USUAL)
    assert [(each.clause, str(each.what), each.date.isoformat(), each.possible) for each in found.steps] == [
        ("OC-15", "reports", "2027-02-28", True),
        ("NT-02", "approval", "2027-02-28", True),
        ("OC-16", "notice", "2027-02-28", True),
        ("OC-23", "invitations", "2027-02-28", True),
        ("OC-09", "applications", "2027-03-05", True),
        ("OC-17", "opinions", "2027-03-10", True),
        ("OC-01", "meeting", "2027-03-20", True),
        ("OC-18", "carried", "2027-03-20", True),
        ("OC-19", "minutes", "2027-03-20", True),
    ]
    assert found.first_possible == date(2027, 2, 21)


@pytest.mark.parametrize(
    ("today", "missed"),
    [
        ("2027-02-28", []),
        ("2027-03-01", ["reports", "approval", "notice", "invitations"]),
        ("2027-03-05", ["reports", "approval", "notice", "invitations"]),
        ("2027-03-06", ["reports", "approval", "notice", "invitations", "applications"]),
        ("2027-03-09", ["reports", "approval", "notice", "invitations", "applications"]),
        ("2027-03-10", ["reports", "approval", "notice", "invitations", "applications", "opinions"]),
        ("2027-03-20", ["reports", "approval", "notice", "invitations", "applications", "opinions"]),
    ],
)
def test_what_is_too_late_for_the_twentieth_of_march(today: str, missed: list[str]) -> None:
    """Owners who are told late still have ten days, as long as these end before the meeting."""
    found = plan(date(2027, 3, 20), today=date.fromisoformat(today), numbers=USUAL)
    assert [str(each.what) for each in found.missed] == missed
    assert found.is_possible is not bool(missed)


@pytest.mark.parametrize(
    ("numbers", "today", "first"),
    [
        (USUAL, "2026-11-22", "2026-12-12"),
        (USUAL, "2027-02-08", "2027-02-28"),
        (SLOWER, "2026-11-22", "2026-12-22"),
        (WORKING, "2026-11-23", "2026-12-12"),
    ],
)
def test_the_first_day_that_works_follows_an_offices_own_numbers(
    numbers: Numbers, today: str, first: str
) -> None:
    assert first_possible(today=date.fromisoformat(today), numbers=numbers) == date.fromisoformat(first)


def test_what_is_done_is_no_longer_too_late_and_the_ten_days_run_from_the_notice() -> None:
    told = date(2027, 2, 20)
    done: dict[What, date] = dict.fromkeys((What.REPORTS, What.APPROVAL, What.NOTICE, What.INVITATIONS), told)
    found = plan(date(2027, 3, 20), today=date(2027, 3, 1), numbers=USUAL, done=done)
    steps = {each.what: each for each in found.steps}
    assert found.is_possible
    assert (steps[What.NOTICE].done_on, steps[What.OPINIONS].date) == (told, date(2027, 3, 2))


@pytest.mark.parametrize(
    ("kind", "clause"), [("routine", "OC-01"), ("special", "OC-02"), ("half_year_visit", "OC-03")]
)
def test_the_meeting_itself_stands_under_the_clause_of_its_kind(kind: str, clause: str) -> None:
    found = plan(date(2027, 6, 25), today=date(2027, 5, 1), numbers=USUAL, kind=kind)
    assert [each.clause for each in found.steps if each.what == What.MEETING] == [clause]


@pytest.mark.parametrize(
    ("day", "code"), [("2026-11-21", "meeting.in_past"), ("2027-11-24", "meeting.too_far")]
)
def test_no_plan_for_a_day_that_has_passed_or_is_far_off(day: str, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        plan(date.fromisoformat(day), today=date(2026, 11, 22), numbers=USUAL)
    assert refused.value.code == code


@settings(max_examples=25)
@given(DAYS, st.sampled_from([USUAL, SLOWER, WORKING]))
def test_the_first_day_works_and_the_day_before_does_not(today: date, numbers: Numbers) -> None:
    first = first_possible(today=today, numbers=numbers)
    assert plan(first, today=today, numbers=numbers).is_possible
    assert not plan(first - timedelta(days=1), today=today, numbers=numbers).is_possible


@settings(max_examples=25)
@given(DAYS, SPANS, st.sampled_from([USUAL, SLOWER, WORKING]))
def test_a_later_day_never_makes_less_possible(today: date, span: int, numbers: Numbers) -> None:
    day = today + timedelta(days=span)
    some = {each.what for each in plan(day, today=today, numbers=numbers).steps if each.possible}
    more = plan(day + timedelta(days=1), today=today, numbers=numbers).steps
    assert some <= {each.what for each in more if each.possible}


@settings(max_examples=25)
@given(DAYS, SPANS, st.integers(1, 60))
def test_moving_the_meeting_moves_what_comes_before_it(today: date, span: int, by: int) -> None:
    day = today + timedelta(days=span + 20)
    one = {each.what: each.date for each in plan(day, today=today, numbers=USUAL).steps}
    other = plan(day + timedelta(days=by), today=today, numbers=USUAL).steps
    assert all(each.date - one[each.what] == timedelta(days=by) for each in other)
