"""From an empty house to a first registered word: start code, names, hours, staff, roster, channels; one comes in by a slip."""

import time as stopwatch
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from playwright.sync_api import Page, expect

from hemu.estate.models import Post
from hemu.estate.operations import open_office
from hemu.infra import clock
from hemu.service_requests.models import Request
from hemu.setting_up.operations import make_start_code
from tests.journeys.community import Time
from tests.journeys.conftest import Visit
from tests.journeys.desk import PHONE, follow
from tests.journeys.patience import eventually

TEN_MINUTES = 600
OWN = "a word of my own"
STAFF: Sequence[Sequence[object]] = [
    ["姓名", "部门", "岗位", "手机", "备注"],
    ["示例甲", "客服部", "客服主管兼管家", "19900001001", ""],
    ["示例乙", "工程部", "维修工", "19900001002", ""],
    ["示例丙", "秩序部", "保安队长", "19900001003", ""],
    ["示例丁", "保洁部", "保洁员", "19900001004", ""],
    ["示例戊", "绿化部", "绿化工", "19900001005", ""],
    ["示例己", "工程部", "维修工", "19900001006", "已离职 2026-03-01"],
    ["示例庚", "后勤", "厨师", "19900001007", ""],
]
HOMES: Sequence[Sequence[object]] = [
    ["房号", "业主", "电话"],
    ["1-1-101", "测试安", "19900002001"],
    ["1-1-102", "测试和", "19900002002"],
]


def workbook(path: Path, title: str, rows: Sequence[Sequence[object]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, len(rows[0]) - 1, title)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
    return path


def step(page: Page, name: str, link: str) -> None:
    """Go to a step's page from the overview."""
    page.goto("/setup/")
    follow(page, page.locator(f"#step-{name}").get_by_role("link", name=link, exact=True))


def stands(page: Page, name: str, words: str) -> None:
    page.goto("/setup/")
    expect(page.locator(f"#step-{name} .badge")).to_have_text(words)


def begin(page: Page, code: str) -> None:
    page.goto("/")
    page.wait_for_url("**/start/")
    for label, words in (("开始码", code), ("公司", "示例物业"), ("管理处", "试点管理处"), ("小区", "试点小区"),
                         ("您的姓名", "示例主任"), ("密码", OWN), ("再填一次", OWN)):  # fmt: skip
        page.get_by_label(label, exact=False).first.fill(words)
    page.get_by_role("button", name="开始").click()
    expect(page.get_by_role("heading", name="十分钟启用一个小区")).to_be_visible()
    stands(page, "place", "好了")


def bring_in_staff(page: Page, folder: Path) -> str:
    """Bring in the staff list, print the slips and return the code on the technician's."""
    step(page, "staff", "导入员工表")
    page.locator("input[type=file]").set_input_files(
        workbook(folder / "员工.xlsx", "试点管理处员工花名册", STAFF)
    )
    page.get_by_role("button", name="读一读").click()
    expect(page.get_by_text("shilijia", exact=True)).to_be_visible()
    follow(page, page.get_by_role("navigation", name="预览").get_by_role("link", name="没有收"))
    expect(page.get_by_text("岗位“厨师”在系统里没有对应")).to_be_visible()
    assert not Post.objects.filter(role="technician").exists()
    page.get_by_role("button", name="写入").click()
    expect(page.get_by_text("员工表已写入")).to_be_visible()
    page.get_by_role("button", name="打印登录条").click()
    slip = page.locator(".slip").filter(has_text="示例乙")
    expect(slip).to_be_visible()
    entry_code: str = slip.locator(".mono.nowrap").inner_text()
    stands(page, "trades", "好了")
    return entry_code


def bring_in_roster(page: Page, folder: Path) -> None:
    step(page, "roster", "导入名册")
    page.locator("input[type=file]").set_input_files(
        workbook(folder / "名册.xlsx", "试点小区业主名册", HOMES)
    )
    page.get_by_role("button", name="读一读").click()
    page.get_by_role("button", name="写入").click()
    expect(page.get_by_text("名册已写入")).to_be_visible()


def come_in(phone: Page, entry_code: str) -> None:
    """Come in for the first time by the code of a slip."""
    phone.goto(f"/enter/{entry_code}/")
    expect(phone.get_by_text("示例乙，您好")).to_be_visible()
    phone.get_by_label("新密码").fill(OWN)
    phone.get_by_label("再填一次").fill(OWN)
    phone.get_by_role("button", name="设好，进入").click()
    phone.wait_for_url(lambda url: "/enter/" not in url)
    expect(phone.get_by_label("新密码")).to_have_count(0)


def test_an_empty_house_registers_its_first_word_within_ten_minutes(
    visit: Visit, time: Time, live_server: object, tmp_path: Path
) -> None:
    open_office(now=clock.now())
    code, began, page = make_start_code(now=clock.now()), stopwatch.monotonic(), visit()
    begin(page, code)

    step(page, "hours", "看办公时间")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#step-hours .badge")).to_have_text("好了")

    entry_code = bring_in_staff(page, tmp_path)
    bring_in_roster(page, tmp_path)

    step(page, "channels", "看渠道")
    page.get_by_role("button", name="先只用复制文字").click()
    expect(page.locator("#step-channels .badge")).to_have_text("好了")

    step(page, "word", "登记")
    page.get_by_label("原话").fill("东门的灯一直不亮，晚上看不见台阶。")
    page.get_by_role("radio", name="公共维修", exact=True).check()
    page.locator(".actions").get_by_role("button", name="登记").click()
    page.wait_for_url("**/requests/*-*/")
    eventually(Request.objects.count, 1)
    stands(page, "word", "好了")
    took = stopwatch.monotonic() - began
    print(f"from empty to the first word: {took:.1f} s by a machine")
    assert took < TEN_MINUTES
    come_in(visit(**PHONE), entry_code)
