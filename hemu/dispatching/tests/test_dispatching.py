"""Sending by rule, taking out of the pool, many at once, danger, handing over: the book and the people told."""

from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from hemu.access.tests.house import House, at, found_house
from hemu.dispatching.models import Absence
from hemu.dispatching.operations import (
    dispatch_by_rule,
    dispatch_many,
    end_rule,
    hand_over,
    publish_rota,
    raise_danger,
    switch,
    take,
    tell_details,
)
from hemu.dispatching.operations.handing import count_open, hand_over_left
from hemu.dispatching.queries import away_at, pool_of, rules_of, staff_at
from hemu.dispatching.tests.conftest import NOW, Exchange
from hemu.estate.models import Post, Shift, Staff
from hemu.estate.queries import on_duty
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry
from hemu.messaging.models import Outgoing
from hemu.service_requests.models import Request
from hemu.service_requests.operations.following import take_step_and_follow
from hemu.service_requests.tests.desk import entries, kinds, written


def told(topic: str) -> set[Any]:
    return set(Outgoing.objects.filter(topic=topic).values_list("staff_id", flat=True))


# ── by rule ──────────────────────────────────────────────────────────────────


def test_by_rule_the_entry_names_the_rule_and_says_why(desk: Exchange, house: House) -> None:
    desk.on_duty("technician")
    rule = desk.rule(
        trade="repair",
        buildings="1-3",
        staff=Staff.objects.get(id=house.by("technician").staff_id),
        on_duty=True,
    )
    case = desk.sorted()
    by, act = desk.act("cs_supervisor")
    case = dispatch_by_rule(number=case.number, act=act, by=by)
    sent = entries(case)[-1]
    assert (case.state, case.handler_id) == ("dispatched", house.by("technician").staff_id)
    assert (sent.actor, sent.facts["rule"], sent.facts["shift"]) == (by.key, rule, "on_duty")
    assert sent.words_row.words["why"] == "按规则：1–3栋 · 维修 → 示例technician，值班"
    assert told("request.dispatched") == {house.by("technician").staff_id}


def test_without_a_rule_nothing_is_sent(desk: Exchange) -> None:
    case, before = desk.sorted(), None
    by, act = desk.act("cs_supervisor")
    before = written()
    with pytest.raises(RuleViolation, match=r"dispatch_rule\.none"):
        dispatch_by_rule(number=case.number, act=act, by=by)
    assert written() == before


def sort(desk: Exchange, case: Request, login: str = "frontdesk") -> Request:
    by, act = desk.act(login)
    values = {"type": "repair_home", "trade": "repair"}
    return take_step_and_follow(number=case.number, step="classify", act=act, by=by, values=values)


def test_at_sorting_only_where_the_office_switched_it_on_and_as_the_clerks_act(
    desk: Exchange, house: House
) -> None:
    desk.rule(trade="repair", department=house.department)
    assert sort(desk, desk.register("repair_home")).state == "classified"
    by, act = desk.act("office_director")
    switch(office=house.office, at_sorting=True, act=act, by=by)
    case = sort(desk, desk.register("repair_home"))
    assert (case.state, case.department) == ("dispatched", house.department)
    assert kinds(case) == ["request.registered", "request.classified", "request.dispatched"]
    assert {entry.actor for entry in entries(case)} == {house.by("frontdesk").key}


def test_a_clerk_sends_by_rule_but_not_by_hand(desk: Exchange, house: House) -> None:
    desk.rule(trade="repair", department=house.department)
    case = desk.sorted()
    with pytest.raises(RuleViolation, match=r"step\.not_yours"):
        desk.step(case, "frontdesk dispatch", "2026-09-30 16:10", to="technician")
    by, act = desk.act("frontdesk")
    assert dispatch_by_rule(number=case.number, act=act, by=by).state == "dispatched"
    by, act = desk.act("technician")
    with pytest.raises(RuleViolation, match=r"step\.not_yours"):
        dispatch_by_rule(number=desk.sorted().number, act=act, by=by)


