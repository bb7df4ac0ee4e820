from datetime import date, timedelta

import pytest

from hemu.foundation.calendar import WorkCalendar

CHINA = WorkCalendar()
NOTICES = {
    2024: (
        "01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17"
        " 10-01 10-02 10-03 10-04 10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02"
        " 10-01 10-02 10-03 10-06 10-07 10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25"
        " 10-01 10-02 10-05 10-06 10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}
"""Weekdays off and weekends worked, as the State Council ordered."""


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_of_a_year_is_as_ordered(year: int) -> None:
    off, worked = ({date.fromisoformat(f"{year}-{day}") for day in days.split()} for days in NOTICES[year])
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year % 4 == 0))]
    expected = {day for day in days if day in worked or (day.weekday() < 5 and day not in off)}
    assert {day for day in days if CHINA.is_working_day(day)} == expected


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 10, 10), -3, date(2026, 9, 30)),
        (date(2026, 10, 11), -1, date(2026, 10, 10)),
        (date(2026, 10, 4), 0, date(2026, 10, 4)),
    ],
)
def test_working_days_are_counted_from_the_next(start: date, count: int, expected: date) -> None:
    assert CHINA.add_working_days(start, count) == expected


@pytest.mark.parametrize(
    ("after", "until", "count"),
    [
        (date(2026, 9, 30), date(2026, 10, 10), 3),
        (date(2026, 9, 30), date(2026, 10, 7), 0),
        (date(2026, 9, 30), date(2026, 9, 30), 0),
        (date(2026, 10, 10), date(2026, 9, 30), 0),
    ],
)
def test_working_days_between_leave_out_the_first_day(after: date, until: date, count: int) -> None:
    assert CHINA.working_days_between(after, until) == count


def test_an_office_adds_days_of_its_own() -> None:
    own = WorkCalendar({date(2026, 11, 23): False, date(2026, 11, 22): True})
    assert own.next_working_day(date(2026, 11, 21)) == date(2026, 11, 22)
    assert own.next_working_day(date(2026, 11, 22)) == date(2026, 11, 24)


def test_a_year_without_an_order_is_said_to_be_unpublished() -> None:
    assert CHINA.unpublished(date(2025, 12, 31), date(2026, 12, 31)) == []
    assert CHINA.unpublished(date(2026, 12, 31), date(2029, 1, 1)) == [2027, 2028, 2029]


def test_the_office_may_enter_the_order_itself_but_one_saturday_is_none() -> None:
    saturday, monday = date(2027, 2, 20), date(2027, 2, 8)
    assert not WorkCalendar({saturday: True}).is_published(2027)
    assert not WorkCalendar({monday: False}).is_published(2027)
    assert WorkCalendar({saturday: True, monday: False}).is_published(2027)


def test_next_working_day_of_an_unpublished_year_knows_weekends_and_feasts() -> None:
    assert CHINA.next_working_day(date(2026, 12, 31)) == date(2027, 1, 4)
