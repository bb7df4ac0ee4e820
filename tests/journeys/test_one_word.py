"""One word of an owner, from the call to the closed case: in time, and late."""

from playwright.sync_api import Page, expect

from hemu.estate.models import Community
from hemu.ledger.queries import verify
from tests.journeys.community import Time, run_worker
from tests.journeys.conftest import Visit
from tests.journeys.desk import (
    PHONE,
    duties,
    enter,
    follow,
    is_now,
    link_for_the_owner,
    log_in,
    open_case,
    register,
    step,
    timeline,
)

COMPLAINT = "楼上装修周末早上七点就开始打孔，孩子没法休息。"


def _taken(visit: Visit) -> tuple[Page, str]:
    """前台 takes a call: it has a number and stands first in the list."""
    desk = log_in(visit(), "frontdesk")
    number = register(desk, room="3-2-1201", type="投诉", words=COMPLAINT)
    assert number == "WTY-2026-00001"
    is_now(desk, "已登记")
    desk.goto("/requests/")
    expect(desk.locator("tbody tr").first).to_contain_text(number)
    return desk, number


def _done(visit: Visit, time: Time, desk: Page, number: str) -> Page:
    """It is classified and dispatched, and 维修 does the work with a phone in the hand."""
    open_case(desk, number)
    time.passes(minutes=5)
    step(desk, "分类", trade="维修", urgency="较急")
    supervisor = enter(visit(), "cs_supervisor")
    open_case(supervisor, number)
    time.passes(minutes=5)
    step(supervisor, "派单", to="示例维修甲")
    run_worker()
    technician = enter(visit(**PHONE), "technician")
    technician.goto("/")
    follow(technician, technician.locator(".bell"))
    follow(technician, technician.get_by_text("有一件诉求派给您，请接单。"))
    time.passes(minutes=10)
    step(technician, "接单")
    time.passes(hours=2)
    step(technician, "办完", "已请装修户按规定时间施工，并约定周末不打孔。")
    is_now(technician, "待告知")
    return technician


def _told(visit: Visit, number: str) -> tuple[Page, str]:
    """管家 tells the owner and makes the owner's own link."""
    steward = enter(visit(), "steward")
    open_case(steward, number)
    step(steward, "告知业主", "您好，装修户已答应周末不再打孔。", channel="来电")
    return steward, link_for_the_owner(steward)


def _sent_back(visit: Visit, time: Time, link: str) -> Page:
    """The owner says on a phone what is missing."""
    owner = visit(**PHONE)
    owner.goto(link)
    expect(owner.get_by_text(COMPLAINT)).to_be_visible()
    owner.get_by_text("还没有解决").click()
    owner.get_by_label("还差什么").fill("今天中午又打了半小时。")
    time.passes(minutes=30)
    owner.get_by_role("button", name="请再处理").click()
    expect(owner.get_by_text("收到，谢谢您。")).to_be_visible()
    return owner


def test_a_complaint_is_taken_to_a_closed_case_that_the_owner_confirmed(
    visit: Visit, community: Community, time: Time
) -> None:
    # given: a complaint taken, done and told, which the owner says is not solved
    desk, number = _taken(visit)
    technician = _done(visit, time, desk, number)
    steward, link = _told(visit, number)
    owner = _sent_back(visit, time, link)

    # when: it is done and told again, the owner confirms, and 管家 closes it
    open_case(technician, number)
    time.passes(minutes=30)
    step(technician, "办完", "已当面核对施工时间表，装修户签字。")
    open_case(steward, number)
    step(steward, "告知业主", "装修户已签字承诺，只在工作日施工。", channel="来电")
    owner.goto(link)
    time.passes(minutes=30)
    owner.get_by_role("button", name="解决了").click()
    expect(owner.get_by_text("收到，谢谢您。")).to_be_visible()
    open_case(steward, number)
    time.passes(minutes=5)
    step(steward, "结案")

    # then: the outcome is the owner's own word, each act stands in the book with its proof, all in time
    is_now(steward, "已结案")
    expect(steward.locator(".page-head .tag")).to_have_text("业主确认")
    assert timeline(steward) == [
        "登记 · 示例前台 · 口述",
        "分类 · 示例前台 · 口述",
        "派单 · 示例客服主管 · 口述",
        "接单 · 示例维修甲 · 口述",
        "办完 · 示例维修甲 · 口述",
        "告知业主 · 示例管家 · 口述",
        "答复业主 · 示例管家 · 口述",
        "退回 · 业主本人 · 本人",
        "办完 · 示例维修甲 · 口述",
        "告知业主 · 示例管家 · 口述",
        "业主确认 · 业主本人 · 本人",
        "结案 · 示例管家 · 口述",
    ]
    assert set(duties(steward).values()) == {"按时完成"}
    assert {"RQ-03", "RQ-06", "RQ-18"} <= duties(steward).keys()
    assert verify(now=time.at).ok


def test_what_was_late_stays_visible_after_it_is_done(visit: Visit, community: Community, time: Time) -> None:
    # given: a complaint of this morning that nobody sorted in time
    desk = enter(visit(), "frontdesk")
    number = register(desk, room="1-1-301", type="投诉", words="电瓶车停在消防通道里。")
    time.passes(hours=3)
    desk.goto("/duties/")
    expect(desk.locator("#late tbody tr")).to_have_count(1)

    # when: it is sorted, three hours on
    open_case(desk, number)
    assert duties(desk)["RQ-03"].startswith("逾期")
    step(desk, "分类", trade="保安", urgency="紧急")
    run_worker()

    # then: the duty is met, the mark of being late is not gone: neither from the duty nor from the book
    desk.reload()
    assert duties(desk)["RQ-03"].startswith("已完成，迟")
    assert "应办事项逾期 · 系统" in timeline(desk)