def test_rules_are_dated_and_the_book_knows_them(desk: Exchange, house: House) -> None:
    first = desk.rule(department=house.department)
    before = desk.rule(trade="repair", role="technician", before=first)
    by, act = desk.act("cs_supervisor")
    end_rule(office=house.office, rule=first, act=act, by=by)
    day = date(2026, 9, 29)
    assert [str(row.id) for row in rules_of(house.office, on=day)] == [before, first]
    assert [str(row.id) for row in rules_of(house.office, on=date(2026, 9, 30))] == [before]
    found = Entry.objects.filter(book=house.office.book_id).order_by("seq")
    assert [entry.kind for entry in found] == [
        "dispatch_rule.set",
        "dispatch_rule.set",
        "dispatch_rule.ended",
    ]
    assert found[1].words_row.words == {"rule": "维修 → 维修"}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "dispatch_rule.no_target"),
        ({"role": "technician", "buildings": "3-1"}, "dispatch_rule.buildings"),
        ({"role": "technician", "hours": "evening"}, "hours.unreadable"),
        ({"role": "hr"}, "request.unknown_value"),
        ({"role": "technician", "before": "x"}, "dispatch_rule.not_found"),
    ],
)
def test_a_rule_nobody_can_follow(desk: Exchange, values: dict[str, str], code: str) -> None:
    before = written()
    with pytest.raises(RuleViolation) as refused:
        desk.rule(**values)
    assert (refused.value.code, written()) == (code, before)


@pytest.mark.parametrize("login", ["frontdesk", "technician", "elsewhere", "general_manager"])
def test_who_may_not_arrange(desk: Exchange, house: House, login: str) -> None:
    by, act = desk.act(login)
    for arrange in (
        lambda: switch(office=house.office, at_sorting=True, act=act, by=by),
        lambda: publish_rota(office=house.office, monday=date(2026, 9, 28), cells={}, act=act, by=by),
    ):
        with pytest.raises(RuleViolation, match=r"access\.denied"):
            arrange()


# ── the pool ─────────────────────────────────────────────────────────────────


def pooled(desk: Exchange) -> Request:
    return desk.step(desk.sorted(), "cs_supervisor dispatch", "2026-09-30 16:10", department="工程部")


def test_the_pool_is_told_and_taken_by_whoever_is_first(desk: Exchange, house: House) -> None:
    desk.belongs("technician", "department_head")
    desk.on_duty("technician")
    case = pooled(desk)
    assert told("request.pooled") == {house.by("technician").staff_id}
    today = date(2026, 9, 30)
    assert [each.number for each in pool_of(house.by("technician"), today=today)] == [case.number]
    by, act = desk.act("technician", "2026-09-30 16:20")
    assert take(number=case.number, act=act, by=by).state == "accepted"
    by, act = desk.act("department_head", "2026-09-30 16:21")
    before = written()
    with pytest.raises(RuleViolation) as refused:
        take(number=case.number, act=act, by=by)
    assert (refused.value.code, refused.value.params) == ("pool.taken", {"name": "示例technician"})
    assert written() == before


def test_another_department_does_not_take_it(desk: Exchange, house: House) -> None:
    from hemu.estate.operations import open_department

    other = open_department(office=house.office, name="秩序部", trade="security", now=NOW)
    Post.objects.filter(staff=house.by("security").staff_id).update(department=other)
    case = pooled(desk)
    assert not pool_of(house.by("security"), today=date(2026, 9, 30)).exists()
    by, act = desk.act("security", "2026-09-30 16:20")
    with pytest.raises(RuleViolation, match=r"accept\.other_department"):
        take(number=case.number, act=act, by=by)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="the test's database in memory knows one writer")
def test_two_press_at_once_and_one_gets_it() -> None:
    desk = Exchange(found_house())
    case, start = pooled(desk), Barrier(2)
    answers: dict[str, str] = {}

    def press(login: str) -> None:
        by, act = desk.act(login, "2026-09-30 16:20")
        start.wait()
        try:
            answers[login] = str(take(number=case.number, act=act, by=by).state)
        except RuleViolation as refusal:
            answers[login] = refusal.code
        finally:
            connections.close_all()

    threads = [Thread(target=press, args=(login,)) for login in ("technician", "security")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers.values()) == ["accepted", "pool.taken"]
    assert kinds(case).count("request.accepted") == 1


# ── many at once ─────────────────────────────────────────────────────────────


