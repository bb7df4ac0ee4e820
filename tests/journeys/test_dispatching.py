"""Sent by rule, taken out of the pool, danger in one press: supervisor, two technicians and the front desk."""

from playwright.sync_api import expect

from hemu.access.models import Account
from hemu.estate.models import Community, Department, Office, Staff
from hemu.estate.operations import employ, give_post
from hemu.infra import clock
from tests.journeys.community import Teller, Time
from tests.journeys.conftest import Visit
from tests.journeys.desk import enter, is_now, open_case, register, step


def second_technician() -> None:
    staff = employ(name="示例维修乙", now=clock.now())
    works = Department.objects.get(name="设施部")
    give_post(
        staff=staff,
        role="technician",
        office=Office.objects.get(),
        department=works,
        since=clock.now().date(),
    )
    Account.objects.create(login="second", staff=staff, password="!")


def test_by_rule_to_the_pool_to_one_of_two_and_danger_to_who_is_on_duty(
    visit: Visit, community: Community, time: Time
) -> None:
    # given: a rule of the office, tried out, and what is sorted goes by it
    second_technician()
    head = enter(visit(), "cs_supervisor")
    head.goto("/dispatching/rules/")
    rule = head.locator("#rule")
    rule.locator("[name=target]").select_option(label="部门：设施部")
    rule.locator("[name=trade]").select_option(label="维修")
    rule.get_by_role("button", name="存下").click()
    expect(head.locator("tbody .cell-lead")).to_have_text(["维修"])
    head.locator("#try-trade").select_option(label="维修")
    head.locator("#try").get_by_role("button", name="试", exact=True).click()
    expect(head.locator("#try .notice")).to_contain_text("按规则：维修 → 设施部，谁先接谁办")
    head.get_by_role("button", name="改为分类以后马上派").click()
    expect(head.get_by_role("button", name="改为只作建议")).to_be_visible()

    # when: the front desk sorts a repair, two technicians look at the pool and both press
    desk = enter(visit(), "frontdesk")
    number = register(desk, room="301", type="居家维修", words="厨房水管漏水")
    step(desk, "分类", trade="维修")
    is_now(desk, "待接单")
    first, second = enter(visit(), "technician"), enter(visit(), "second")
    for page in (first, second):
        page.goto("/dispatching/?list=pool")
        expect(page.get_by_role("button", name="我来接")).to_be_visible()
    first.get_by_role("button", name="我来接").click()
    is_now(first, "处理中")
    second.get_by_role("button", name="我来接").click()

    # then: one has it, the other is told who
    expect(second.get_by_role("alert")).to_contain_text("示例维修甲 已经先接了这一件。")

    # when: a rota is published, and somebody is shut in the lift
    head.goto("/dispatching/rota/")
    name = f"c-{Staff.objects.get(name='示例维修乙').id.hex}-{clock.now().weekday()}"
    head.locator(f"[name='{name}']").fill("白")
    head.get_by_role("button", name="发布这一周").click()
    expect(head.locator(".page-head")).to_contain_text("现在在班：示例维修乙")
    desk.goto("/duties/")
    desk.locator(".alarm summary").click()
    desk.get_by_role("button", name="电梯困人").click()

    # then: it is with who is on duty, at once, and the desk asks the rest
    is_now(desk, "待接单")
    expect(desk.locator(".timeline")).to_contain_text("险情，这个专业没有人在班，派给在班的：示例维修乙")
    desk.get_by_label("在哪里").fill("3 栋 2 单元电梯")
    desk.get_by_role("button", name="记下").click()
    expect(desk.locator(".page-head")).to_contain_text("3 栋 2 单元电梯")
    time.passes(minutes=1)
    second.goto("/messages/")
    expect(second.locator("main")).to_contain_text("险情！已派给您，请马上处理。")
    open_case(first, number)
    expect(first.locator(".timeline")).to_contain_text("按规则：维修 → 设施部，谁先接谁办")


def test_a_complaint_is_not_there_for_whom_it_names(visit: Visit, community: Community) -> None:
    case = Teller(community).register("complaint", "前台爱理不理", room="1-1-301", login="steward")
    head, named = enter(visit(), "cs_supervisor"), enter(visit(), "frontdesk")
    open_case(named, case.number)
    open_case(head, case.number)
    step(head, "分类", named="示例前台")
    named.goto("/requests/?state=open")
    expect(named.locator(".empty, table")).not_to_contain_text(case.number)
    assert (named.goto(f"/requests/{case.number}/") or named).status == 404  # type: ignore[union-attr]
