"""Who was told stands with the duty for the warning and each rung; what passed while the worker was away was not told."""

from datetime import date, timedelta
from typing import Any

import pytest

from hemu.access.tests.house import House, at, found_house
from hemu.duties.models import Duty
from hemu.duties.operations import look_after, open_between
from hemu.estate.models import Post
from hemu.estate.operations import switch_clauses
from hemu.ledger.models import Entry
from hemu.messaging.models import Outgoing

MONDAY = date(2026, 11, 23)
WARNED, LATE = at("2026-11-26 09:00"), at("2026-11-28 00:00")


@pytest.fixture
def house(db: None) -> House:
    house = found_house()
    switch_clauses(
        community=house.community, what=["RQ-11"], since=MONDAY, on=True, now=at("2026-11-23 08:00")
    )
    open_between(first=MONDAY, last=MONDAY, now=at("2026-11-23 08:00"))
    return house


def told() -> list[tuple[Any, ...]]:
    return [
        (each["rung"], each["role"], each["why"], len(each["people"]))
        for each in Duty.objects.get().told or []
    ]


def test_the_warning_and_each_rung_stand_with_the_duty(house: House) -> None:
    for moment in (WARNED, LATE, at("2026-12-01 00:00"), at("2026-12-02 00:00"), at("2026-12-03 00:00")):
        look_after(now=moment)
    assert told() == [
        (0, "steward", "", 1),
        (1, "cs_supervisor", "", 1),
        (2, "office_director", "", 1),
        (3, "company_leader", "", 1),
        (4, "general_manager", "", 1),
    ]
    first = (Duty.objects.get().told or [])[0]
    steward = house.by("steward").staff_id
    assert (first["at"], first["told_at"], first["people"]) == (
        "2026-11-26T01:00:00.000000Z",
        "2026-11-26T05:30:00.000000Z",  # with the half-day's bundle
        [steward.hex],
    )
    assert Outgoing.objects.filter(key=f"{first['key']}:{steward.hex}").count() == 1


def test_what_passed_while_the_worker_was_away_was_not_told_and_one_summary_goes_out(house: House) -> None:
    open_between(first=date(2026, 11, 30), last=date(2026, 11, 30), now=at("2026-11-23 08:00"))
    back = at("2026-12-07 09:10")  # away since before the warnings
    while look_after(now=back):
        pass
    lines = [line for each in Duty.objects.order_by("start_at") for line in each.told or []]
    assert [(each["rung"], each["why"]) for each in lines] == [
        *((rung, "away") for rung in range(5)),
        *((rung, "away") for rung in range(2)),
    ]
    assert set(Entry.objects.filter(kind="duty.escalated").values_list("facts__told", flat=True)) == {False}
    people = Outgoing.objects.filter(topic="duty.bundle").values_list("staff", flat=True)
    assert len(people) == len(set(people)) == 4  # each rung's person once, however many duties and rungs
    assert not Outgoing.objects.filter(not_before__lt=back).exists()


def test_a_rung_whose_post_is_empty_is_told_to_nobody(house: House) -> None:
    Post.objects.filter(role__in=("cs_supervisor", "steward")).delete()
    look_after(now=WARNED)
    look_after(now=LATE + timedelta(minutes=1))
    assert told() == [(0, "steward", "nobody", 0), (1, "cs_supervisor", "nobody", 0)]
