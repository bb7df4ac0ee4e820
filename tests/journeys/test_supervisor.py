"""The supervisor's morning: from the wall to the list behind a number, and through the stock-take by keyboard."""

import re

from playwright.sync_api import expect

from hemu.duties.models import Duty
from hemu.estate.models import Community
from tests.journeys.community import Time, fill
from tests.journeys.conftest import Visit
from tests.journeys.desk import enter, follow, open_case
from tests.journeys.patience import eventually


def test_from_the_wall_to_a_signed_stock_take(visit: Visit, community: Community, time: Time) -> None:
    # given: a few days of cases, one complaint of them late
    complaint = fill(community, time)[1]
    page = enter(visit(), "cs_supervisor")

    # when: the number of the late ones is pressed, then the list stands there, narrowed to them
    page.goto("/wall/")
    page.locator("a.stat", has=page.get_by_text("逾期", exact=True)).click()
    expect(page).to_have_url(re.compile(r"/requests/\?late=1$"))
    expect(page.get_by_role("link", name=complaint.number)).to_be_visible()

    # and: the stock-take asks for who answers for it, the root and what will be done; the keyboard is enough
    page.goto("/wall/")
    follow(page, page.get_by_role("link", name="投诉盘点"))
    expect(page.get_by_text("签下今天的盘点")).to_have_count(0)
    page.get_by_label("责任人").select_option(label="示例维修甲")
    page.locator("input[name=root]").first.focus()
    page.keyboard.press("4")
    expect(page.get_by_role("radio", name="外包单位拖延")).to_be_checked()
    page.get_by_label("怎么办，几时办完").fill("今天下午清运公司到场，主管盯着。")
    page.keyboard.press("Control+Enter")

    # then: all were looked at and the day is signed; the duty is met, the case tells of it
    page.get_by_role("button", name="签下今天的盘点").click()
    expect(page.get_by_text("今天已经签过")).to_be_visible()
    duties = Duty.objects.filter(clause="RQ-13", subject__endswith=f":{time.at.date().isoformat()}")
    eventually(lambda: [str(each.state) for each in duties.all()], ["fulfilled"])
    open_case(page, complaint.number)
    expect(page.locator(".timeline .item-words").last).to_have_text("今天下午清运公司到场，主管盯着。")
