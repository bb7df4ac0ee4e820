"""The office's day: one call, through five people's screens, to the closed case and the return visit."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from hemu.estate.models import Community
from hemu.ledger.queries import verify
from tests.journeys.community import Time
from tests.journeys.conftest import Visit
from tests.journeys.desk import (
    PHONE,
    duties,
    enter,
    follow,
    is_now,
    link_for_the_owner,
    number_of,
    open_case,
    step,
    timeline,
)

WORDS = "厨房水槽下面漏水，柜子都泡了。"


def taken(desk: Page) -> str:
    """前台, the owner on the telephone: the end of the number, the words, the type; then sorted."""
    desk.goto("/requests/register/")
    expect(desk.locator("#home")).to_be_focused()
    desk.keyboard.type("1000")
    desk.keyboard.press("Enter")
    expect(desk.locator("#text")).to_be_focused()
    desk.keyboard.type(WORDS)
    desk.get_by_role("radio", name="居家维修", exact=True).check()
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url("**/requests/*-*/")
    step(desk, "分类", trade="维修", urgency="较急")
    is_now(desk, "待派单")
    return number_of(desk)


def sent(supervisor: Page, number: str) -> None:
    """客服主管 finds it in the list and sends it."""
    supervisor.goto("/requests/")
    follow(supervisor, supervisor.get_by_role("link", name=number))
    step(supervisor, "派单", to="示例维修甲")
    is_now(supervisor, "待接单")


def next_step(phone: Page, label: str) -> Locator:
    return phone.locator(".job-next:not([hidden])").get_by_role("button", name=label)


def dialog(phone: Page, label: str) -> Locator:
    next_step(phone, label).click()
    return phone.locator("dialog[open]")


def comes(phone: Page, time: Time) -> None:
    """维修 takes the job, agrees on a time, comes, and offers a price before the work."""
    phone.goto("/field/")
    follow(phone, phone.get_by_text(WORDS))
    follow(phone, next_step(phone, "接单"))
    slots = dialog(phone, "约时间")
    slots.locator(".chip", has_text="10:00–12:00").first.click()
    follow(phone, slots.locator("[type=submit]"))
    time.passes(minutes=70)
    follow(phone, next_step(phone, "出发"))
    follow(phone, dialog(phone, "到了").locator("[type=submit]"))
    expect(next_step(phone, "办完")).to_be_visible()
    phone.get_by_text("更多").click()
    phone.get_by_role("button", name="报价").click()
    price = phone.locator("dialog[open]")
    price.get_by_label("做什么").fill("换角阀一只。")
    price.get_by_label("人工（元）").fill("80")
    follow(phone, price.locator("[type=submit]"))
    expect(phone.get_by_text("业主还没同意，不能开工")).to_be_visible()


def works(phone: Page) -> None:
    phone.reload()
    expect(phone.get_by_text("业主已同意")).to_be_visible()
    done = dialog(phone, "办完")
    done.get_by_label("怎么修好的").fill("换了角阀，试水不漏。")
    done.locator(".chip", has_text="问了，没有了").click()
    follow(phone, done.locator("[type=submit]"))
    expect(phone.locator(".page-head")).to_contain_text("待业主签字")


def revisited(visitor: Page, number: str) -> None:
    """Who took no part in the work asks: solved, and satisfied?"""
    visitor.goto("/return-visits/")
    follow(visitor, visitor.get_by_role("link", name=WORDS))
    form = visitor.locator("form", has=visitor.locator("[value=done]"))
    for name, value in (("result", "satisfied"), ("attitude", "good"), ("timely", "in_time")):
        form.locator(f"[name={name}][value={value}]").check()
    form.get_by_role("textbox").first.fill("不漏了，柜子也擦干了。")
    follow(visitor, form.locator("[type=submit]"))


@pytest.mark.both
def test_a_call_goes_through_five_screens_to_the_closed_case(
    visit: Visit, community: Community, time: Time
) -> None:
    desk, supervisor, director = (
        enter(visit(), login) for login in ("frontdesk", "cs_supervisor", "office_director")
    )
    phone, owner = enter(visit(**PHONE), "technician"), visit(**PHONE)

    # given: a call, registered, sorted and sent; the owner has a link
    number = taken(desk)
    time.passes(minutes=4)
    sent(supervisor, number)
    open_case(desk, number)
    link = link_for_the_owner(desk)

    # when: who comes agrees on a time and a price, which the owner follows and accepts
    time.passes(minutes=6)
    comes(phone, time)
    owner.goto(link)
    expect(owner.get_by_text("示例维修甲")).to_be_visible()
    expect(owner.get_by_text("已经到了。")).to_be_visible()
    owner.get_by_role("button", name="同意 ¥80.00").click()
    expect(owner.get_by_text("您已同意")).to_be_visible()

    # and: it is done, told, confirmed by the owner, rated, closed
    time.passes(minutes=45)
    works(phone)
    open_case(desk, number)
    step(desk, "告知业主", "师傅换了角阀，请您试用。", channel="来电")
    owner.reload()
    owner.get_by_role("button", name="解决了", exact=True).click()
    expect(owner.get_by_text("愿意的话，给我们打个分")).to_be_visible()
    owner.locator(".chip:has([name=score])").last.click()
    owner.get_by_role("button", name="打分").click()
    expect(owner.get_by_text("您的评分：")).to_be_visible()
    open_case(desk, number)
    step(desk, "结案")
    is_now(desk, "已结案")

    # and: somebody who had no part in it asks the owner the next day
    time.passes(days=1)
    revisited(director, number)

    # then: the case says by whom and on what it rests, all in time, and the book can be checked
    open_case(director, number)
    is_now(director, "已结案")
    told = timeline(director)
    assert [line for line in told if line.endswith("本人")] == [
        "同意报价 · 业主本人 · 本人",
        "业主确认 · 业主本人 · 本人",
        "评价 · 业主本人 · 本人",
    ]
    assert re.search("回访", " ".join(told))
    assert {who for line in told for who in re.findall(r" · (示例\S+|业主本人)", line)} == {
        "示例前台", "示例客服主管", "示例维修甲", "业主本人", "示例主任",
    }  # fmt: skip
    assert set(duties(director).values()) == {"按时完成"}
    assert verify(now=time.at).ok
