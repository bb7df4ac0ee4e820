"""The algebra beyond single sentences: properties, closing time, warnings, ladders, unpublished years."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemu.foundation.due import (
    due_at,
    is_late,
    ladder_times,
    parse,
    resolve,
    unpublished_years,
    warn_at,
    window_at,
)
from hemu.foundation.due_language import After, At, Before, Day, Inside
from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import OfficeTime
from hemu.foundation.periods import period_of
from hemu.foundation.tests.clock import at, between, office

TIME = office()
CLOSING = office(period_ends="closing time")
MOMENTS = between("2024-01-01", "2026-11-30")
UNITS = ["minute", "hour", "minutes on duty", "hours on duty", "day", "working day", "month"]
FORWARD = st.builds(lambda count, unit: parse(f"+{count} {unit}"), st.integers(0, 40), st.sampled_from(UNITS))
PERIODS = ["day", "week", "month", "quarter", "half-year", "year", "2 hours", "5 hours", "15 days"]


class Warn:
    warn = {
        "under_a_day": "at three quarters of the span",
        "longer": "09:00 of the last working day before",
    }


@given(FORWARD, MOMENTS, st.sampled_from([TIME, CLOSING]))
def test_what_runs_forward_is_never_due_before_its_start(
    due: After, start: datetime, time: OfficeTime
) -> None:
    assert due_at(due, start=start, time=time) >= start.replace(microsecond=0)


@given(FORWARD, MOMENTS, MOMENTS)
def test_who_starts_later_is_due_no_earlier(due: After, one: datetime, other: datetime) -> None:
    earlier, later = sorted([one, other])
    assert due_at(due, start=earlier, time=TIME) <= due_at(due, start=later, time=TIME)


@given(
    FORWARD, MOMENTS, st.lists(st.tuples(MOMENTS, st.timedeltas(timedelta(), timedelta(days=20))), max_size=4)
)
def test_a_pause_never_hastens(due: After, start: datetime, pauses: list[tuple[datetime, timedelta]]) -> None:
    spans = [(stops, stops + length) for stops, length in pauses]
    assert due_at(due, start=start, time=TIME, pauses=spans) >= due_at(due, start=start, time=TIME)


@given(st.integers(1, 60), MOMENTS)
def test_working_days_match_counting_them_one_by_one(count: int, start: datetime) -> None:
    found = due_at(parse(f"+{count} working days"), start=start, time=TIME)
    assert found == TIME.end_of_day(found.date())
    assert TIME.calendar.is_working_day(found.date())
    assert TIME.calendar.working_days_between(start.date(), found.date()) == count


@given(st.integers(0, 3000), MOMENTS)
def test_time_on_duty_measures_what_it_adds(minutes: int, start: datetime) -> None:
    end = TIME.add_on_duty(start, minutes)
    assert TIME.on_duty_between(start, end) == timedelta(minutes=minutes)


@given(st.sampled_from(PERIODS), MOMENTS)
def test_a_recurring_duty_is_due_in_the_period_that_holds_the_start(every: str, start: datetime) -> None:
    rule = parse("end of the period" if every[0].isdigit() else f"end of the {every}", every)
    assert isinstance(rule, Inside)
    period = period_of(every, start, TIME)
    assert window_at(rule, start=start, time=TIME, every=every) == (
        period.start,
        period.end - timedelta(seconds=1),
    )


@pytest.mark.parametrize(
    ("expr", "every", "start", "expected"),
    [
        ("+3 working days", None, "2026-09-30 16:00", "2026-10-10 17:30"),
        ("+7 days", None, "2026-09-30 16:00", "2026-10-07 17:30"),
        ("+0 days", None, "2026-11-23 16:00", "2026-11-23 17:30"),
        ("+0 days", None, "2026-11-23 18:00", "2026-11-23 23:59:59"),  # after closing the day is left
        ("-20 days", None, "2026-10-20 14:00", "2026-09-30 17:30"),
        ("last day of the month", "month", "2026-02-10 12:00", "2026-02-28 17:30"),
        ("end of the period", "2 hours", "2026-11-22 03:15", "2026-11-22 03:59:59"),
        ("+24 hours", None, "2026-09-30 16:00", "2026-10-01 16:00"),
    ],
)
def test_a_period_may_end_at_closing_time(expr: str, every: str | None, start: str, expected: str) -> None:
    assert due_at(parse(expr, every), start=at(start), time=CLOSING, every=every) == at(expected)


@pytest.mark.parametrize(
    ("expr", "start", "expected"),
    [
        ("-1 working day", "2026-10-08 09:00", "2026-09-30 23:59:59"),
        ("-2 hours", "2026-01-01 01:00", "2025-12-31 23:00"),
        ("-10 minutes", "2026-11-23 08:00", "2026-11-23 07:50"),
        ("+1 month", "2026-01-31 09:00", "2026-02-28 23:59:59"),
        ("+1 month", "2024-01-31 09:00", "2024-02-29 23:59:59"),
        ("+12 months", "2024-02-29 09:00", "2025-02-28 23:59:59"),
        ("+4 hours on duty", "2026-11-23 18:00", "2026-11-24 10:00"),
    ],
)
def test_what_the_register_does_not_use_yet(expr: str, start: str, expected: str) -> None:
    assert due_at(parse(expr), start=at(start), time=TIME) == at(expected)


def test_parts_of_a_second_neither_help_nor_hurt() -> None:
    due = due_at(parse("+24 hours"), start=at("2026-11-23 16:00:00.900"), time=TIME)
    assert due == at("2026-11-24 16:00:00")
    assert not is_late(at("2026-11-24 16:00:00.999"), due)
    assert is_late(at("2026-11-24 16:00:01"), due)


@pytest.mark.parametrize(
    ("expr", "every", "expected"),
    [
        ("+3 working days", None, After(3, "working day")),
        ("+1 working day", None, After(1, "working day")),
        ("+30 minutes on duty", None, After(30, "minute", on_duty=True)),
        ("-1 month", None, Before(1, "month")),
        ("at the next meeting", None, At("the next meeting")),
        ("end of the day", "day", Inside(None, False, Day("end"), 0, False, "day")),
        (
            "day 1 to last day of month 6 of the half-year",
            "half-year",
            Inside(Day("day", 1), False, Day("last day"), 6, False, "half-year"),
        ),
        (
            "day 10 through day 15 of the next month",
            "month",
            Inside(Day("day", 10), True, Day("day", 15), 0, True, "month"),
        ),
    ],
)
def test_sentences_are_read(expr: str, every: str | None, expected: object) -> None:
    assert parse(expr, every) == expected


@pytest.mark.parametrize(
    ("expr", "every"),
    [
        ("", None),
        ("3 working days", None),
        ("+3 workdays", None),
        ("+3  days", None),
        ("+3 days on duty", None),
        ("-30 minutes on duty", None),
        ("+１ day", None),
        ("at the next party", None),
        ("day 0 of the month", "month"),
        ("day 32 of the month", "month"),
        ("day 8 of the week", "week"),
        ("day 15 to day 10 of the month", "month"),
        ("day 1 of month 4 of the quarter", "quarter"),
        ("day 1 of month 0 of the quarter", "quarter"),
        ("day 1 of month 1 of the month", "month"),
        ("last day of the month", "quarter"),
        ("last day of the month", "15 days"),
        ("last day of the period", None),
        ("last day of the period", "month"),
        ("day 1 of the period", "2 hours"),
        ("last day of the decade", None),
        ("+3 working days\n", None),
    ],
)
def test_other_sentences_are_refused(expr: str, every: str | None) -> None:
    with pytest.raises(RuleViolation) as refused:
        parse(expr, every)
    assert refused.value.code == "due.unreadable"


def test_an_unknown_limit_is_refused_with_those_there_are() -> None:
    with pytest.raises(RuleViolation) as refused:
        resolve(At("the limit in the table"), facts={"limit": "roof"}, limits={"lift": "+24 hours"})
    assert refused.value.code == "due.unknown_limit"
    assert refused.value.params == {"limit": "roof", "known": ["lift"]}


@pytest.mark.parametrize(
    ("expr", "every", "start", "years"),
    [
        ("+1 working day", None, "2026-12-31 10:00", [2027]),
        ("+1 working day", None, "2026-12-30 10:00", []),
        ("-1 working day", None, "2027-01-04 10:00", [2027]),
        ("+24 hours", None, "2026-12-31 10:00", []),
        ("+30 minutes on duty", None, "2026-12-31 23:00", []),
        ("last day of the week", "week", "2026-12-31 10:00", []),
        ("last working day of the week", "week", "2026-12-31 10:00", [2027]),
        ("last working day of the month", "month", "2026-12-31 10:00", []),
        ("last working day of the next month", "month", "2026-12-31 10:00", [2027]),
    ],
)
def test_a_year_not_yet_published_is_never_silent(
    expr: str, every: str | None, start: str, years: list[int]
) -> None:
    rule = parse(expr, every)
    due = due_at(rule, start=at(start), time=TIME, every=every)
    assert unpublished_years(rule, start=at(start), at=due, time=TIME, every=every) == years


def test_a_holiday_entered_later_moves_the_due_time() -> None:
    later = office({date(2026, 11, 24): False})
    start = at("2026-11-23 10:00")
    assert due_at(parse("+1 working day"), start=start, time=TIME) == at("2026-11-24 23:59:59")
    assert due_at(parse("+1 working day"), start=start, time=later) == at("2026-11-25 23:59:59")


@pytest.mark.parametrize(
    ("start", "due", "expected"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:40", "2026-11-23 10:30"),
        ("2026-11-23 10:00", "2026-11-24 10:00", "2026-11-24 04:00"),  # Monday 09:00 is past
        ("2026-11-23 08:00", "2026-11-24 08:00", "2026-11-23 09:00"),
        ("2026-11-20 10:00", "2026-11-23 23:59:59", "2026-11-23 02:29:59"),  # Friday 09:00 is past
        ("2026-11-16 10:00", "2026-11-23 23:59:59", "2026-11-20 09:00"),
        ("2026-09-01 10:00", "2026-10-10 23:59:59", "2026-10-09 09:00"),
        ("2026-09-01 10:00", "2026-10-08 23:59:59", "2026-09-30 09:00"),  # before the holiday
        ("2026-11-23 10:00", "2026-11-23 10:00", "2026-11-23 10:00"),
    ],
)
def test_a_warning_comes_before(start: str, due: str, expected: str) -> None:
    assert warn_at(at(due), at(start), TIME, Warn()) == at(expected)


def test_the_ladder_climbs_by_the_same_algebra() -> None:
    rungs = [
        ("cs_supervisor", "+0 minutes"),
        ("office_director", "+4 hours on duty"),
        ("company_leader", "+1 working day"),
    ]
    assert ladder_times(at("2026-09-30 18:00"), rungs, TIME) == [
        ("cs_supervisor", at("2026-09-30 18:00")),
        ("office_director", at("2026-10-01 10:00")),
        ("company_leader", at("2026-10-08 23:59:59")),
    ]
    with pytest.raises(RuleViolation, match=r"ladder\.unreadable"):
        ladder_times(at("2026-09-30 18:00"), [("hr", "-1 day")], TIME)
