"""A hand-over planned for a day to come: the worker carries it out that day as the person who planned it."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemu.access.models import Account
from hemu.access.tests.house import House, at
from hemu.dispatching.models import Absence
from hemu.dispatching.operations import carry_out_planned, hand_over, take_back
from hemu.dispatching.queries import away_at
from hemu.dispatching.tests.conftest import Exchange
from hemu.dispatching.web.handing import refused_words
from hemu.estate.models import Staff
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.ledger.models import Entry
from hemu.service_requests.models import Request

DAY = date(2026, 10, 9)
BEFORE, COME = at("2026-10-08 23:59"), at("2026-10-09 00:00")


def staff(house: House, login: str) -> Staff:
    return Staff.objects.get(id=house.by(login).staff_id)


def plan(desk: Exchange, house: House, by: str = "cs_supervisor", to: str | None = "security") -> None:
    actor, act = desk.act(by)
    hand_over(
        staff=staff(house, "technician"), to=staff(house, to) if to else None, office=house.office,
        since=DAY, until=date(2026, 10, 12), reason="请假", act=act, by=actor,
    )  # fmt: skip


def in_hand(desk: Exchange) -> Request:
    return desk.step(desk.sorted(), "cs_supervisor dispatch", "2026-09-30 16:08", to="technician")


def handler(case: Request) -> Any:
    return Request.objects.get(pk=case.pk).handler_id


def written() -> list[tuple[str, dict[str, Any]]]:
    rows = Entry.objects.filter(subject__startswith="office:").order_by("seq")
    return [(each.kind, each.facts) for each in rows]


def test_it_happens_on_its_day_as_an_act_of_who_planned_it(desk: Exchange, house: House) -> None:
    case = in_hand(desk)
    plan(desk, house)
    assert (carry_out_planned(BEFORE), handler(case)) == (0, house.by("technician").staff_id)
    assert (carry_out_planned(COME), handler(case)) == (1, house.by("security").staff_id)
    assert carry_out_planned(COME) == 0
    who = {"from": house.by("technician").key, "to": house.by("security").key}
    days = {"since": "2026-10-09", "until": "2026-10-12"}
    assert written() == [
        ("hand_over.planned", who | days),
        ("work.handed_over", who | days | {"moved": 1, "kept": 0, "planned": True}),
    ]
    assert set(Entry.objects.filter(subject__startswith="office:").values_list("actor", "recorded_at")) == {
        (house.by("cs_supervisor").key, at("2026-09-30 16:10")),
        (house.by("cs_supervisor").key, COME),
    }
    assert Absence.objects.values_list("waits", "refused").get() == (False, None)


def test_what_a_worker_left_half_done_is_taken_up_again(desk: Exchange, house: House) -> None:
    case = in_hand(desk)
    plan(desk, house)
    Absence.objects.update(tried_at=COME)  # taken up, and then the machine went down
    assert (carry_out_planned(at("2026-10-09 00:09")), handler(case)) == (0, house.by("technician").staff_id)
    assert (carry_out_planned(at("2026-10-09 00:11")), handler(case)) == (1, house.by("security").staff_id)


def test_before_its_day_it_is_taken_back(desk: Exchange, house: House) -> None:
    case = in_hand(desk)
    plan(desk, house)
    by, act = desk.act("office_director", "2026-10-08 18:00")
    take_back(office=house.office, staff=staff(house, "technician"), since=DAY, act=act, by=by)
    assert (carry_out_planned(COME), handler(case)) == (0, house.by("technician").staff_id)
    assert away_at(house.office, on=DAY) == {}
    assert [kind for kind, _facts in written()] == ["hand_over.planned", "hand_over.taken_back"]


@pytest.mark.parametrize(
    ("login", "when", "since", "code"),
    [
        ("frontdesk", "2026-10-08 18:00", DAY, "access.denied"),
        ("cs_supervisor", "2026-10-08 18:00", date(2026, 10, 10), "hand_over.not_planned"),
        ("cs_supervisor", "2026-10-09 00:00", DAY, "hand_over.not_planned"),
    ],
)
def test_what_cannot_be_taken_back(
    desk: Exchange, house: House, login: str, when: str, since: date, code: str
) -> None:
    plan(desk, house)
    by, act = desk.act(login, when)
    with pytest.raises(RuleViolation) as refused:
        take_back(office=house.office, staff=staff(house, "technician"), since=since, act=act, by=by)
    assert (refused.value.code, Absence.objects.filter(waits=True).count(), len(written())) == (code, 1, 1)


def _planner_leaves() -> None:
    Account.objects.filter(login="cs_supervisor").update(is_active=False)


def _stand_in_leaves() -> None:
    Account.objects.filter(login="security").update(is_active=False)


@pytest.mark.parametrize(
    ("happens", "words"),
    [(_planner_leaves, "安排这次交接的人已经不在岗。"), (_stand_in_leaves, "示例security")],
)
def test_what_cannot_be_carried_out_says_why(desk: Exchange, house: House, happens: Any, words: str) -> None:
    case = in_hand(desk)
    plan(desk, house)
    happens()
    assert (carry_out_planned(COME), handler(case)) == (1, house.by("technician").staff_id)
    assert carry_out_planned(at("2026-10-09 08:00")) == 0
    assert words in refused_words(Absence.objects.get())
    assert [kind for kind, _facts in written()] == ["hand_over.planned"]


# ── the pages ────────────────────────────────────────────────────────────────


def page(login: str, url: str, now: datetime, **values: str) -> str:
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    client.force_login(Account.objects.get(login=login))
    with clock.standing_at(now):
        answer = client.post(url, values, follow=True) if values else client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_is_shown_and_taken_back_on_the_page(desk: Exchange, house: House) -> None:
    plan(desk, house)
    url = reverse("hand_over")
    assert "到那天自动交接" in page("office_director", url, BEFORE)
    assert "示例technician → 示例security 交接" in page("office_director", reverse("home"), BEFORE)
    asked = {"act": "take_back", "staff": "technician", "since": "2026-10-09"}
    assert "到那天自动交接" not in page("office_director", url, BEFORE, **asked)
    assert Absence.objects.count() == 0


def test_a_refused_one_stands_on_both_pages(desk: Exchange, house: House) -> None:
    in_hand(desk)
    plan(desk, house)
    _planner_leaves()
    carry_out_planned(COME)
    for url in (reverse("hand_over"), reverse("home")):
        assert "安排这次交接的人已经不在岗。" in page("office_director", url, COME)
    assert "现在交接" in page("office_director", reverse("hand_over"), COME)
    assert "安排这次交接的人" not in page("technician", reverse("home"), COME)
