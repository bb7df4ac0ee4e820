"""Every ``due`` of the register, case by case, around the real holidays of 2024 to 2026.

The expected moments were worked out on paper from the orders of the State Council:

    2024  off 02-10…17 04-04…06 05-01…05 06-10 09-15…17 10-01…07
          worked 02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12
    2025  off 01-01 01-28…02-04 04-04…06 05-01…05 05-31…06-02 10-01…08
          worked 01-26 02-08 04-27 09-28 10-11
    2026  off 01-01…03 02-15…23 04-04…06 05-01…05 06-19…21 09-25…27 10-01…07
          worked 01-04 02-14 02-28 05-09 09-20 10-10

A day alone is its end, 23:59:59. The hours are those of the default profile: front desk 08:00-20:00 daily,
shifts 08:00-20:00 and 20:00-08:00.
"""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hemu.foundation.calendar import WorkCalendar
from hemu.foundation.due import due_at, parse, window_at
from hemu.foundation.due_language import Inside
from hemu.foundation.errors import RuleViolation
from hemu.sop.profiles import Profile
from hemu.sop.register import load_register

ZONE = ZoneInfo("Asia/Shanghai")
SETTINGS = Profile().on(date(2026, 1, 1))
TIME = SETTINGS.office_time(WorkCalendar(), ZONE)


def moment(text: str) -> datetime:
    if len(text) == len("2026-01-01"):
        return datetime.fromisoformat(text).replace(tzinfo=ZONE) + timedelta(days=1, seconds=-1)
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


FORWARD = [
    # due, start, expected
    ("+1 working day", "2026-11-20 09:00", "2026-11-23"),  # over a weekend
    ("+1 working day", "2026-11-22 12:00", "2026-11-23"),  # from a Sunday
    ("+1 working day", "2026-11-23 23:59:59", "2026-11-24"),  # the day of the start does not count
    ("+1 working day", "2026-02-13 17:00", "2026-02-14"),  # a worked Saturday
    ("+1 working day", "2026-02-14 10:00", "2026-02-24"),  # over the Spring Festival
    ("+1 working day", "2024-02-09 10:00", "2024-02-18"),  # ending on a worked Sunday
    ("+1 working day", "2025-12-31 18:00", "2026-01-04"),  # over the year's end, a worked Sunday
    ("+2 working days", "2026-09-30 16:00", "2026-10-09"),
    ("+2 working days", "2025-09-26 09:00", "2025-09-29"),  # the worked Sunday 09-28 is the first
    ("+2 working days", "2024-12-31 09:00", "2025-01-03"),
    ("+3 working days", "2026-09-30 16:00", "2026-10-10"),  # 8, 9 and the worked Saturday
    ("+3 working days", "2024-04-03 09:00", "2024-04-09"),  # the worked Sunday 04-07 is the first
    ("+3 working days", "2025-04-30 12:30", "2025-05-08"),  # started in the lunch break
    ("+3 working days", "2026-05-07 09:00", "2026-05-11"),  # the worked Saturday 05-09 is the second
    ("+3 working days", "2026-10-03 09:00", "2026-10-10"),  # started inside the holiday
    ("+15 working days", "2026-06-01 09:00", "2026-06-23"),
    ("+15 working days", "2025-09-15 09:00", "2025-10-11"),
    ("+15 working days", "2024-12-16 09:00", "2025-01-07"),
    ("+15 working days", "2024-02-20 09:00", "2024-03-12"),  # the leap day is one of them
    ("+30 working days", "2026-06-01 09:00", "2026-07-14"),
    ("+30 working days", "2024-12-16 09:00", "2025-01-27"),
    ("+30 working days", "2025-12-01 09:00", "2026-01-13"),
    ("+0 days", "2026-02-17 09:00", "2026-02-17"),  # New Year's day of the old calendar
    ("+0 days", "2024-02-29 00:00", "2024-02-29"),
    ("+0 days", "2025-12-31 23:59:59", "2025-12-31"),
    ("+7 days", "2026-09-30 16:00", "2026-10-07"),  # holidays count
    ("+7 days", "2024-02-22 16:00", "2024-02-29"),
    ("+7 days", "2025-12-28 16:00", "2026-01-04"),
    ("+10 days", "2026-02-18 16:00", "2026-02-28"),
    ("+10 days", "2024-02-19 16:00", "2024-02-29"),
    ("+10 days", "2025-02-19 16:00", "2025-03-01"),
    ("+10 days", "2025-12-31 16:00", "2026-01-10"),
    ("+10 minutes", "2026-10-01 12:00", "2026-10-01 12:10:00"),
    ("+10 minutes", "2026-11-22 23:55", "2026-11-23 00:05:00"),
    ("+10 minutes", "2025-12-31 23:50", "2026-01-01 00:00:00"),
    ("+24 hours", "2026-09-30 16:00", "2026-10-01 16:00:00"),
    ("+24 hours", "2024-02-28 12:00", "2024-02-29 12:00:00"),
    ("+24 hours", "2026-11-21 22:30:15", "2026-11-22 22:30:15"),
    ("+30 minutes on duty", "2026-11-23 10:00", "2026-11-23 10:30:00"),
    ("+30 minutes on duty", "2026-11-23 11:50", "2026-11-23 12:20:00"),  # the desk has no lunch break
    ("+30 minutes on duty", "2026-02-17 09:00", "2026-02-17 09:30:00"),  # nor holidays
    ("+30 minutes on duty", "2026-11-23 19:30", "2026-11-23 20:00:00"),  # met until the desk closes
    ("+30 minutes on duty", "2026-11-23 19:45", "2026-11-24 08:15:00"),
    ("+30 minutes on duty", "2026-11-23 20:00", "2026-11-24 08:30:00"),
    ("+30 minutes on duty", "2026-11-23 06:00", "2026-11-23 08:30:00"),
    ("+30 minutes on duty", "2026-12-31 23:00", "2027-01-01 08:30:00"),
]

