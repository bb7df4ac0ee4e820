"""Clocks that stood still: closed time before, between and after; weekends; worked Saturdays."""

from datetime import datetime

import pytest

from hemu.foundation.due import due_at, parse
from hemu.foundation.pauses import merged
from hemu.foundation.tests.clock import at, office

TIME = office()
PAUSED = [
    # due, start, pauses, expected
    ("+24 hours", "2026-11-23 16:00", [], "2026-11-24 16:00"),
    ("+24 hours", "2026-11-23 16:00", ["11-23 10:00/11-23 12:00"], "2026-11-24 16:00"),  # before
    ("+24 hours", "2026-11-23 16:00", ["11-23 15:00/11-23 17:00"], "2026-11-24 17:00"),  # across the start
    ("+24 hours", "2026-11-23 16:00", ["11-23 20:00/11-24 08:00"], "2026-11-25 04:00"),  # between
    (
        "+24 hours",
        "2026-11-23 16:00",
        ["11-24 16:00/11-24 18:00"],
        "2026-11-24 16:00",
    ),  # from the due time on
    ("+24 hours", "2026-11-23 16:00", ["11-24 15:59/11-24 18:00"], "2026-11-24 18:01"),
    ("+24 hours", "2026-11-23 16:00", ["11-25 09:00/11-25 10:00"], "2026-11-24 16:00"),  # after
    (
        "+24 hours",
        "2026-11-23 16:00",
        ["11-24 01:00/11-24 03:00", "11-24 17:00/11-24 18:00"],
        "2026-11-24 19:00",
    ),
    (
        "+24 hours",
        "2026-11-23 16:00",
        ["11-24 01:00/11-24 03:00", "11-24 02:00/11-24 04:00"],
        "2026-11-24 19:00",
    ),
    (
        "+24 hours",
        "2026-11-23 16:00",
        ["11-24 02:00/11-24 03:00", "11-24 01:00/11-24 02:00"],
        "2026-11-24 18:00",
    ),
    (
        "+24 hours",
        "2026-11-23 16:00",
        ["11-24 01:00/11-24 05:00", "11-24 02:00/11-24 03:00"],
        "2026-11-24 20:00",
    ),
    ("+30 minutes", "2026-11-23 11:50", ["11-23 12:00/11-23 13:30"], "2026-11-23 13:50"),  # over lunch
    ("+30 minutes on duty", "2026-11-23 19:50", ["11-23 19:55/11-24 09:00"], "2026-11-24 09:25"),
    (
        "+30 minutes on duty",
        "2026-11-23 19:50",
        ["11-23 21:00/11-24 07:00"],
        "2026-11-24 08:20",
    ),  # desk closed
    ("+30 minutes on duty", "2026-11-23 19:30", ["11-23 20:00/11-24 09:00"], "2026-11-23 20:00"),
    ("+30 minutes on duty", "2026-11-23 10:00", ["11-23 10:10/11-23 10:40"], "2026-11-23 11:00"),
    ("+3 working days", "2026-11-19 10:00", [], "2026-11-24 23:59:59"),
    (
        "+3 working days",
        "2026-11-19 10:00",
        ["11-21 09:00/11-22 18:00"],
        "2026-11-24 23:59:59",
    ),  # in the weekend
    ("+3 working days", "2026-11-19 10:00", ["11-20 18:00/11-23 09:00"], "2026-11-25 23:59:59"),  # over it
    ("+3 working days", "2026-11-19 10:00", ["11-20 09:00/11-20 18:00"], "2026-11-24 23:59:59"),  # in a day
    ("+3 working days", "2026-11-19 10:00", ["11-19 12:00/11-19 13:00"], "2026-11-24 23:59:59"),
    ("+3 working days", "2026-10-08 10:00", [], "2026-10-12 23:59:59"),
    (
        "+3 working days",
        "2026-10-08 10:00",
        ["10-10 09:00/10-11 09:00"],
        "2026-10-13 23:59:59",
    ),  # worked Saturday
    (
        "+3 working days",
        "2026-11-19 10:00",
        ["11-24 20:00/11-25 08:00"],
        "2026-11-25 23:59:59",
    ),  # the last day
    (
        "+3 working days",
        "2026-09-29 10:00",
        ["09-30 10:00/10-08 10:00"],
        "2026-10-10 23:59:59",
    ),  # over a holiday
    ("+7 days", "2026-11-09 10:00", ["11-10 10:00/11-12 10:00"], "2026-11-18 23:59:59"),
    ("+7 days", "2026-11-09 10:00", ["11-16 23:59:59/11-17 00:00:00"], "2026-11-17 23:59:59"),
    ("+0 days", "2026-11-09 10:00", ["11-09 12:00/11-11 12:00"], "2026-11-11 23:59:59"),
    ("+1 month", "2026-01-31 10:00", [], "2026-02-28 23:59:59"),
    ("+1 month", "2026-01-31 10:00", ["02-02 10:00/02-04 10:00"], "2026-03-02 23:59:59"),
    ("at the end of the shift", "2026-11-23 10:00", ["11-23 11:00/11-23 13:00"], "2026-11-23 22:00"),
    ("at the promised time", "2026-11-23 10:00", ["11-23 11:00/11-24 11:00"], "2026-11-26 09:00"),
]


def spans(texts: list[str]) -> list[tuple[datetime, datetime]]:
    pairs = (text.split("/") for text in texts)
    return [(at(f"2026-{stops}"), at(f"2026-{resumes}")) for stops, resumes in pairs]


@pytest.mark.parametrize(("due", "start", "pauses", "expected"), PAUSED)
def test_a_paused_clock(due: str, start: str, pauses: list[str], expected: str) -> None:
    facts = {"promised_at": at("2026-11-25 09:00")}
    found = due_at(parse(due), start=at(start), time=TIME, facts=facts, pauses=spans(pauses))
    assert found == at(expected)


def test_time_counted_backward_and_periods_do_not_pause() -> None:
    pauses = spans(["11-01 00:00/11-30 00:00"])
    assert due_at(parse("-1 day"), start=at("2026-11-23 09:00"), time=TIME, pauses=pauses) == at(
        "2026-11-22 23:59:59"
    )
    rule = parse("day 5 of the next month", "month")
    found = due_at(rule, start=at("2026-11-23 09:00"), time=TIME, every="month", pauses=pauses)
    assert found == at("2026-12-05 23:59:59")


def test_pauses_are_ordered_merged_and_cut_at_the_start() -> None:
    found = merged(
        spans(
            [
                "11-24 10:00/11-24 12:00",
                "11-22 09:00/11-24 09:00",
                "11-24 09:00/11-24 09:30",
                "11-01 00:00/11-02 00:00",
            ]
        ),
        at("2026-11-23 16:00"),
        TIME,
    )
    assert found == spans(["11-23 16:00/11-24 09:30", "11-24 10:00/11-24 12:00"])
