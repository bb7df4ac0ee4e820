"""Clauses switched on, their periods opened ahead, and what no room writes kept by hand."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from hemu.access.tests.house import House, at, found_house
from hemu.attachments.operations import keep_file
from hemu.duties.models import Duty
from hemu.duties.operations import (
    Births,
    annul,
    begin_by_hand,
    call_off,
    keep_by_hand,
    look_after,
    move,
    open_ahead,
    open_between,
)
from hemu.duties.queries import is_by_hand
from hemu.estate.models import Community
from hemu.estate.operations import confirm_fact, state_fact, switch_clauses
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_local
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry

NOW = at("2026-11-23 10:00")  # a Monday


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def switch(house: House, *what: str, since: str = "2026-11-23", on: bool = True) -> None:
    switch_clauses(community=house.community, what=what, since=date.fromisoformat(since), on=on, now=NOW)


def applies(house: House, fact: str, since: str = "2026-01-01", on: bool = True) -> None:
    stated = state_fact(
        community=house.community, fact=fact, since=date.fromisoformat(since), on=on, by="staff:one", now=NOW
    )
    confirm_fact(stated=stated, by="staff:two", now=NOW)


def between(first: str, last: str) -> Births:
    return open_between(first=date.fromisoformat(first), last=date.fromisoformat(last), now=NOW)


def opened(clause: str) -> list[tuple[str, str | None]]:
    rows = Duty.objects.filter(clause=clause).order_by("start_at", "key")
    return [(each.key.rpartition(":")[2], iso_local(each.due_at)) for each in rows]


def photo(by: str, colour: str = "white", now: datetime = NOW) -> str:
    data = BytesIO()
    Image.new("RGB", (8, 8), colour).save(data, "JPEG")
    return str(keep_file(data=data.getvalue(), use="photo", by=by, now=now).id)


def keep(house: House, duty: Duty, login: str = "steward", when: str = "2026-11-24 09:00") -> Entry:
    by = house.by(login)
    return keep_by_hand(
        duty=duty.id, by=by, act=by.act(now=at(when)), words="做完了。", files=[photo(by.key)]
    )


def test_nothing_kept_by_hand_is_watched_until_it_is_switched_on(house: House) -> None:
    assert between("2026-11-01", "2027-12-31") == Births()
    switch(house, "RQ-11")
    assert between("2026-11-23", "2026-12-06") == Births(opened=2)
    assert opened("RQ-11") == [
        ("2026-W48", "2026-11-27T23:59:59+08:00"),
        ("2026-W49", "2026-12-04T23:59:59+08:00"),
    ]
    assert between("2026-11-23", "2026-12-06") == Births(already=2)


@pytest.mark.parametrize(
    ("since", "first"),
    [("2026-11-23", "2026-W48"), ("2026-11-24", "2026-W49"), ("2026-11-30", "2026-W49")],
)
def test_a_period_that_has_begun_is_not_judged(house: House, since: str, first: str) -> None:
    switch(house, "RQ-11", since=since)
    between("2026-11-01", "2026-12-06")
    assert opened("RQ-11")[0][0] == first


def test_a_clause_says_more_than_its_package_and_a_later_day_more_than_an_earlier(house: House) -> None:
    switch(house, "desk", since="2026-11-01")
    switch(house, "RQ-11", since="2026-11-30", on=False)
    switch(house, "RQ-11", since="2026-12-14")
    between("2026-11-16", "2026-12-20")
    assert [period for period, _ in opened("RQ-11")] == ["2026-W47", "2026-W48", "2026-W51"]


def test_where_it_does_not_apply_it_is_no_duty(house: House) -> None:
    switch(house, "committee", since="2026-01-01")
    assert between("2026-11-01", "2026-11-30") == Births()
    applies(house, "committee_in_office")
    assert between("2026-11-01", "2026-11-30").opened > 0
    assert opened("OC-04") == [("2026-11", "2026-12-05T23:59:59+08:00")]


def test_a_fact_counts_once_somebody_else_confirms_it(house: House) -> None:
    stated = state_fact(
        community=house.community,
        fact="committee_in_office",
        since=date(2026, 1, 1),
        on=True,
        by="staff:one",
        now=NOW,
    )
    switch(house, "OC-04", since="2026-01-01")
    assert between("2026-11-01", "2026-11-01") == Births()
    with pytest.raises(RuleViolation, match=r"fact\.own_word"):
        confirm_fact(stated=stated, by="staff:one", now=NOW)
    confirm_fact(stated=stated, by="staff:two", now=NOW)
    assert between("2026-11-01", "2026-11-01") == Births(opened=1)
    with pytest.raises(RuleViolation, match=r"fact\.confirmed_already"):
        confirm_fact(stated=stated, by="staff:two", now=NOW)


def test_the_worker_opens_sixty_days_ahead_and_each_day_once(house: House) -> None:
    switch(house, "RQ-11")
    assert open_ahead(now=NOW) == 1
    assert opened("RQ-11")[-1][0] == "2027-W03"  # the week of 18 January, the last that begins within 60 days
    assert open_ahead(now=NOW) == 0
    assert open_ahead(now=NOW + timedelta(days=7)) == 1
    assert opened("RQ-11")[-1][0] == "2027-W04"
    assert len(opened("RQ-11")) == len(set(opened("RQ-11"))) == 10


def test_a_worker_that_was_away_misses_no_period(house: House) -> None:
    switch(house, "RQ-11")
    open_ahead(now=NOW)
    while open_ahead(now=NOW + timedelta(days=150)):
        pass
    weeks = [period for period, _ in opened("RQ-11")]
    assert len(weeks) == 31
    assert weeks == sorted(weeks)


def test_statements_do_not_grow_with_communities(house: House) -> None:
    def asked() -> int:
        Duty.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as found:
            between("2026-11-23", "2026-11-23")
        return len(found)

    switch(house, "RQ-11")
    one = asked()
    for community in Community.objects.all():
        switch_clauses(community=community, what=["RQ-11"], since=date(2026, 11, 23), on=True, now=NOW)
    assert (asked(), Duty.objects.count()) == (one, 3)


def test_evidence_by_hand_is_a_file_words_and_a_time(house: House) -> None:
    switch(house, "RQ-11")
    between("2026-11-23", "2026-11-23")
    duty = Duty.objects.get()
    by = house.by("steward")
    act = by.act(now=at("2026-11-24 09:00"))
    with pytest.raises(RuleViolation, match=r"duty\.needs_file"):
        keep_by_hand(duty=duty.id, by=by, act=act, words="开箱。", files=[])
    with pytest.raises(RuleViolation, match=r"duty\.no_words"):
        keep_by_hand(duty=duty.id, by=by, act=act, words=" ", files=[photo(by.key)])
    entry = keep(house, duty)
    duty.refresh_from_db()
    assert (duty.state, duty.ended_by, duty.late_at) == ("fulfilled", entry.id, None)
    assert entry.facts["files"][0]["use"] == "photo"
    assert entry.proof == Proof.WORD
    with pytest.raises(RuleViolation, match=r"duty\.not_open"):
        keep(house, duty)


def test_evidence_after_the_due_time_leaves_the_mark(house: House) -> None:
    switch(house, "RQ-11")
    between("2026-11-23", "2026-11-23")
    keep(house, Duty.objects.get(), when="2026-11-28 09:00")
    duty = Duty.objects.get()
    assert (duty.state, iso_local(duty.late_at)) == ("fulfilled", "2026-11-28T00:00:00+08:00")


@pytest.mark.parametrize("login", ["frontdesk", "technician", "security"])
def test_who_does_not_owe_it_cannot_keep_it(house: House, login: str) -> None:
    switch(house, "RQ-11")
    between("2026-11-23", "2026-11-23")
    with pytest.raises(RuleViolation, match=r"duty\.not_yours"):
        keep(house, Duty.objects.get(), login)
    with pytest.raises(RuleViolation, match=r"duty\.not_found"):
        keep(house, Duty.objects.get(), "elsewhere")
    assert Duty.objects.get().state == "open"


def test_wrong_evidence_is_annulled_by_another_and_the_duty_is_open_again(house: House) -> None:
    switch(house, "RQ-11")
    between("2026-11-23", "2026-11-23")
    duty = Duty.objects.get()
    given = keep(house, duty, "cs_supervisor")
    act = house.by("cs_supervisor").act(now=at("2026-11-25 09:00"))
    with pytest.raises(RuleViolation, match=r"duty\.own_evidence"):
        annul(duty=duty.id, by=house.by("cs_supervisor"), act=act, words="照片不是这个信箱。")
    by = house.by("office_director")
    entry = annul(duty=duty.id, by=by, act=by.act(now=at("2026-11-25 09:00")), words="照片不是这个信箱。")
    assert entry.facts["entry"] == str(given.id)
    duty.refresh_from_db()
    assert (duty.state, duty.ended_by, duty.fulfilled_at) == ("open", None, None)
    look_after(now=at("2026-11-28 00:00:02"))
    duty.refresh_from_db()
    assert duty.is_late
    keep(house, duty, when="2026-11-28 10:00")


def begin(house: House, clause: str, when: str, given: str = "") -> Duty:
    by = house.by("office_director")
    return begin_by_hand(
        community=house.community,
        clause=clause,
        by=by,
        act=by.act(now=at(when)),
        words="写明。",
        given=at(given) if given else None,
    )


def test_what_starts_a_clock_is_said_by_hand_where_no_room_says_it(house: House) -> None:
    with pytest.raises(RuleViolation, match=r"clause\.not_watched"):
        begin(house, "IN-05", "2026-11-23 10:00")
    switch(house, "internal")
    duty = begin(house, "IN-05", "2026-11-23 10:00")
    assert iso_local(duty.due_at) == "2026-11-26T23:59:59+08:00"
    assert (duty.role, duty.state, is_by_hand("IN-05")) == ("department_head", "open", True)
    keep(house, duty, "office_director")
    with pytest.raises(RuleViolation, match=r"duty\.begun_by_room"):
        begin(house, "RQ-06", "2026-11-23 10:00")


def test_a_backward_duty_moves_with_what_is_planned_and_ends_when_it_is_called_off(house: House) -> None:
    applies(house, "in_takeover")
    switch(house, "takeover")
    with pytest.raises(RuleViolation, match=r"due\.needs_fact"):
        begin(house, "HO-02", "2026-11-23 10:00")
    duty = begin(house, "HO-02", "2026-11-23 10:00", "2027-12-25 19:00")
    assert iso_local(duty.due_at) == "2027-06-25T23:59:59+08:00"
    by = house.by("office_director")
    move(
        duty=duty.id,
        by=by,
        act=by.act(now=at("2026-11-24 10:00")),
        to=at("2028-01-08 19:00"),
        words="改期。",
    )
    duty.refresh_from_db()
    assert iso_local(duty.due_at) == "2027-07-08T23:59:59+08:00"
    entry = call_off(duty=duty.id, by=by, act=by.act(now=at("2026-11-25 10:00")), words="取消。")
    duty.refresh_from_db()
    assert (duty.state, duty.ended_by) == ("void", entry.id)
    kinds = Entry.objects.filter(subject=duty.subject).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["duty.begun_by_hand", "duty.moved", "duty.called_off"]


def test_a_backward_duty_planned_too_late_is_late_from_the_start(house: House) -> None:
    applies(house, "in_takeover")
    switch(house, "takeover")
    duty = begin(house, "HO-02", "2026-11-23 10:00", "2026-11-30 19:00")
    look_after(now=at("2026-11-23 10:01"))
    duty.refresh_from_db()
    assert duty.is_late
    assert Entry.objects.filter(kind="duty.late").count() == 1


def test_a_switched_off_clause_of_a_room_opens_no_duty(house: House) -> None:
    from hemu.duties.queries import is_watched
    from hemu.estate.queries import office_rules

    def watched(clause: str) -> bool:
        rules = office_rules(house.community.office, on=NOW)
        return is_watched(clause, rules=rules, book_id=house.community.book_id)

    assert watched("RQ-06")
    switch(house, "RQ-06", on=False)
    assert not watched("RQ-06")
    assert watched("RQ-05")


@pytest.mark.parametrize(
    ("clause", "by_hand"),
    [("RQ-22", False), ("RV-05", False), ("RP-03", True), ("CM-01", True), ("FE-04", True), ("VS-08", True)],
)
def test_a_room_that_writes_other_values_of_a_kind_does_not_keep_a_clause(clause: str, by_hand: bool) -> None:
    assert is_by_hand(clause) is by_hand
