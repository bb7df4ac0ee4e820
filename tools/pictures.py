"""`make pictures`: the pictures of the README, taken of the demonstration in a headless browser.

Web and demonstration run in a fresh HEMU_HOME that is gone afterwards; the pictures land in docs/pictures.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.postgres import free_port

CHECKOUT = Path(__file__).resolve().parents[1]
PICTURES = CHECKOUT / "docs" / "pictures"
MOST_BYTES = 200_000
PASSWORD = "hemu-demo-2026"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 780}
READY_WITHIN_SECONDS = 60

OVERSEEN = (("wall", "/wall/"), ("review", "/wall/review/"), ("dispatching", "/dispatching/"))
WATCHED = (
    ("my-day", "/duties/?mine=1"), ("duty-wall-office", "/wall/duties/"), ("late-by-person", "/duties/late/"),
    ("clause", "/clauses/RQ-06/"), ("board", "/actions/"), ("figures", "/figures/"), ("notices", "/notices/"),
    ("paper-layouts", "/papers/layouts/"), ("owners-committee", "/committee/owed/"), ("file", "/file/"),
)  # fmt: skip
ROSTER = [
    ["房号", "业主", "电话", "建筑面积", "使用情况", "备注"],
    ["1-1-101", "李安和", "19900001000", 108.79, "出租", ""],
    ["1-1-102", "许望舒", "19900009002", 63.53, "自住", ""],
    ["1-1-103", "华若兰、华知夏", "19900001002/19900009004", 105.61, "自住", "独居老人"],
    ["1-1-104", "卫思齐", "199000", 114.86, "自住", ""],
    ["1-1-201", "施静姝", "19900001004", 62.42, "自住", ""],
    ["1-1-202", "卫乐山", "19900001005", 93.05, "自住", ""],
    ["10-1-101", "金乐山", "19900009005", 101.75, "未收楼", ""],
    ["10-1-102", "陶嘉言", "19900009006", 90, "未收楼", ""],
    ["二楼", "严清扬", "19900009007", 90, "自住", ""],
]


def main() -> int:
    """Take every picture; return 1 where one is too large for a README."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        sys.exit("缺少 Chromium · Chromium is not installed: sudo apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="hemu-pictures-") as home,
        served(Path(home)) as url,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=program, args=[*FLAGS, "--lang=zh-CN"])
        Camera(browser, url, Path(home)).take_all()
        browser.close()
    sizes = {path.name: path.stat().st_size for path in sorted(PICTURES.glob("*.png"))}
    for name, size in sizes.items():
        print(f"{name:20} {size / 1000:6.0f} kB")
    return int(max(sizes.values()) > MOST_BYTES)


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Load the demonstration and serve it; yield its address."""
    port = free_port()
    own = {"HEMU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "hemu.config.settings"}
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("HEMU_", "DATABASE_"))} | own
    subprocess.run([sys.executable, "-m", "hemu", "demo", "load"], env=environment, check=True, cwd=CHECKOUT,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    subprocess.run([sys.executable, "-m", "hemu", "worker", "--once"], env=environment, check=True, cwd=CHECKOUT,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    command = ["gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "4",
               "--log-level", "error", "hemu.config.wsgi"]  # fmt: skip
    web = subprocess.Popen([sys.executable, "-m", *command], env=environment, cwd=CHECKOUT)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        web.terminate()
        web.wait()


def wait_for(url: str) -> None:
    end = time.monotonic() + READY_WITHIN_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url):
                return
        except urllib.error.URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


class Camera:
    """Takes the pictures as the people see them whose pages they are."""

    def __init__(self, browser: Browser, url: str, folder: Path) -> None:
        self.browser, self.url, self.folder = browser, url, folder

    def take_all(self) -> None:
        desk = self.page("cs_supervisor", DESK)
        self.take(desk, "today")
        desk.goto("/requests/?state=open")
        self.take(desk, "list")
        self.open_first(desk, state="classified", type="complaint")
        self.take(desk, "case")
        self.roster(desk)
        for name, address in OVERSEEN:
            desk.goto(address)
            self.take(desk, name)
        self.watched()
        phone = self.page("technician", PHONE)
        phone.goto("/field/")
        self.take(phone, "technician")
        phone.locator("a.job", has_text="今天").first.click()
        phone.wait_for_url("**/field/*-*/")
        self.take(phone, "job")
        self.owner()

    def watched(self) -> None:
        director = self.page("office_director", DESK)
        for name, address in WATCHED:
            director.goto(address)
            self.take(director, name)
        director.goto("/wall/duties/")
        director.locator("main table tbody a").first.click()
        director.wait_for_url("**/wall/duties/book/**")
        self.take(director, "duty-wall")
        self.open_first(director, state="closed", type="complaint")
        director.goto(f"{director.url}proof/")
        self.take(director, "proof")
        director.goto("/committee/meetings/plan/")
        self.take(director, "back-planner")
        director.goto("/committee/statements/")
        director.locator("main tbody a[href^='/committee/statements/0']").first.click()
        director.wait_for_url("**/committee/statements/*-*/")
        self.take(director, "statement")
        company = self.page("quality", DESK)
        company.goto("/wall/duties/")
        self.take(company, "duty-wall-company")

    def page(self, login: str, size: dict[str, int]) -> Page:
        options: dict[str, Any] = {"viewport": size, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
        page = self.browser.new_context(base_url=self.url, **options).new_page()
        if login:
            page.goto("/log-in/")
            page.locator("[name=login]").fill(login)
            page.locator("[name=password]").fill(PASSWORD)
            page.locator("#log-in [type=submit]").click()
            page.wait_for_url(f"{self.url}/")
        return page

    def open_first(self, page: Page, *, state: str, type: str) -> None:
        page.goto(f"/requests/?state={state}&type={type}")
        page.locator("tbody a").first.click()
        page.wait_for_url("**/requests/*-*/")

    def roster(self, page: Page) -> None:
        file = self.folder / "和风花园业主名册.xlsx"
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet("名册")
            for number, row in enumerate(ROSTER):
                sheet.write_row(number, 0, row)
        page.goto("/rosters/")
        page.locator("input[type=file]").set_input_files(file)
        page.locator("form:has(input[type=file]) [type=submit]").click()
        page.wait_for_url("**/rosters/*-*/")
        self.take(page, "roster")

    def owner(self) -> None:
        steward = self.page("steward", DESK)
        self.open_first(steward, state="informed", type="repair_home")
        steward.locator("form[action$='/link/'] button:not([name])").click()
        link = steward.locator(".notice .mono").inner_text()
        page = self.page("", PHONE)
        page.goto(link)
        self.take(page, "owner")

    def take(self, page: Page, name: str) -> None:
        page.evaluate("document.activeElement && document.activeElement.blur()")
        path = PICTURES / f"{name}.png"
        page.screenshot(path=path, animations="disabled")
        fewer_colours(path)


def fewer_colours(path: Path) -> None:
    """Write a picture with a palette of 256 colours: pages have few, and half the size is enough."""
    with Image.open(path) as picture:
        reduced = picture.convert("RGB").quantize(colors=256, dither=Image.Dither.NONE)
    reduced.save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