def test_many_at_once_each_with_its_own_entry(desk: Exchange, house: House) -> None:
    cases = [desk.sorted(), desk.register(), desk.sorted()]
    by, act = desk.act("cs_supervisor")
    rows = dispatch_many(numbers=[each.number for each in cases], act=act, by=by, to="technician", key="k")
    assert [(row.state, row.code) for row in rows] == [
        ("dispatched", ""), ("", "dispatch.not_sorted"), ("dispatched", ""),
    ]  # fmt: skip
    assert [kinds(each)[-1] for each in cases] == [
        "request.dispatched",
        "request.registered",
        "request.dispatched",
    ]
    before = written()
    again = dispatch_many(numbers=[each.number for each in cases], act=act, by=by, to="technician", key="k")
    assert ([row.state for row in again], written()) == ([row.state for row in rows], before)


def test_what_somebody_has_is_transferred_with_a_reason(desk: Exchange) -> None:
    case = desk.step(desk.sorted(), "cs_supervisor dispatch", "2026-09-30 16:08", to="technician")
    by, act = desk.act("cs_supervisor")
    refused = dispatch_many(numbers=[case.number], act=act, by=by, to="security")
    assert refused[0].code == "step.needs_words"
    sent = dispatch_many(numbers=[case.number], act=act, by=by, to="security", reason="他请假")
    assert (sent[0].state, sent[0].handler) == ("dispatched", "示例security")
    assert entries(case)[-1].words_row.words["reason"] == "他请假"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"numbers": []}, "dispatch.nothing_chosen"),
        ({"numbers": ["a"]}, "dispatch.no_target"),
        ({"numbers": [str(number) for number in range(101)], "to": "x"}, "dispatch.too_many"),
    ],
)
def test_nothing_to_send(desk: Exchange, asked: dict[str, Any], code: str) -> None:
    by, act = desk.act("cs_supervisor")
    with pytest.raises(RuleViolation) as refused:
        dispatch_many(**asked, act=act, by=by)
    assert refused.value.code == code


# ── danger ───────────────────────────────────────────────────────────────────


def alarm(desk: Exchange, kind: str = "shut_in", **more: Any) -> Request:
    by, act = desk.act("frontdesk")
    return raise_danger(kind=kind, community=desk.house.community, act=act, by=by, **more)


def test_danger_goes_at_once_to_all_of_the_trade_on_duty(desk: Exchange, house: House) -> None:
    desk.belongs("technician", "department_head")
    desk.on_duty("technician", "department_head", "security")
    case = alarm(desk, place="3 号电梯")
    assert kinds(case) == ["request.registered", "request.classified", "request.dispatched"]
    sent = entries(case)[-1]
    assert (case.state, case.urgency, case.limit, case.text) == (
        "dispatched",
        "urgent",
        "danger",
        "电梯困人。",
    )
    assert (sent.facts["rule"], len(sent.facts["helpers"])) == ("danger:shut_in", 1)
    assert sent.words_row.words["why"].startswith("险情，值班的先去：")
    rows = Outgoing.objects.filter(topic="request.danger")
    assert {row.staff_id for row in rows} == {
        house.by(each).staff_id for each in ("technician", "department_head")
    }
    assert {row.not_before for row in rows} == {NOW}


@pytest.mark.parametrize(
    ("there", "who", "why"),
    [
        (("security",), "security", "险情，这个专业没有人在班，派给在班的：示例security"),
        ((), "department_head", "险情，没有人在班，按级报部门主管：示例department_head"),
    ],
)
def test_nobody_of_the_trade_the_next_rung_and_why(
    desk: Exchange, house: House, there: tuple[str, ...], who: str, why: str
) -> None:
    desk.on_duty(*there)
    case = alarm(desk, "burst_pipe")
    assert case.handler_id == house.by(who).staff_id
    assert entries(case)[-1].words_row.words["why"] == why


def test_where_nobody_at_all_is_there_it_is_kept_and_reported(desk: Exchange, house: House) -> None:
    Post.objects.exclude(staff=house.by("frontdesk").staff_id).update(until=date(2026, 1, 31))
    case = alarm(desk, "fire")
    assert kinds(case) == ["request.registered", "request.classified", "request.escalated"]


def test_the_details_come_afterwards(desk: Exchange, house: House) -> None:
    desk.on_duty("security")
    case = alarm(desk, "fall")
    by, act = desk.act("frontdesk", "2026-09-30 16:12")
    case = tell_details(
        number=case.number, act=act, by=by, text="一个孩子", home="1-2-301", phone="19900001234"
    )
    assert (case.home, case.caller_phone) == (house.home, "19900001234")
    assert kinds(case)[-2:] == ["request.added", "request.corrected"]


