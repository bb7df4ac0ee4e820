"""What moves when the rules change: open and future duties, never what is past; the office's own word wins."""

from datetime import date, datetime
from typing import Any

import pytest

from hemu.access.tests.house import House, at, found_house
from hemu.duties.models import DueMoved, Duty, RulesApplied
from hemu.duties.operations import apply_rules, note_change, open_between, retiming
from hemu.estate.models import Office
from hemu.estate.operations import set_office_day, set_profile_value, switch_clauses
from hemu.infra.identity import new_id
from hemu.infra.moments import iso_local
from hemu.ledger.operations import Act, append
from hemu.messaging.models import Outgoing

NOW = at("2026-11-23 10:00")  # a Monday
MONDAY = date(2026, 11, 23)


@pytest.fixture
def house(db: None) -> House:
    house = found_house()
    switch_clauses(community=house.community, what=["RQ-11"], since=MONDAY, on=True, now=NOW)
    open_between(first=MONDAY, last=date(2026, 12, 20), now=NOW)  # weeks 48 to 51, each due on its Friday
    follow()
    return house


def follow(now: datetime = NOW) -> int:
    """Let the worker do all there is to do; return how many duties moved in all."""
    before = DueMoved.objects.count()
    while apply_rules(now=now):
        pass
    return DueMoved.objects.count() - before


def dues() -> list[str]:
    rows = Duty.objects.order_by("start_at")
    return [str(iso_local(each.due_at))[5:16] for each in rows]


def own(house: House, value: str, since: str, *, office: Office | None, now: datetime = NOW) -> None:
    set_profile_value(office=office, key="RQ-11", value=value, since=date.fromisoformat(since), now=now)


FRIDAYS = ["11-27T23:59", "12-04T23:59", "12-11T23:59", "12-18T23:59"]


@pytest.mark.parametrize(
    ("since", "moved"),
    [("2026-01-01", [0, 1, 2, 3]), ("2026-11-30", [1, 2, 3]), ("2026-12-14", [3]), ("2027-01-01", [])],
)
def test_a_duty_is_judged_by_the_version_in_force_when_it_began(
    house: House, since: str, moved: list[int]
) -> None:
    thursdays = ["11-26T23:59", "12-03T23:59", "12-10T23:59", "12-17T23:59"]
    own(house, "day 4 of the week", since, office=house.office)
    assert follow() == len(moved)
    assert dues() == [thursdays[n] if n in moved else FRIDAYS[n] for n in range(4)]
    assert follow() == 0


def test_what_moved_is_kept_and_the_rest_of_the_duty_follows(house: House) -> None:
    own(house, "day 4 of the week", "2026-12-14", office=house.office)
    follow()
    move = DueMoved.objects.select_related("duty").get()
    assert (iso_local(move.was), iso_local(move.due_at), move.moved_at) == (
        "2026-12-18T23:59:59+08:00",
        "2026-12-17T23:59:59+08:00",
        NOW,
    )
    assert iso_local(move.duty.warn_at) == iso_local(move.duty.next_at) == "2026-12-16T09:00:00+08:00"


def test_past_late_and_ended_ones_never_change(house: House) -> None:
    act = Act(house.by("steward").key, at=NOW, recorded_at=NOW)
    reason = append(book=house.community.book_id, kind="duty.called_off", subject="clause:x", act=act,
                    facts={"clause": "RQ-11", "duty": "x"})  # fmt: skip
    first, second, third, _fourth = Duty.objects.order_by("start_at")
    Duty.objects.filter(id=first.id).update(due_at=at("2026-11-23 09:00"))  # past, not looked at yet
    Duty.objects.filter(id=second.id).update(late_at=at("2026-11-23 09:00"))
    Duty.objects.filter(id=third.id).update(
        state="fulfilled", ended_by=reason.id, fulfilled_at=NOW, next_at=None
    )
    own(house, "day 4 of the week", "2026-01-01", office=house.office)
    assert follow() == 1
    assert dues() == ["11-23T09:00", FRIDAYS[1], FRIDAYS[2], "12-17T23:59"]


