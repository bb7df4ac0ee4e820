"""What rooms owe every period whatever happens is born ahead once it is switched on, and met by the room's own entry."""

from datetime import date

import pytest

from hemu.access.tests.house import House, at, found_house
from hemu.contact_channels.operations import open_check
from hemu.contact_channels.queries import month_of
from hemu.duties.models import Duty
from hemu.duties.operations import open_ahead, open_between
from hemu.estate.operations import switch_clauses
from hemu.infra.moments import iso_local
from hemu.reports.operations import approve_plan, open_plan

NOW = at("2026-11-23 10:00")


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def switch(house: House, *what: str) -> None:
    switch_clauses(community=house.community, what=what, since=date(2026, 11, 23), on=True, now=NOW)


def test_the_check_and_the_plan_are_born_sixty_days_ahead(house: House) -> None:
    switch(house, "RQ-27", "RV-05")
    open_ahead(now=NOW)
    rows = Duty.objects.order_by("clause", "start_at")
    assert [(each.clause, each.key.rpartition(":")[2], iso_local(each.due_at)) for each in rows] == [
        ("RQ-27", "2026-12", "2026-12-31T23:59:59+08:00"),
        ("RQ-27", "2027-01", "2027-01-29T23:59:59+08:00"),
        ("RV-05", "2027", "2027-01-31T23:59:59+08:00"),
    ]
    december = month_of(house.office, at("2026-12-01 09:00"))
    assert (
        open_check(house.community, december, now=at("2026-12-01 09:00")) is False
    )  # the room finds it there
    assert open_plan(house.community, on=at("2027-01-02 09:00"), now=at("2027-01-02 09:00")) is False


def test_the_rooms_entry_meets_what_was_born_ahead(house: House) -> None:
    switch(house, "RV-05")
    open_between(first=date(2027, 1, 1), last=date(2027, 1, 1), now=NOW)
    by = house.by("office_director")
    act = by.act(now=at("2027-01-05 10:00"))
    approve_plan(community=house.community, year=2027, by=by, act=act, words="按楼栋分到人。")
    assert Duty.objects.values_list("clause", "state").get() == ("RV-05", "fulfilled")


def test_what_is_owed_only_where_something_came_in_is_not_born_ahead(house: House) -> None:
    switch(house, "RQ-13", "RQ-22", "RQ-24", "RQ-25", "RV-07")
    open_ahead(now=NOW)
    assert not Duty.objects.exists()


def test_what_began_while_the_worker_was_away_is_opened_with_its_true_times(house: House) -> None:
    switch(house, "RQ-27")
    open_ahead(now=at("2027-02-10 10:00"))
    rows = [
        (each.key.rpartition(":")[2], iso_local(each.due_at)) for each in Duty.objects.order_by("start_at")
    ]
    assert rows[:2] == [("2026-12", "2026-12-31T23:59:59+08:00"), ("2027-01", "2027-01-29T23:59:59+08:00")]
    while open_ahead(now=at("2027-02-10 10:00")):  # sixty days at a time
        pass
    assert Duty.objects.count() == 5


def test_what_was_switched_on_while_the_worker_was_away_is_opened_from_that_day(house: House) -> None:
    switch(house, "RV-05")
    open_ahead(now=NOW)
    away = at("2026-12-28 10:00")
    switch_clauses(community=house.community, what=["RQ-27"], since=date(2026, 12, 1), on=True, now=away)
    while open_ahead(now=away):
        pass
    rows = Duty.objects.filter(clause="RQ-27").order_by("start_at")
    assert [each.key.rpartition(":")[2] for each in rows] == ["2026-12", "2027-01", "2027-02"]


def test_what_was_kept_before_its_duty_was_opened_is_kept(house: House) -> None:
    switch(house, "RV-05")
    by = house.by("office_director")
    act = by.act(now=at("2027-01-05 10:00"))
    approve_plan(community=house.community, year=2027, by=by, act=act, words="按楼栋分到人。")
    open_ahead(now=at("2027-01-20 10:00"))
    assert Duty.objects.values_list("clause", "state", "late_at").get() == ("RV-05", "fulfilled", None)
