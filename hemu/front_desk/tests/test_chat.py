"""A chat group at the desk: pasted and split, the form filled, the job and the answer as text to copy."""

from typing import Any

import pytest
from django.test import Client

from hemu.access.models import Account
from hemu.access.tests.house import House, at
from hemu.estate.models import Home
from hemu.front_desk.queries_chat import guessed
from hemu.front_desk.web.group import answer_text, job_text
from hemu.infra import clock
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import CALLED, Desk, written

PASTED = "1-2-301 示例:\n楼道的灯不亮\n[图片]\n302业主:\n我们也黑\n9-9-901 王:\n也黑\n管家小李:\n马上看\n"
BASE = "https://hemu.example"


def clerk() -> Client:
    client = Client()
    client.force_login(Account.objects.get(login="frontdesk"))
    return client


def test_a_nickname_finds_its_home_and_its_owner(house: House) -> None:
    found = guessed(PASTED, community=house.community, on=at(CALLED).date())
    assert [
        (each.said.speaker.nickname, each.home and each.home.written, each.person and each.person.name)
        for each in found
    ] == [
        ("1-2-301 示例", "1-2-301", "示例业主"),
        ("302业主", "1-2-302", None),
        ("9-9-901 王", None, None),
        ("管家小李", None, None),
    ]


def test_two_of_one_name_are_not_guessed(house: House) -> None:
    other = Home.objects.get(written="1-2-302")
    other.ties.create(
        id=house.owner.id, person=house.owner, home=other, kind="owner", since=at(CALLED).date()
    )
    home = house.home
    from hemu.estate.models import Person, Tie
    from hemu.infra.identity import new_id

    twin = Person.objects.create(id=new_id(at(CALLED)), name="示例二", initials="sle")
    Tie.objects.create(
        id=new_id(at(CALLED)), person=twin, home=home, kind="resident", since=at(CALLED).date()
    )
    (found,) = guessed("1-2-301 示先生:\n灯坏了", community=house.community, on=at(CALLED).date())
    assert (found.home, found.person) == (home, None)


def test_a_paste_becomes_drafts_and_a_draft_fills_the_form_and_nothing_is_written(house: House) -> None:
    before = written()
    client = clerk()
    values = {"community": str(house.community.id), "pasted": PASTED}
    page = client.post("/requests/pasted/", values).content.decode()
    assert page.count('name="then" value="fill"') == 4
    assert ("名册里没有唯一的" in page, "我们自己说的" in page, "原话里有 1 张图" in page) == (
        True,
        True,
        True,
    )
    filled = client.post(
        "/requests/register/",
        {
            "then": "fill",
            "channel": "chat",
            "community": str(house.community.id),
            "home": str(house.home.id),
            "home_words": "1-2-301",
            "person": str(house.owner.id),
            "name": "示例业主",
            "text": "楼道的灯不亮",
        },
    )
    form = filled.content.decode()
    assert (filled.status_code, "楼道的灯不亮</textarea>" in form, 'value="1-2-301"' in form) == (
        200,
        True,
        True,
    )
    assert (' value="chat" checked' in form, written()) == (True, before)


@pytest.mark.parametrize(
    ("values", "words"),
    [({"pasted": " "}, "没有读到内容"), ({"pasted": "灯坏了", "community": ""}, "请选择小区")],
)
def test_a_paste_that_cannot_be_read_says_why(house: House, values: dict[str, str], words: str) -> None:
    answer = clerk().post("/requests/pasted/", {"community": str(house.community.id), **values})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("count", [1, 3])
def test_drafts_of_nobody_cost_no_question_each(
    house: House, count: int, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        guessed("灯坏了\n" * count, community=house.community, on=at(CALLED).date())


# ── copied for a group ───────────────────────────────────────────────────────


def answered(desk: Desk, text: str = "我的电话 19900001234，灯不亮。") -> Request:
    case = desk.register(text=text, type="repair_home")
    desk.step(case, "frontdesk classify", CALLED, type="repair_home", trade="repair", urgency="urgent")
    desk.step(case, "cs_supervisor dispatch", CALLED, to="technician")
    return desk.step(case, "frontdesk reply", CALLED, words="今天下午来修，问 19900001234。")


def test_the_job_says_where_and_what_and_no_number(desk: Desk) -> None:
    case = answered(desk)
    text = job_text(case, base=BASE)
    assert text.splitlines()[:3] == [
        f"【派单】{case.number} 居家维修 紧急",
        "1-2-301",
        "我的电话 199****1234，灯不亮。",
    ]
    assert text.splitlines()[-1] == f"查看、接单（要登录）：{BASE}/requests/{case.number}/"
    assert "示例业主" not in text


def test_the_answer_names_nobody_no_room_and_carries_no_secret_link(desk: Desk) -> None:
    case = answered(desk)
    text = answer_text(case, base=BASE)
    assert text.splitlines()[:2] == [
        f"【和风管理处答复】{case.number} 居家维修",
        "今天下午来修，问 199****1234。",
    ]
    assert ("/o/" in text, "1-2-301" in text, "示例业主" in text) == (False, False, False)


def test_both_stand_on_the_page_to_be_copied_by_who_registers(desk: Desk) -> None:
    case = answered(desk)
    page = clerk().get(f"/requests/{case.number}/").content.decode()
    assert (page.count("复制派单"), page.count("复制答复"), "【派单】" in page) == (1, 1, True)
    assert "&lt;section" not in page
    technician = Client()
    technician.force_login(Account.objects.get(login="technician"))
    assert "复制答复" not in technician.get(f"/requests/{case.number}/").content.decode()
    fresh = clerk().get(f"/requests/{desk.register(when=clock.now().isoformat()).number}/").content.decode()
    assert "发到微信群" not in fresh