BACKWARD = [
    # due, the event, expected
    ("-1 day", "2026-11-23 09:00", "2026-11-22"),
    ("-1 day", "2024-03-01 09:00", "2024-02-29"),
    ("-1 day", "2026-01-01 00:00", "2025-12-31"),
    ("-15 days", "2026-03-10 14:00", "2026-02-23"),
    ("-15 days", "2024-03-10 14:00", "2024-02-24"),
    ("-15 days", "2026-01-10 14:00", "2025-12-26"),
    ("-20 days", "2026-10-20 14:00", "2026-09-30"),
    ("-20 days", "2024-03-10 14:00", "2024-02-19"),
    ("-20 days", "2026-01-15 14:00", "2025-12-26"),
    ("-1 month", "2026-03-31 09:00", "2026-02-28"),  # a day the month lacks is its last
    ("-1 month", "2024-03-31 09:00", "2024-02-29"),
    ("-1 month", "2026-01-15 09:00", "2025-12-15"),
    ("-3 months", "2026-05-31 09:00", "2026-02-28"),
    ("-3 months", "2024-05-29 09:00", "2024-02-29"),
    ("-3 months", "2026-02-10 09:00", "2025-11-10"),
    ("-6 months", "2026-08-31 09:00", "2026-02-28"),
    ("-6 months", "2024-08-31 09:00", "2024-02-29"),
    ("-6 months", "2026-03-01 09:00", "2025-09-01"),
]