def test_a_danger_nobody_knows_and_who_may_not(desk: Exchange) -> None:
    before = written()
    with pytest.raises(RuleViolation, match=r"danger\.unknown"):
        alarm(desk, "dragon")
    assert written() == before


def test_statements_of_danger(desk: Exchange, django_assert_max_num_queries: Any) -> None:
    desk.belongs("technician")
    desk.on_duty("technician", "security")
    alarm(desk)
    with django_assert_max_num_queries(50):  # 20 to register, 15 for each of two steps
        alarm(desk)


# ── handing over ─────────────────────────────────────────────────────────────


def staff(house: House, login: str) -> Staff:
    return Staff.objects.get(id=house.by(login).staff_id)


def test_all_open_work_moves_with_its_reason(desk: Exchange, house: House) -> None:
    cases = [
        desk.step(desk.sorted(), "cs_supervisor dispatch", "2026-09-30 16:08", to="technician")
        for _ in range(3)
    ]
    desk.step(cases[1], "technician accept", "2026-09-30 16:09")
    paused = desk.step(cases[2], "technician accept", "2026-09-30 16:09")
    desk.step(paused, "technician pause", "2026-09-30 16:09", cause="parts", resume_on="2026-10-12")
    named = desk.step(
        desk.sorted("complaint", "security"), "cs_supervisor dispatch", "2026-09-30 16:08", to="technician"
    )
    desk.step(named, "cs_supervisor correct", "2026-09-30 16:09", named="security")
    by, act = desk.act("cs_supervisor")
    done = hand_over(
        staff=staff(house, "technician"), to=staff(house, "security"), office=house.office,
        since=date(2026, 9, 30), until=date(2026, 10, 2), reason="请假", act=act, by=by,
    )  # fmt: skip
    assert sorted(row.number for row in done.moved) == [each.number for each in cases]
    assert [(row.number, row.code) for row in done.kept] == [(named.number, "dispatch.named")]
    standing = {each.number: each for each in Request.objects.all()}
    assert [str(standing[each.number].state) for each in cases] == ["dispatched", "dispatched", "paused"]
    assert {standing[each.number].handler_id for each in cases} == {house.by("security").staff_id}
    last = Entry.objects.filter(kind="work.handed_over").get()
    assert (last.facts["moved"], last.facts["kept"], last.facts["until"]) == (3, 1, "2026-10-02")
    away = {str(house.by("technician").staff_id): str(house.by("security").staff_id)}
    assert [away_at(house.office, on=date(2026, 10, day)) for day in (2, 3)] == [away, {}]


def test_into_the_pool_and_on_a_day_to_come(desk: Exchange, house: House) -> None:
    desk.belongs("technician")
    case = desk.step(desk.sorted(), "cs_supervisor dispatch", "2026-09-30 16:08", to="technician")
    by, act = desk.act("office_director")
    asked: dict[str, Any] = {
        "staff": staff(house, "technician"), "to": None, "office": house.office, "reason": "离职", "act": act, "by": by,
    }  # fmt: skip
    later = hand_over(**asked, since=date(2026, 10, 9))
    assert (later.waits, later.moved, Request.objects.get(pk=case.pk).handler_id) == (
        True, [], house.by("technician").staff_id,
    )  # fmt: skip
    done = hand_over(**asked, since=date(2026, 9, 30))
    standing = Request.objects.get(pk=case.pk)
    assert ([row.number for row in done.moved], standing.handler, standing.department) == (
        [case.number], None, house.department,
    )  # fmt: skip
    assert Absence.objects.count() == 2


@pytest.mark.parametrize(
    ("login", "changes", "code"),
    [
        ("frontdesk", {}, "access.denied"),
        ("cs_supervisor", {"reason": " "}, "step.needs_words"),
        ("cs_supervisor", {"until": date(2026, 9, 1)}, "hand_over.days"),
    ],
)
def test_a_hand_over_refused_changes_nothing(
    desk: Exchange, house: House, login: str, changes: dict[str, Any], code: str
) -> None:
    by, act = desk.act(login)
    asked: dict[str, Any] = {
        "staff": staff(house, "technician"), "to": staff(house, "security"), "office": house.office,
        "since": date(2026, 9, 30), "reason": "请假", "act": act, "by": by,
    }  # fmt: skip
    with pytest.raises(RuleViolation) as refused:
        hand_over(**asked | changes)
    assert (refused.value.code, Absence.objects.count()) == (code, 0)


