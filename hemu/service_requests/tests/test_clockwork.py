"""The clock and open duties: warned, late, up the ladder, each once; rates assessed; nothing fulfilled."""

from datetime import datetime

import pytest

from hemu.access.tests.house import House, at
from hemu.duties.models import Duty
from hemu.duties.operations import look_after
from hemu.duties.queries import rate_in
from hemu.estate.queries import office_rules
from hemu.foundation.due import period_of
from hemu.infra.moments import iso_local
from hemu.ledger.models import Entry
from hemu.messaging.models import Message, Outgoing
from hemu.messaging.operations import deliver
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk, duties
from hemu.sop.register import load_register


def worker(now: str, times: int = 3) -> None:
    """Let the worker look until nothing is left, and again: what is done once stays done once."""
    for _ in range(times):
        while look_after(now=at(now)):
            pass


def climbed(request: Request, clause: str) -> list[tuple[str, str | None, object, object]]:
    rows = Entry.objects.filter(subject=request.subject, clause=clause, actor="system").order_by("seq")
    return [
        (entry.kind, iso_local(entry.at), entry.facts.get("role"), entry.facts.get("told")) for entry in rows
    ]


def told(house: House) -> list[tuple[str, str, datetime]]:
    names = {actor.staff_id: login for login, actor in house.actors.items()}
    return sorted(
        (names[row.staff_id], row.topic, row.not_before)
        for row in Outgoing.objects.filter(staff__isnull=False)
        if row.staff_id
    )


def only(clause: str) -> None:
    """Let the clock look at the duties of one clause."""
    Duty.objects.exclude(clause=clause).update(next_at=None)


def test_the_24_hour_complaint_is_told_at_once_and_climbs(desk: Desk, house: House) -> None:
    request = desk.register()
    only("RQ-18")
    worker("2026-10-01 09:59")
    assert told(house) == []
    worker("2026-10-01 10:00")  # three quarters of the span
    assert told(house) == [("cs_supervisor", "duty.urgent", at("2026-10-01 10:00"))]
    worker("2026-10-01 16:00")
    assert climbed(request, "RQ-18") == []
    worker("2026-10-01 16:00:01")
    late = ("duty.late", "2026-10-01T16:00:01+08:00", None, None)
    first = ("duty.escalated", "2026-10-01T16:00:00+08:00", "cs_supervisor", True)
    assert climbed(request, "RQ-18") == [late, first]
    worker("2026-10-01 20:00:01")  # four hours on duty
    second = ("duty.escalated", "2026-10-01T20:00:00+08:00", "office_director", True)
    assert climbed(request, "RQ-18") == [late, first, second]
    worker("2026-10-09 00:00:00")  # the first working day after the feast has ended
    third = ("duty.escalated", "2026-10-08T23:59:59+08:00", "general_manager", True)
    assert climbed(request, "RQ-18") == [late, first, second, third]
    worker("2026-12-01 00:00:00")
    assert climbed(request, "RQ-18") == [late, first, second, third]
    assert [login for login, _, _ in told(house)] == [
        "cs_supervisor",
        "cs_supervisor",
        "general_manager",
        "office_director",
    ]
    assert duties(request)["RQ-18"][0] == "open, late"
    assert Duty.objects.get(subject=request.subject, clause="RQ-18").next_at is None


def test_what_passed_in_an_outage_was_not_told(desk: Desk) -> None:
    request = desk.register()
    only("RQ-18")
    worker("2026-10-20 09:00")
    assert climbed(request, "RQ-18") == [
        ("duty.late", "2026-10-01T16:00:01+08:00", None, None),
        ("duty.escalated", "2026-10-01T16:00:00+08:00", "cs_supervisor", False),
        ("duty.escalated", "2026-10-01T20:00:00+08:00", "office_director", False),
        ("duty.escalated", "2026-10-08T23:59:59+08:00", "general_manager", False),
    ]


def test_everything_else_comes_in_one_message_a_person_and_half_day(desk: Desk, house: House) -> None:
    for number in range(3):
        desk.register("inquiry", f"2026-09-30 16:0{number}")
    only("RQ-03")
    worker(
        "2026-09-30 16:59"
    )  # warned of and late within the same half-day, told at the next opening: the 8th
    assert told(house) == [("cs_supervisor", "duty.bundle", at("2026-10-08 08:30"))]
    assert deliver(now=at("2026-10-07 12:00")) == 0
    assert deliver(now=at("2026-10-08 08:30")) == len(told(house)) == Message.objects.count()
    assert deliver(now=at("2026-10-08 08:31")) == 0