GIVEN = [
    # due, start, facts, expected
    ("at the end of the shift", "2026-11-23 10:00", {}, "2026-11-23 20:00:00"),
    ("at the end of the shift", "2026-11-23 08:00", {}, "2026-11-23 20:00:00"),
    ("at the end of the shift", "2026-11-23 20:00", {}, "2026-11-24 08:00:00"),  # the next shift's
    ("at the end of the shift", "2026-11-23 03:00", {}, "2026-11-23 08:00:00"),
    ("at the end of the shift", "2026-12-31 23:30", {}, "2027-01-01 08:00:00"),
    (
        "at the limit in the table",
        "2026-09-30 16:00",
        {"limit": "danger or person shut in"},
        "2026-09-30 16:30:00",
    ),
    (
        "at the limit in the table",
        "2026-09-30 16:00",
        {"limit": "water, power, lift, gate"},
        "2026-10-01 16:00:00",
    ),
    ("at the limit in the table", "2026-09-30 16:00", {"limit": "light, door, drain"}, "2026-10-10"),
    ("at the limit in the table", "2026-06-01 16:00", {"limit": "contractor's work"}, "2026-06-23"),
    (
        "at the promised time",
        "2026-09-30 16:00",
        {"promised_at": moment("2026-10-02 10:00")},
        "2026-10-02 10:00:00",
    ),
    (
        "at the promised time",
        "2026-09-30 16:00",
        {"promised_at": "2026-10-02T02:00:00+00:00"},
        "2026-10-02 10:00:00",
    ),
    (
        "at the promised time",
        "2024-02-28 16:00",
        {"promised_at": moment("2024-02-29 17:30")},
        "2024-02-29 17:30:00",
    ),
    (
        "at the next meeting",
        "2026-09-30 16:00",
        {"next_meeting_at": moment("2026-12-20 14:00")},
        "2026-12-20 14:00:00",
    ),
    (
        "at the next meeting",
        "2025-12-31 16:00",
        {"next_meeting_at": moment("2026-03-28 14:00")},
        "2026-03-28 14:00:00",
    ),
    (
        "at the next meeting",
        "2024-01-15 16:00",
        {"next_meeting_at": moment("2024-02-29 14:00")},
        "2024-02-29 14:00:00",
    ),
    (
        "at the planned time",
        "2026-09-30 16:00",
        {"planned_at": moment("2026-10-08 09:00")},
        "2026-10-08 09:00:00",
    ),
    (
        "at the planned time",
        "2025-12-31 16:00",
        {"planned_at": moment("2026-01-01 00:00")},
        "2026-01-01 00:00:00",
    ),
    (
        "at the planned time",
        "2026-11-22 16:00",
        {"planned_at": moment("2026-11-22 15:00")},
        "2026-11-22 15:00:00",
    ),
]

