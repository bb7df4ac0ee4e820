"""Duties through the real engine, around the National Day of 2026: rest from 1 to 7 October, Saturday 10th works."""

import pytest

from hemu.service_requests.tests.desk import Desk, duties

DAY = "2026-09-30T"

BORN = [
    # type, when, clause → due (the last second that still counts)
    ("complaint", "2026-09-30 16:00", {"RQ-03": "2026-09-30T16:30:00", "RQ-06": "2026-10-10T23:59:59",
                                       "RQ-07": None, "RQ-12": None, "RQ-18": "2026-10-01T16:00:00"}),
    ("inquiry", "2026-09-30 16:00", {"RQ-03": "2026-09-30T16:30:00", "RQ-06": "2026-10-10T23:59:59",
                                     "RQ-12": None}),
    ("repair_home", "2026-09-30 19:45", {"RQ-03": "2026-10-01T08:15:00", "RQ-06": "2026-10-10T23:59:59",
                                         "RQ-12": None}),
    ("repair_public", "2026-10-03 23:30", {"RQ-03": "2026-10-04T08:30:00", "RQ-06": "2026-10-10T23:59:59",
                                           "RQ-12": None}),
    # Saturday the 10th is a working day in place of a feast day: it counts, Sunday the 11th does not.
    ("help", "2026-10-09 09:00", {"RQ-03": "2026-10-09T09:30:00", "RQ-06": "2026-10-13T23:59:59", "RQ-12": None}),
    ("help", "2026-09-19 09:00", {"RQ-03": "2026-09-19T09:30:00", "RQ-06": "2026-09-22T23:59:59", "RQ-12": None}),
    ("praise", "2025-12-31 12:00", {"RQ-03": "2025-12-31T12:30:00", "RQ-06": "2026-01-06T23:59:59", "RQ-12": None}),
]  # fmt: skip


@pytest.mark.parametrize(("type", "when", "expected"), BORN)
def test_registering_opens_what_the_clauses_ask(
    desk: Desk, type: str, when: str, expected: dict[str, str | None]
) -> None:
    request = desk.register(type, when)
    assert duties(request) == {
        clause: ("open", f"{due}+08:00" if due else None) for clause, due in expected.items()
    }


STEPS_BORN = [
    ("a result is told within a working day", "repair_home",
     (("frontdesk classify", "2026-09-30 16:10"), ("technician resolve", "2026-09-30 17:00")),
     "RQ-05", "2026-10-08T23:59:59"),
    ("what comes up on duty is done in the shift", "repair_home",
     (("frontdesk classify", "2026-09-30 16:10"),
      ("cs_supervisor dispatch", "2026-09-30 16:20", {"to": "technician", "shift": "on_duty"})),
     "RQ-15", "2026-09-30T20:00:00"),
    ("at night it is the night shift", "repair_public",
     (("frontdesk classify", "2026-09-30 21:00"),
      ("cs_supervisor dispatch", "2026-09-30 21:10", {"to": "technician", "shift": "on_duty"})),
     "RQ-15", "2026-10-01T08:00:00"),
    ("a person shut in", "repair_public",
     (("frontdesk classify", "2026-09-30 16:10", {"limit": "danger"}), ("cs_supervisor dispatch", "2026-09-30 16:11"),
      ("technician accept", "2026-09-30 16:12")), "RQ-21", "2026-09-30T16:42:00"),
    ("water and lifts", "repair_public",
     (("frontdesk classify", "2026-09-30 16:10", {"urgency": "urgent"}), ("cs_supervisor dispatch", "2026-09-30 16:11"),
      ("technician accept", "2026-09-30 16:12")), "RQ-21", "2026-10-01T16:12:00"),
    ("lights and doors", "repair_public",
     (("frontdesk classify", "2026-09-30 16:10"), ("cs_supervisor dispatch", "2026-09-30 16:11"),
      ("technician accept", "2026-09-30 16:12")), "RQ-21", "2026-10-10T23:59:59"),
    ("the contractor's work", "repair_public",
     (("frontdesk classify", "2026-09-30 16:10", {"limit": "contractor"}),
      ("cs_supervisor dispatch", "2026-09-30 16:11"), ("technician accept", "2026-09-30 16:12")),
     "RQ-21", "2026-10-27T23:59:59"),
    ("a major complaint is reported", "complaint",
     (("steward judge", "2026-09-30 16:10", {"major": "true"}),), "RQ-09", "2026-10-08T23:59:59"),
    ("major repairs have a promised time", "repair_home",
     (("steward judge", "2026-09-30 16:10", {"size": "major_repair", "promised_at": "2026-10-20 12:00"}),),
     "RQ-26", "2026-10-20T12:00:00"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "type", "history", "clause", "due"), STEPS_BORN, ids=[row[0] for row in STEPS_BORN]
)
def test_steps_open_what_follows(
    desk: Desk, what: str, type: str, history: tuple[tuple[str, str], ...], clause: str, due: str
) -> None:
    request = desk.go(desk.register(type), *history)
    assert duties(request)[clause] == ("open", f"{due}+08:00")


