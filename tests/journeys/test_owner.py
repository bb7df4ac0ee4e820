"""An owner at their own door, on a phone: log in, write, follow, confirm; and every page behind it looked at."""

import logging
import re

import pytest
from playwright.sync_api import Page, expect

from hemu.estate.models import Community
from hemu.estate.operations import add_place
from hemu.infra import clock
from hemu.service_requests.models import Request
from tests.journeys.community import Teller, Time, fill
from tests.journeys.conftest import Visit
from tests.journeys.desk import PHONE, enter, follow
from tests.journeys.patience import eventually
from tests.journeys.test_walk import look_at_all, look_at_all_in_english, told

OWNER, STRANGER = "19900001000", "19900009999"


def log_in(page: Page, phone: str, caplog: pytest.LogCaptureFixture) -> Page:
    """Log in with the code that a trial prints at its terminal."""
    page.goto("/my/")
    page.get_by_label("手机号").fill(phone)
    with caplog.at_level(logging.WARNING, "hemu.portal"):
        page.get_by_role("button", name="要验证码").click()
        expect(page.get_by_label("六位验证码")).to_be_visible()
    code = re.findall(r": (\d{6})$", "\n".join(caplog.messages), re.MULTILINE)[-1]
    page.get_by_label("六位验证码").fill(code)
    page.get_by_role("button", name="登录").click()
    expect(page).to_have_url(re.compile("/my/$"))
    return page


def test_an_owner_logs_in_writes_follows_and_confirms(
    visit: Visit, community: Community, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    # given: an owner whom the roster knows, and nothing said yet
    owner = log_in(visit(**PHONE), OWNER, caplog)
    expect(owner.get_by_text("没有在办的事")).to_be_visible()

    # when: the owner writes, and nobody asks of which kind it is
    follow(owner, owner.get_by_role("link", name="写一件").first)
    owner.get_by_label("什么事").fill("厨房水龙头一直滴水。")
    owner.get_by_role("button", name="发给管理处").click()
    expect(owner.get_by_text("编号 WTY-2026-00001。")).to_be_visible()
    expect(owner.get_by_text("收到了，正在安排人。")).to_be_visible()

    # then: the desk sees the owner's own act; it is done and offered, and the owner follows it
    tell, case = Teller(community), Request.objects.get()
    for login, step, words, values in (
        ("frontdesk", "classify", "", {"type": "repair_home", "trade": "repair"}),
        ("cs_supervisor", "dispatch", "", {"to": "technician"}),
        ("technician", "accept", "", {}),
        ("technician", "quote", "换阀芯，含料。", {"amount": "80"}),
    ):
        time.passes(minutes=5)
        tell.step(case, login, step, words, **values)
    desk = enter(visit(), "frontdesk")
    desk.goto(f"/requests/{case.number}/")
    expect(desk.get_by_text("业主本人").first).to_be_visible()
    owner.reload()
    expect(owner.get_by_text("示例维修甲")).to_be_visible()
    owner.get_by_role("button", name="同意 ¥80.00").click()
    expect(owner.get_by_text("您已同意")).to_be_visible()
    time.passes(hours=1)
    tell.step(case, "technician", "resolve", "阀芯换好了。")
    tell.step(case, "steward", "inform", "阀芯换好了，不滴了。", channel="phone")
    follow(owner, owner.get_by_role("link", name="我的事"))
    follow(owner, owner.get_by_text("厨房水龙头一直滴水。"))
    owner.get_by_role("button", name="解决了", exact=True).click()
    expect(owner.get_by_text("您说解决了，谢谢。")).to_be_visible()
    confirmed = Request.objects.filter(id=case.id).values_list("confirmed_by_owner", "channel")
    eventually(lambda: list(confirmed.all()), [(True, "web")])


@pytest.mark.walk
def test_pages_behind_the_door(
    visit: Visit, community: Community, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    add_place(community=community, name="东门", now=clock.now())
    stranger = log_in(visit(), STRANGER, caplog)
    assert told(look_at_all(stranger, ["/my/", "/my/write/", "/my/around/"])) == ""
    time.passes(days=1)
    owner = log_in(visit(), OWNER, caplog)
    fill(community, time)
    cases = Request.objects.filter(home__written="1-1-301")
    assert cases.count() == 2
    addresses = ["/my/", "/my/?state=closed", "/my/write/", "/my/around/"]
    addresses += [f"/my/cases/{case.number}/" for case in cases]
    assert told(look_at_all(owner, addresses)) == ""
    owner.context.add_cookies([{"name": "language", "value": "en", "url": owner.url}])
    assert told(look_at_all_in_english(owner, addresses)) == ""