RECURRING = [
    # due, every, any moment of the period, opens, expected
    ("end of the day", "day", "2026-11-22 00:00", "2026-11-22", "2026-11-22"),
    ("end of the day", "day", "2026-11-22 23:59:59", "2026-11-22", "2026-11-22"),
    ("end of the day", "day", "2024-02-29 12:00", "2024-02-29", "2024-02-29"),
    ("end of the period", "2 hours", "2026-11-22 03:15", "2026-11-22 02:00", "2026-11-22 03:59:59"),
    ("end of the period", "2 hours", "2026-11-22 04:00", "2026-11-22 04:00", "2026-11-22 05:59:59"),
    ("end of the period", "2 hours", "2024-12-31 23:59:59", "2024-12-31 22:00", "2024-12-31"),
    ("end of the period", "15 days", "2025-01-01 00:00", "2025-01-01", "2025-01-15"),
    ("end of the period", "15 days", "2025-01-16 00:00", "2025-01-16", "2025-01-30"),
    ("end of the period", "15 days", "2024-12-31 12:00", "2024-12-17", "2024-12-31"),
    ("end of the period", "15 days", "2026-11-22 12:00", "2026-11-22", "2026-12-06"),  # 46 × 15 days after
    ("day 1 of the week", "week", "2026-11-22 12:00", "2026-11-16", "2026-11-16"),  # Sunday ends the week
    ("day 1 of the week", "week", "2026-01-01 12:00", "2025-12-29", "2025-12-29"),
    ("day 1 of the week", "week", "2024-02-29 12:00", "2024-02-26", "2024-02-26"),
    ("last working day of the week", "week", "2026-11-22 12:00", "2026-11-16", "2026-11-20"),
    ("last working day of the week", "week", "2026-09-16 12:00", "2026-09-14", "2026-09-20"),  # worked Sunday
    ("last working day of the week", "week", "2026-09-30 12:00", "2026-09-28", "2026-09-30"),
    ("last working day of the week", "week", "2026-10-06 12:00", "2026-10-05", "2026-10-10"),
    ("last working day of the week", "week", "2026-02-18 12:00", "2026-02-16", "2026-02-22"),  # it has none
    ("last working day of the week", "week", "2025-12-31 12:00", "2025-12-29", "2026-01-04"),
    ("day 1 of the month", "month", "2026-11-22 12:00", "2026-11-01", "2026-11-01"),
    ("day 1 of the month", "month", "2024-02-29 12:00", "2024-02-01", "2024-02-01"),
    ("day 1 of the month", "month", "2025-12-31 23:59:59", "2025-12-01", "2025-12-01"),
    ("day 10 of the month", "month", "2026-11-22 12:00", "2026-11-01", "2026-11-10"),
    (
        "day 10 of the month",
        "month",
        "2024-02-01 00:00",
        "2024-02-01",
        "2024-02-10",
    ),  # a holiday all the same
    ("day 10 of the month", "month", "2025-12-31 12:00", "2025-12-01", "2025-12-10"),
    ("day 30 of the month", "month", "2026-11-22 12:00", "2026-11-01", "2026-11-30"),
    ("day 30 of the month", "month", "2026-02-10 12:00", "2026-02-01", "2026-02-28"),
    ("day 30 of the month", "month", "2024-02-10 12:00", "2024-02-01", "2024-02-29"),
    ("day 30 of the month", "month", "2026-01-31 12:00", "2026-01-01", "2026-01-30"),
    ("day 10 through day 15 of the month", "month", "2026-11-22 12:00", "2026-11-10", "2026-11-15"),
    ("day 10 through day 15 of the month", "month", "2024-02-29 12:00", "2024-02-10", "2024-02-15"),
    ("day 10 through day 15 of the month", "month", "2025-12-01 00:00", "2025-12-10", "2025-12-15"),
    ("last day of the month", "month", "2026-02-10 12:00", "2026-02-01", "2026-02-28"),
    ("last day of the month", "month", "2024-02-10 12:00", "2024-02-01", "2024-02-29"),
    ("last day of the month", "month", "2025-12-31 12:00", "2025-12-01", "2025-12-31"),
    ("last working day of the month", "month", "2026-10-01 12:00", "2026-10-01", "2026-10-30"),
    (
        "last working day of the month",
        "month",
        "2026-02-10 12:00",
        "2026-02-01",
        "2026-02-28",
    ),  # worked Saturday
    ("last working day of the month", "month", "2025-01-10 12:00", "2025-01-01", "2025-01-27"),
    ("last working day of the month", "month", "2024-09-10 12:00", "2024-09-01", "2024-09-30"),
    ("day 5 of the next month", "month", "2026-11-22 12:00", "2026-12-01", "2026-12-05"),
    ("day 5 of the next month", "month", "2026-09-10 12:00", "2026-10-01", "2026-10-05"),  # in the holiday
    ("day 5 of the next month", "month", "2026-12-31 12:00", "2027-01-01", "2027-01-05"),
    ("day 5 of the next month", "month", "2024-01-31 12:00", "2024-02-01", "2024-02-05"),
    ("last day of the quarter", "quarter", "2026-11-22 12:00", "2026-10-01", "2026-12-31"),
    ("last day of the quarter", "quarter", "2024-02-29 12:00", "2024-01-01", "2024-03-31"),
    ("last day of the quarter", "quarter", "2025-06-30 23:59", "2025-04-01", "2025-06-30"),
    ("last day of month 1 of the quarter", "quarter", "2026-11-22 12:00", "2026-10-01", "2026-10-31"),
    ("last day of month 1 of the quarter", "quarter", "2024-02-29 12:00", "2024-01-01", "2024-01-31"),
    ("last day of month 1 of the quarter", "quarter", "2025-06-01 12:00", "2025-04-01", "2025-04-30"),
    ("day 10 of month 1 of the next quarter", "quarter", "2026-11-22 12:00", "2027-01-01", "2027-01-10"),
    ("day 10 of month 1 of the next quarter", "quarter", "2026-03-31 12:00", "2026-04-01", "2026-04-10"),
    ("day 10 of month 1 of the next quarter", "quarter", "2024-07-01 00:00", "2024-10-01", "2024-10-10"),
    ("day 15 of month 1 of the next quarter", "quarter", "2026-11-22 12:00", "2027-01-01", "2027-01-15"),
    ("day 15 of month 1 of the next quarter", "quarter", "2026-06-30 12:00", "2026-07-01", "2026-07-15"),
    ("day 15 of month 1 of the next quarter", "quarter", "2024-02-29 12:00", "2024-04-01", "2024-04-15"),
    ("day 20 of month 1 of the next quarter", "quarter", "2025-11-22 12:00", "2026-01-01", "2026-01-20"),
    ("day 20 of month 1 of the next quarter", "quarter", "2026-09-30 12:00", "2026-10-01", "2026-10-20"),
    ("day 20 of month 1 of the next quarter", "quarter", "2024-02-29 12:00", "2024-04-01", "2024-04-20"),
    ("last day of the half-year", "half-year", "2026-11-22 12:00", "2026-07-01", "2026-12-31"),
    ("last day of the half-year", "half-year", "2024-02-29 12:00", "2024-01-01", "2024-06-30"),
    ("last day of the half-year", "half-year", "2025-06-30 23:59:59", "2025-01-01", "2025-06-30"),
    (
        "day 1 to last day of month 5 of the half-year",
        "half-year",
        "2026-03-01 12:00",
        "2026-05-01",
        "2026-05-31",
    ),
    (
        "day 1 to last day of month 5 of the half-year",
        "half-year",
        "2026-12-01 12:00",
        "2026-11-01",
        "2026-11-30",
    ),
    (
        "day 1 to last day of month 5 of the half-year",
        "half-year",
        "2024-07-01 00:00",
        "2024-11-01",
        "2024-11-30",
    ),
    (
        "day 1 to last day of month 6 of the half-year",
        "half-year",
        "2026-06-30 12:00",
        "2026-06-01",
        "2026-06-30",
    ),
    (
        "day 1 to last day of month 6 of the half-year",
        "half-year",
        "2026-07-01 00:00",
        "2026-12-01",
        "2026-12-31",
    ),
    (
        "day 1 to last day of month 6 of the half-year",
        "half-year",
        "2024-02-29 12:00",
        "2024-06-01",
        "2024-06-30",
    ),
    ("last day of month 1 of the year", "year", "2026-11-22 12:00", "2026-01-01", "2026-01-31"),
    ("last day of month 1 of the year", "year", "2025-01-01 00:00", "2025-01-01", "2025-01-31"),
    ("last day of month 1 of the year", "year", "2024-12-31 23:59:59", "2024-01-01", "2024-01-31"),
    ("last day of the year", "year", "2026-01-01 00:00", "2026-01-01", "2026-12-31"),
    ("last day of the year", "year", "2024-02-29 12:00", "2024-01-01", "2024-12-31"),
    ("last day of the year", "year", "2025-12-31 23:59:59", "2025-01-01", "2025-12-31"),
]