def test_nothing_turns_late_by_a_change_of_rules(house: House) -> None:
    own(house, "day 1 of the week", "2026-01-01", office=house.office)
    assert follow(at("2026-11-25 10:00")) == 3
    assert dues() == [FRIDAYS[0], "11-30T23:59", "12-07T23:59", "12-14T23:59"]


def test_a_day_off_moves_what_counts_working_days(house: House) -> None:
    own(house, "last working day of the week", "2026-01-01", office=None)
    assert follow() == 0  # the same Fridays
    set_office_day(
        office=None, day=date(2026, 12, 4), working=False, reason="检修", now=at("2026-11-23 11:00")
    )
    assert follow() == 1
    set_office_day(office=house.office, day=date(2026, 12, 4), working=True, reason="照常", now=at("2026-11-23 12:00"))  # fmt: skip
    assert follow() == 1
    assert [str(iso_local(each.due_at))[5:10] for each in DueMoved.objects.order_by("id")] == [
        "12-03",
        "12-04",
    ]


def test_the_offices_own_word_wins_over_a_later_one_of_the_company(house: House) -> None:
    own(house, "day 4 of the week", "2026-11-01", office=house.office)
    own(house, "day 3 of the week", "2026-12-01", office=None, now=at("2026-11-23 11:00"))
    follow()
    assert dues() == ["11-26T23:59", "12-03T23:59", "12-10T23:59", "12-17T23:59"]


def test_slices_come_to_the_end_and_start_again_when_the_rules_change_meanwhile(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retiming, "SLICE", 2)
    own(house, "day 4 of the week", "2026-01-01", office=house.office)
    assert apply_rules(now=NOW) == 1
    assert dues()[1:3] == ["12-03T23:59", FRIDAYS[2]]
    own(house, "day 3 of the week", "2026-01-01", office=house.office, now=at("2026-11-23 11:00"))
    follow()
    assert dues() == ["11-25T23:59", "12-02T23:59", "12-09T23:59", "12-16T23:59"]
    applied = RulesApplied.objects.get(office=house.office)
    assert (applied.moved, applied.stamp) == (4, Office.objects.get(id=house.office.id).times_stamp)


def test_two_workers_at_one_slice_move_it_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    own(house, "day 4 of the week", "2026-01-01", office=house.office)
    office = retiming._waiting().get()
    retiming._advance(office, NOW)
    retiming._advance(office, NOW)
    assert DueMoved.objects.count() == 4


def test_what_is_fulfilled_between_looking_and_writing_stays(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(house, "day 4 of the week", "2026-01-01", office=house.office)
    real = retiming._write

    def fulfilled_meanwhile(*args: Any, **kwargs: Any) -> None:
        Duty.objects.filter(due_at__lt=at("2026-11-28 00:00")).update(
            state="void", ended_by=new_id(NOW), next_at=None
        )
        real(*args, **kwargs)

    monkeypatch.setattr(retiming, "_write", fulfilled_meanwhile)
    assert follow() == 3
    assert dues()[0] == FRIDAYS[0]


def test_who_changed_the_rules_is_told_once_how_many_moved(house: House) -> None:
    own(house, "day 4 of the week", "2026-12-01", office=house.office)
    by = house.by("quality")
    act = Act(by.key, at=NOW, recorded_at=NOW)
    facts = {"keys": ["RQ-11"], "since": "2026-12-01"}
    subject = f"office:{house.office.id}"
    entry = append(book=house.office.book_id, kind="setup.profile_set", subject=subject, act=act, facts=facts)
    note_change(entry, house.office)
    note_change(entry, house.office)
    follow()
    told = Outgoing.objects.get(topic="rules.moved")
    assert (told.staff_id, told.facts) == (by.staff_id, {"count": 2})