def test_who_leaves_leaves_no_case_behind(desk: Exchange, house: House) -> None:
    cases = [
        desk.step(desk.sorted(), "cs_supervisor dispatch", "2026-09-30 16:08", to="technician")
        for _ in range(2)
    ]
    named = desk.step(
        desk.sorted("complaint", "security"), "cs_supervisor dispatch", "2026-09-30 16:08", to="technician"
    )
    desk.step(named, "cs_supervisor correct", "2026-09-30 16:09", named="security")
    _by, act = desk.act("hr")
    leaver, heir = (house.by(login).staff_id for login in ("technician", "security"))
    assert count_open(leaver) == 3
    went = []
    while count := hand_over_left(staff=leaver, to=heir, act=act, limit=2):
        went.append(count)
    assert (went, count_open(leaver)) == ([2, 1], 0)
    assert {Request.objects.get(pk=each.pk).handler_id for each in cases} == {heir}
    assert Request.objects.get(pk=named.pk).handler is None
    assert (entries(named)[-1].facts["rule"], entries(named)[-1].actor) == ("leaving", house.by("hr").key)
    assert away_at(house.office, on=date(2026, 12, 1)) == {str(leaver): str(heir)}
    with pytest.raises(RuleViolation, match=r"step\.not_yours"):
        hand_over_left(staff=heir, to=None, act=desk.act("frontdesk")[1], limit=2)


# ── the rota ─────────────────────────────────────────────────────────────────


def test_a_published_week_takes_the_place_of_what_stood_there(desk: Exchange, house: House) -> None:
    desk.belongs("technician")
    desk.on_duty("security", begins="2026-09-30 00:00")
    by, act = desk.act("cs_supervisor")
    cells = {
        house.by("technician").staff_id: ["白", "白", "夜", "", "休", "", ""],
        house.by("security").staff_id: ["", "", "", "20-8", "", "", "晚"],
    }
    made = publish_rota(office=house.office, monday=date(2026, 9, 28), cells=cells, act=act, by=by)
    assert (made, Shift.objects.count()) == (5, 5)

    def there(when: str, **asked: str) -> list[str]:
        return [each.name for each in on_duty(house.office, at=at(when), **asked)]

    assert there("2026-09-28 08:00") == ["示例technician"]
    assert there("2026-09-28 20:00") == []
    assert there("2026-10-01 06:59") == ["示例technician"]
    assert there("2026-10-05 03:00") == ["示例security"]
    assert there("2026-09-28 09:00", trade="repair") == ["示例technician"]
    assert there("2026-10-02 03:00", trade="repair") == []
    assert there("2026-10-02 03:00", role="security") == ["示例security"]
    entry = Entry.objects.get(kind="shift_roster.published")
    assert (entry.clause, entry.facts["shifts"], entry.facts["people"]) == ("RQ-28", 5, 2)


def test_who_goes_in_the_middle_of_a_week_keeps_the_shifts_before(desk: Exchange, house: House) -> None:
    leaver = house.by("technician").staff_id
    Post.objects.filter(staff=leaver).update(until=date(2026, 9, 30))
    by, act = desk.act("cs_supervisor")
    monday = date(2026, 9, 28)
    week = staff_at(house.office, on=monday, until=date(2026, 10, 4))
    assert leaver in {staff.id for staff, _role, _department in week}
    cells = {leaver: ["白", "白", "白", "", "", "", ""]}
    assert publish_rota(office=house.office, monday=monday, cells=cells, act=act, by=by) == 3


def test_an_unreadable_week_leaves_what_stood_there(desk: Exchange, house: House) -> None:
    desk.on_duty("security")
    by, act = desk.act("cs_supervisor")
    for cells, code in (
        ({house.by("technician").staff_id: ["丙"]}, "rota.unreadable_cell"),
        ({house.by("technician").staff_id: ["休"]}, "rota.empty"),
        ({house.by("elsewhere").staff_id: ["早"]}, "rota.unknown_people"),
    ):
        with pytest.raises(RuleViolation) as refused:
            publish_rota(office=house.office, monday=date(2026, 9, 28), cells=cells, act=act, by=by)
        assert (refused.value.code, Shift.objects.count()) == (code, 1)