MET = [
    # what, step, when it happened, when it was entered, clause → state
    ("in time to the second", "frontdesk classify", "2026-09-30 16:30:00", "", "RQ-03", "fulfilled"),
    ("within that second", "frontdesk classify", "2026-09-30 16:30:00.9", "", "RQ-03", "fulfilled"),
    ("a second late", "frontdesk classify", "2026-09-30 16:30:01", "", "RQ-03", "fulfilled, late"),
    ("entered the same evening", "frontdesk classify", "2026-09-30 16:10", "2026-09-30 23:59:59", "RQ-03", "fulfilled"),
    ("entered a week later", "frontdesk classify", "2026-09-30 16:10", "2026-10-08 09:00", "RQ-03", "fulfilled, late"),
    # An event of a rest day may be entered until the end of the next working day.
    ("a rest day's reply, entered on the 8th", "steward reply", "2026-10-02 10:00", "2026-10-08 23:59", "RQ-06", "fulfilled"),
    ("the 10th works: entered on the 10th", "steward reply", "2026-10-10 10:00", "2026-10-10 23:00", "RQ-06", "fulfilled"),
    ("the 10th works: entered on the 11th", "steward reply", "2026-10-10 10:00", "2026-10-11 00:00", "RQ-06", "fulfilled, late"),
    ("the third working day's last second", "steward reply", "2026-10-10 23:59:59", "", "RQ-06", "fulfilled"),
    ("the fourth day's first second", "steward reply", "2026-10-11 00:00:00", "", "RQ-06", "fulfilled, late"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "line", "when", "entered", "clause", "state"), MET, ids=[row[0] for row in MET]
)
def test_evidence_is_judged_by_its_time(
    desk: Desk, what: str, line: str, when: str, entered: str, clause: str, state: str
) -> None:
    request = desk.register("inquiry")
    desk.step(request, line, when, entered=entered)
    assert duties(request)[clause][0] == state


def test_a_late_word_is_late_from_its_own_time_on(desk: Desk) -> None:
    request = desk.register("complaint", "2026-09-28 10:00", entered="2026-09-30 16:00")
    assert duties(request)["RQ-18"] == ("open", "2026-09-29T10:00:00+08:00")


def test_telling_the_result_is_also_the_reply(desk: Desk) -> None:
    request = desk.go(
        desk.register("inquiry"),
        ("frontdesk classify", "2026-09-30 16:10"),
        ("frontdesk resolve", "2026-09-30 16:20"),
        ("frontdesk inform", "2026-09-30 16:30"),
    )
    assert duties(request) == {
        "RQ-03": ("fulfilled", "2026-09-30T16:30:00+08:00"),
        "RQ-04": ("open", None),
        "RQ-05": ("fulfilled", "2026-10-08T23:59:59+08:00"),
        "RQ-06": ("fulfilled", "2026-10-10T23:59:59+08:00"),
        "RQ-12": ("open", None),
    }
