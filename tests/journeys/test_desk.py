"""The desk on a bad day: two at one case, a double press, a wrong password, no scripts, no mouse."""

import pytest
from playwright.sync_api import expect

from hemu.estate.models import Community
from hemu.service_requests.models import Request
from tests.journeys.community import PASSWORD, Teller, Time
from tests.journeys.conftest import Visit
from tests.journeys.desk import (
    PHONE,
    enter,
    follow,
    is_now,
    log_in,
    open_case,
    open_step,
    register,
    send,
    step,
)
from tests.journeys.patience import eventually


@pytest.mark.both
def test_the_second_of_two_is_told_and_loses_nothing_typed(visit: Visit, community: Community) -> None:
    # given: two people have the same case open, one of them writing
    case = Teller(community).register("inquiry", "明天停水吗？", room="1-1-301")
    first, second = enter(visit(), "frontdesk"), enter(visit(), "steward")
    open_case(first, case.number)
    open_case(second, case.number)
    writing = open_step(second, "答复业主")
    writing.locator("textarea").fill("明天不停水，以公告为准。")

    # when: the other is quicker
    step(first, "分类")
    send(second, writing)

    # then: the second is told the current version, with the form as it was; sent again it holds
    again = second.locator("dialog[open]")
    expect(again.get_by_role("alert")).to_have_text("别人刚刚动过这一件（现在是第 2 版），请看过再办。")
    expect(again.locator("textarea")).to_have_value("明天不停水，以公告为准。")
    send(second, again)
    expect(second.locator(".timeline .item-words")).to_have_text(["明天停水吗？", "明天不停水，以公告为准。"])


def test_what_was_typed_is_shown_where_the_step_is_no_longer_there(
    visit: Visit, community: Community
) -> None:
    case = Teller(community).register("inquiry", "明天停水吗？", room="1-1-301")
    first, second = enter(visit(), "frontdesk"), enter(visit(), "steward")
    open_case(second, case.number)
    writing = open_step(second, "答复业主")
    writing.locator("textarea").fill("明天不停水。")
    open_case(first, case.number)
    step(first, "业主撤回", "业主说已经知道了。")

    send(second, writing)

    is_now(second, "已结案")
    refused = [
        "没有做成",
        "别人刚刚动过这一件（现在是第 2 版），请看过再办。",
        "您刚才写的，没有保存：",
        "明天不停水。",
    ]
    eventually(lambda: second.get_by_role("alert").inner_text().split("\n\n"), refused)


def test_pressing_twice_registers_one_case(visit: Visit, community: Community) -> None:
    desk = enter(visit(), "frontdesk")
    desk.goto("/requests/register/")
    desk.get_by_role("radio", name="表扬").check()
    desk.get_by_label("原话").fill("门岗的师傅很热心。")
    desk.locator(".actions").get_by_role("button", name="登记").dblclick()
    desk.wait_for_url("**/requests/WTY-*/")
    eventually(Request.objects.count, 1)

    # and: so does the same form that reaches the server twice, as without scripts or over a bad line
    desk.goto("/requests/register/")
    names = ("csrfmiddlewaretoken", "key", "community")
    form: dict[str, str | float | bool] = {
        name: desk.locator(f"#register [name={name}]").input_value() for name in names
    }
    form |= {"type": "praise", "text": "门岗的师傅很热心。", "channel": "phone"}
    answers = [desk.request.post(desk.url, form=form, headers={"Referer": desk.url}) for _ in range(2)]
    assert answers[0].url == answers[1].url
    eventually(Request.objects.count, 2)


def test_wrong_passwords_slow_down_and_lock_nobody_out(
    visit: Visit, community: Community, time: Time
) -> None:
    desk = visit()
    for _ in range(4):
        log_in(desk, "frontdesk", "not the word")
        expect(desk.get_by_role("alert")).to_have_text("账号或密码不对。")

    log_in(desk, "frontdesk", PASSWORD)
    expect(desk.get_by_role("note")).to_have_text("试得太快了，请等 1 秒再来。 您的账号没有被锁。")

    time.passes(seconds=1)
    log_in(desk, "frontdesk", PASSWORD)
    expect(desk.locator("h1")).to_have_text("11月20日 周五")


def test_a_case_is_registered_by_keyboard_alone(visit: Visit, community: Community) -> None:
    desk = enter(visit(), "frontdesk")
    desk.goto("/requests/register/")
    key = desk.keyboard
    expect(desk.get_by_label("房号")).to_be_focused()  # from the start
    key.type("3-2-1201")
    for press in ("ArrowDown", "Enter"):  # past the home alone, to its owner; the words come next
        key.press(press)
    expect(desk.locator("#text")).to_be_focused()
    key.insert_text("大堂的门关不严。")
    for press in ("Tab", "Space", "ArrowRight", "Tab"):  # to the first type, the second, past it
        key.press(press)
    for _ in range(5):  # past the answer, the pictures, the channel and the two folds, to the button
        key.press("Tab")
    expect(desk.locator(".actions").get_by_role("button", name="登记")).to_be_focused()
    key.press("Enter")

    desk.wait_for_url("**/requests/WTY-*/")
    told = Request.objects.values_list("type", "text", "caller_name", "home__written")
    eventually(lambda: list(told.all()), [("repair_public", "大堂的门关不严。", "王望舒", "3-2-1201")])


def test_a_case_is_registered_without_scripts(visit: Visit, community: Community) -> None:
    desk = enter(visit(java_script_enabled=False, **PHONE), "frontdesk")
    desk.goto("/requests/register/")
    desk.get_by_label("房号").fill("3栋2单元1201")
    desk.get_by_label("称呼").fill("王先生")
    desk.get_by_role("radio", name="投诉").check()
    desk.get_by_label("原话").fill("楼上太吵。")
    desk.locator(".actions").get_by_role("button", name="登记").click()
    is_now(desk, "已登记")
    desk.locator(".actions").get_by_role("button", name="分类", exact=True).click()  # opens by its address
    desk.locator("dialog:target [type=submit]").click()
    is_now(desk, "待派单")


def test_a_refused_form_keeps_what_was_typed_and_says_what_would_do(
    visit: Visit, community: Community
) -> None:
    desk = enter(visit(), "frontdesk")
    desk.goto("/requests/register/")
    desk.get_by_label("房号").fill("9-9-901")
    desk.get_by_role("radio", name="投诉").check()
    desk.get_by_label("原话").fill("楼上太吵。")
    desk.locator(".actions").get_by_role("button", name="登记").click()
    expect(desk.locator(".error")).to_be_visible()
    expect(desk.get_by_label("房号")).to_have_attribute("aria-invalid", "true")
    expect(desk.get_by_label("房号")).to_have_value("9-9-901")
    expect(desk.get_by_label("原话")).to_have_value("楼上太吵。")
    expect(desk.get_by_role("radio", name="投诉")).to_be_checked()

    # and: it comes back on a fresh page until it is dropped
    desk.goto("/requests/register/")
    expect(desk.get_by_label("房号")).to_have_value("9-9-901")
    follow(desk, desk.get_by_role("button", name="不要了，重新写"))
    assert register(desk, room="1201", type="投诉", words="楼上太吵。") == "WTY-2026-00001"