def test_danger_is_told_at_once_and_has_a_ladder_of_its_own(desk: Desk) -> None:
    request = desk.go(
        desk.register("repair_public", "2026-10-03 23:00"),
        ("frontdesk classify", "2026-10-03 23:01", {"limit": "danger"}),
        ("cs_supervisor dispatch", "2026-10-03 23:02", {"to": "technician"}),
        ("technician accept", "2026-10-03 23:03"),
    )
    only("RQ-21")
    worker("2026-10-03 23:33:01")
    assert [(role, when) for _, when, role, _ in climbed(request, "RQ-21")[1:]] == [
        ("cs_supervisor", "2026-10-03T23:33:00+08:00"), ("office_director", "2026-10-03T23:33:00+08:00"),
    ]  # fmt: skip
    assert set(Outgoing.objects.filter(topic="duty.urgent").values_list("not_before", flat=True)) == {
        at("2026-10-03 23:33:01")
    }


def test_one_duty_that_cannot_be_looked_at_keeps_nobody_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = desk.register(), desk.register()
    only("RQ-18")
    Duty.objects.filter(subject=bad.subject, clause="RQ-18").update(
        clause="RQ-99", next_at=at("2026-09-30 00:00")
    )
    look_after(now=at("2026-10-01 17:00"))
    assert climbed(good, "RQ-18") != []
    assert duties(bad)["RQ-99"][0] == "open"


RATES = [
    # clause, cases of September as (type, resolved at or ""), met, cohort, attained
    ("RQ-29", [("complaint", "2026-09-28 10:00"), ("complaint", "2026-10-05 10:00")], 2, 2, True),
    ("RQ-29", [("complaint", "2026-09-28 10:00"), ("complaint", "")], 1, 2, False),
    ("RQ-17", [("repair_home", "2026-09-28 10:00"), ("repair_public", "2026-09-28 10:00")], 2, 2, True),
    ("RQ-17", [("repair_home", "2026-09-28 10:00"), ("repair_home", "2026-10-20 10:00")], 1, 2, False),
    ("RQ-30", [("repair_home", "2026-09-28 10:00")], 0, 1, True),
]


@pytest.mark.parametrize(("clause", "cases", "met", "cohort", "attained"), RATES)
def test_rates(
    desk: Desk, house: House, clause: str, cases: list[tuple[str, str]], met: int, cohort: int, attained: bool
) -> None:
    steps = []
    for type, resolved in cases:
        request = desk.register(type, "2026-09-28 09:00")
        desk.step(request, "frontdesk classify", "2026-09-28 09:10")
        steps += [(resolved, request)] if resolved else []
    for when, request in sorted(steps, key=lambda each: each[0]):
        desk.step(request, "frontdesk resolve", when)
    time = office_rules(house.office, on=at("2026-09-28 09:00")).time
    period = period_of("month", at("2026-09-28 09:00"), time)
    rule = load_register().clause(clause)
    assert rate_in(rule, book_id=house.community.book_id, period=period) == (met, cohort)
    duty = Duty.objects.get(clause=clause, subject__endswith=period.key)
    assert iso_local(duty.due_at) == "2026-10-05T23:59:59+08:00"
    worker("2026-10-05 23:59:59", times=1)
    duty.refresh_from_db()
    assert duty.state == "open"
    worker("2026-10-06 00:00:00")
    duty.refresh_from_db()
    assert (duty.state, duty.is_late) == (("fulfilled", False) if attained else ("open", True))


def test_a_rework_above_the_ceiling_is_missed_and_nothing_the_clock_writes_fulfils(desk: Desk) -> None:
    request = desk.go(
        desk.register("repair_home", "2026-09-28 09:00"),
        ("frontdesk classify", "2026-09-28 09:10"), ("technician resolve", "2026-09-28 10:00"),
        ("steward inform", "2026-09-28 10:10"), ("owner confirm", "2026-09-28 10:20"),
        ("steward close", "2026-09-28 10:30"), ("owner reopen", "2026-09-29 10:00", {"because": "rework"}),
    )  # fmt: skip
    worker("2026-10-06 00:00:00")
    assert Duty.objects.get(clause="RQ-30").is_late
    assert set(Entry.objects.filter(actor="system").values_list("kind", flat=True)) <= {
        "duty.late",
        "duty.escalated",
    }
    ended = Duty.objects.exclude(ended_by=None).values_list("ended_by", flat=True)
    assert not Entry.objects.filter(id__in=list(ended), actor="system").exists()
    assert request.reopened_count == 1


def test_a_rate_counts_what_matters_are_now_and_leaves_out_what_was_none(desk: Desk, house: House) -> None:
    kept = desk.register("inquiry", "2026-09-28 09:00")
    desk.step(kept, "frontdesk classify", "2026-09-28 09:10", type="complaint")
    for ending in ("frontdesk withdraw", "office_director void"):
        desk.step(desk.register("complaint", "2026-09-28 09:00"), ending, "2026-09-28 09:20")
    period = period_of(
        "month", at("2026-09-28 09:00"), office_rules(house.office, on=at("2026-09-28 09:00")).time
    )
    rule = load_register().clause("RQ-29")
    assert rate_in(rule, book_id=house.community.book_id, period=period) == (0, 1)
    desk.step(kept, "frontdesk resolve", "2026-09-28 10:00")
    assert rate_in(rule, book_id=house.community.book_id, period=period) == (1, 1)
