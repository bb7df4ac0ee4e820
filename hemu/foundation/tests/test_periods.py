from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemu.foundation.errors import RuleViolation
from hemu.foundation.periods import add_months, next_period, period_of, periods_between
from hemu.foundation.tests.clock import at, between, office

TIME = office()
MOMENTS = between("2020-01-01", "2030-01-01")
EVERY = st.sampled_from(
    ["day", "week", "month", "quarter", "half-year", "year", "2 hours", "5 hours", "15 days"]
)


@pytest.mark.parametrize(
    ("every", "moment", "start", "end", "key"),
    [
        ("day", "2026-11-22 12:00", "2026-11-22", "2026-11-23", "2026-11-22"),
        ("week", "2026-11-22 12:00", "2026-11-16", "2026-11-23", "2026-W47"),
        ("week", "2027-01-01 12:00", "2026-12-28", "2027-01-04", "2026-W53"),
        ("week", "2024-12-31 12:00", "2024-12-30", "2025-01-06", "2025-W01"),
        ("month", "2024-02-29 12:00", "2024-02-01", "2024-03-01", "2024-02"),
        ("month", "2026-12-31 23:59:59", "2026-12-01", "2027-01-01", "2026-12"),
        ("quarter", "2026-11-22 12:00", "2026-10-01", "2027-01-01", "2026-Q4"),
        ("half-year", "2026-06-30 12:00", "2026-01-01", "2026-07-01", "2026-H1"),
        ("half-year", "2026-07-01 00:00", "2026-07-01", "2027-01-01", "2026-H2"),
        ("year", "2026-11-22 12:00", "2026-01-01", "2027-01-01", "2026"),
        ("2 hours", "2026-11-22 03:15", "2026-11-22 02:00", "2026-11-22 04:00", "2026-11-22T02"),
        ("5 hours", "2026-11-22 23:15", "2026-11-22 20:00", "2026-11-23 00:00", "2026-11-22T20"),  # cut short
        ("15 days", "2025-01-15 23:59", "2025-01-01", "2025-01-16", "2025-01-01"),
        ("15 days", "2024-12-31 23:59", "2024-12-17", "2025-01-01", "2024-12-17"),
    ],
)
def test_a_period(every: str, moment: str, start: str, end: str, key: str) -> None:
    period = period_of(every, at(moment), TIME)
    assert (period.start, period.end, period.key) == (at(start), at(end), key)


@given(EVERY, MOMENTS)
def test_periods_hold_their_moment_and_leave_no_gap(every: str, moment: datetime) -> None:
    period = period_of(every, moment, TIME)
    following = next_period(every, period, TIME)
    assert period.start <= moment < period.end == following.start
    assert period.key != following.key
    assert period_of(every, period.end - timedelta(seconds=1), TIME) == period


def test_periods_between_take_in_what_they_share() -> None:
    found = periods_between("month", at("2026-10-31 12:00"), at("2026-12-01 00:00"), TIME)
    assert [period.key for period in found] == ["2026-10", "2026-11"]


@pytest.mark.parametrize("every", ["", "months", "0 hours", "25 hours", "fortnight", "2  days", "-2 days"])
def test_other_periods_are_refused(every: str) -> None:
    with pytest.raises(RuleViolation, match=r"every\.unreadable"):
        period_of(every, at("2026-11-22 12:00"), TIME)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
    ],
)
def test_months(day: date, count: int, expected: date) -> None:
    assert add_months(day, count) == expected
