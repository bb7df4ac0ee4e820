from datetime import date, datetime, timedelta

import pytest

from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import Interval, parse_interval
from hemu.foundation.tests.clock import at, office

TIME = office()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("08:30-12:00", 510, 720),
        ("20:00-08:00", 1200, 1920),
        ("00:00-24:00", 0, 1440),
        ("08:00-08:00", 480, 1920),
        ("22:00-24:00", 1320, 1440),
    ],
)
def test_intervals_are_read(text: str, start: int, end: int) -> None:
    assert parse_interval(text) == Interval(start, end)


@pytest.mark.parametrize(
    "text", ["", "8:30-12:00", "08:30–12:00", "24:00-08:00", "08:60-09:00", "08:00-25:00", "08:00"]
)
def test_other_intervals_are_refused(text: str) -> None:
    with pytest.raises(RuleViolation, match=r"hours\.unreadable"):
        parse_interval(text)


@pytest.mark.parametrize("field", ["office", "frontdesk_on_duty", "technician_shifts"])
def test_no_hours_at_all_are_refused(field: str) -> None:
    with pytest.raises(RuleViolation, match=r"hours\.empty"):
        office(**{field: []})  # type: ignore[arg-type]


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(RuleViolation, match=r"time\.naive"):
        TIME.local(datetime.fromisoformat("2026-11-22 12:00"))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23 08:29:59", False),
        ("2026-11-23 08:30", True),
        ("2026-11-23 12:00", False),
        ("2026-11-23 13:30", True),
        ("2026-11-23 17:30", False),
        ("2026-11-22 09:00", False),
        ("2026-10-10 09:00", True),
    ],
)
def test_the_office_is_open_on_working_days_but_for_lunch(moment: str, is_open: bool) -> None:
    assert TIME.is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("hours", "start", "minutes", "expected"),
    [
        (["08:00-20:00"], "2026-11-22 19:45", 30, "2026-11-23 08:15"),
        (["08:00-20:00"], "2026-11-22 19:45", 15, "2026-11-22 20:00"),
        (["08:00-20:00"], "2026-11-22 21:00", 0, "2026-11-22 21:00"),
        (["08:00-20:00"], "2026-11-22 08:00", 1440, "2026-11-23 20:00"),
        (["00:00-24:00"], "2026-11-22 23:45", 30, "2026-11-23 00:15"),
        (["08:30-12:00", "13:30-17:30"], "2026-11-22 11:50", 30, "2026-11-22 13:50"),
        (["20:00-08:00"], "2026-11-22 07:50", 30, "2026-11-22 20:20"),
        (["08:00-14:00", "12:00-20:00"], "2026-11-22 13:50", 30, "2026-11-22 14:20"),
    ],
)
def test_time_on_duty_runs_in_the_hours_of_the_desk(
    hours: list[str], start: str, minutes: int, expected: str
) -> None:
    time = office(frontdesk_on_duty=hours)
    assert time.add_on_duty(at(start), minutes) == at(expected)
    assert time.on_duty_between(at(start), at(expected)) == timedelta(minutes=minutes)


def test_a_desk_may_keep_working_days_only() -> None:
    time = office(frontdesk_days="working days")
    assert time.add_on_duty(at("2026-09-30 19:50"), 30) == at("2026-10-08 08:20")


@pytest.mark.parametrize(
    ("shifts", "moment", "expected"),
    [
        (["08:00-20:00", "20:00-08:00"], "2026-11-22 07:59:59", "2026-11-22 08:00"),
        (["08:00-20:00", "20:00-08:00"], "2026-11-22 20:00", "2026-11-23 08:00"),
        (["08:00-08:00"], "2026-11-22 07:00", "2026-11-22 08:00"),
        (["09:00-17:00"], "2026-11-22 18:00", "2026-11-23 17:00"),
        (["08:00-20:15", "20:00-08:00"], "2026-11-22 20:05", "2026-11-22 20:15"),
    ],
)
def test_a_shift_ends(shifts: list[str], moment: str, expected: str) -> None:
    assert office(technician_shifts=shifts).shift_end(at(moment)) == at(expected)


def test_the_last_moment_of_a_day_is_its_end_or_closing_time() -> None:
    day = date(2026, 11, 23)
    assert TIME.last_moment(day) == at("2026-11-23 23:59:59")
    assert office(period_ends="closing time").last_moment(day) == at("2026-11-23 17:30")
    always = office(period_ends="closing time", office=["00:00-24:00"])
    assert always.last_moment(day) == at("2026-11-23 23:59:59")
