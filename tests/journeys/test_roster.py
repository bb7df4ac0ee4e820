"""A roster on the page: read, seen before it is written, written; next month's owner sold or spelled anew."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from hemu.estate.models import Community, Home, Tie
from tests.journeys.community import run_worker
from tests.journeys.conftest import Visit
from tests.journeys.desk import PHONE, enter, follow
from tests.journeys.patience import eventually

HEAD = ["室号", "产权人", "手机1", "面积", "使用情况", "备注"]
MARCH: Sequence[Sequence[object]] = [
    ["1单元0101", "示例甲、示例乙", "19900000001/19900000002", 90.5, "自住", "独居老人"],
    ["1单元0102", "示例丙", "1990012", 80, "出租", ""],
    ["??", "示例丁", "", 80, "", ""],
    ["合计", "", "共3户", "", "", ""],
]
APRIL: Sequence[Sequence[object]] = [
    ["1单元0101", "示例甲、示例乙", "19900000001/19900000002", 91, "出租", "独居老人"],
    ["1单元0102", "示例戊", "19900000005", 80, "自住", ""],
]


def workbook(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("9号楼")
        sheet.merge_range("A1:F1", "示例花园9号楼住户登记表")
        for number, row in enumerate([HEAD, *rows], 1):
            sheet.write_row(number, 0, row)
    return path


def upload(page: Page, path: Path) -> None:
    page.goto("/rosters/")
    page.locator("input[type=file]").set_input_files(path)
    follow(page, page.get_by_role("button", name="读一读"))
    page.wait_for_url("**/rosters/*-*/")


@pytest.mark.parametrize("width", [pytest.param(1440, marks=pytest.mark.both), 360])
def test_a_roster_is_seen_before_it_is_written_and_next_months_sale_is_asked(
    visit: Visit, community: Community, tmp_path: Path, width: int
) -> None:
    page = enter(visit(**(PHONE if width == 360 else {})), "cs_supervisor")
    page.goto("/rosters/")
    upload(page, workbook(tmp_path / "三月.xlsx", MARCH))
    expect(page.get_by_text("9-1-101").first).to_be_visible()
    page.get_by_role("navigation", name="预览").get_by_role("link", name="没有收").click()
    expect(page.get_by_text("看不懂")).to_be_visible()
    assert not Home.objects.filter(building="9").exists()
    page.get_by_role("button", name="写入").click()
    expect(page.get_by_text("名册已写入")).to_be_visible()
    homes = Home.objects.filter(building="9").order_by("written").values_list("written", "area_centi")
    eventually(lambda: list(homes.all()), [("9-1-101", 9050), ("9-1-102", 8000)])

    upload(page, workbook(tmp_path / "四月.xlsx", APRIL))
    expect(page.get_by_text("过户，还是写法不同")).to_be_visible()
    with page.expect_response("**/answers/"):
        page.get_by_role("radio", name="过户了").check()
    follow(page, page.get_by_role("navigation", name="预览").get_by_role("link", name="不在表里"))
    expect(page.get_by_role("radio", name="过户了")).to_be_checked()
    page.get_by_label("过户日").fill("2026-11-18")
    page.get_by_role("button", name="写入").click()
    expect(page.get_by_text("名册已写入")).to_be_visible()
    ties = Tie.objects.filter(home__written="9-1-102").values_list("person__name", "since", "until")
    sold = {("示例丙", "None", "2026-11-18"), ("示例戊", "2026-11-18", "None")}
    eventually(lambda: {tuple(map(str, tie)) for tie in ties.all()}, sold)


def test_a_big_roster_is_read_by_the_worker_while_the_page_waits(
    page: Page, community: Community, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hemu.estate.web.roster.AT_ONCE_BYTES", 0)
    enter(page, "cs_supervisor")
    upload(page, workbook(tmp_path / "三月.xlsx", MARCH))
    expect(page.get_by_text("可以离开这一页")).to_be_visible()
    run_worker()
    expect(page.get_by_text("9-1-101").first).to_be_visible()