@pytest.mark.parametrize(("due", "start", "expected"), FORWARD + BACKWARD)
def test_counted(due: str, start: str, expected: str) -> None:
    assert due_at(parse(due), start=moment(start), time=TIME) == moment(expected)


@pytest.mark.parametrize(("due", "start", "facts", "expected"), GIVEN)
def test_given(due: str, start: str, facts: dict[str, datetime | str], expected: str) -> None:
    found = due_at(parse(due), start=moment(start), time=TIME, facts=facts, limits=SETTINGS.limits)
    assert found == moment(expected)


@pytest.mark.parametrize(("due", "every", "start", "opens", "expected"), RECURRING)
def test_recurring(due: str, every: str, start: str, opens: str, expected: str) -> None:
    rule = parse(due, every)
    assert isinstance(rule, Inside)
    first = moment(opens if " " in opens else f"{opens} 00:00")
    assert window_at(rule, start=moment(start), time=TIME, every=every) == (first, moment(expected))
    assert due_at(rule, start=moment(start), time=TIME, every=every) == moment(expected)


@pytest.mark.parametrize(
    ("due", "fact"),
    [
        ("at the planned time", "planned_at"),
        ("at the promised time", "promised_at"),
        ("at the next meeting", "next_meeting_at"),
        ("at the limit in the table", "limit"),
    ],
)
def test_a_missing_fact_is_asked_for(due: str, fact: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        due_at(parse(due), start=moment("2026-11-22 12:00"), time=TIME)
    assert (refused.value.code, refused.value.params) == ("due.needs_fact", {"fact": fact})


def test_every_due_of_the_register_has_three_cases() -> None:
    proved: Counter[tuple[str, str | None]] = Counter(
        [(due, None) for due, *_ in FORWARD + BACKWARD]
        + [(due, None) for due, *_ in GIVEN]
        + [(due, every) for due, every, *_ in RECURRING]
    )
    asked: set[tuple[str, str | None]] = {
        (clause.due, clause.every if isinstance(clause.due_rule, Inside) else None)
        for clause in load_register().clauses.values()
        if clause.due
    }
    assert {due for due in asked if proved[due] < 3} == set()
