"""Journeys: a real browser against the running product, in the words of the procedures."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, sync_playwright

PICTURES = Path(__file__).resolve().parents[2] / "build" / "journeys"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PATIENCE_MILLISECONDS = 10_000


def chromium() -> str:
    """Return the browser's path; without one the journeys are skipped, and the reason is printed."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip("Chromium is not installed: sudo apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    path = chromium()
    driver: Playwright = request.getfixturevalue("playwright")
    browser = driver.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest, live_server: object) -> Iterator[Page]:
    """A page of 1440 × 900 with nothing of another test in it; an error in its console fails the test."""
    context = browser.new_context(
        base_url=str(live_server),
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1440, "height": 900},
    )
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.extend(complaint(message)))
    page.on("pageerror", lambda error: errors.append(str(error)))
    failed_before = request.session.testsfailed
    yield page
    if request.session.testsfailed > failed_before:
        PICTURES.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w]+", "-", request.node.name)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    context.close()
    assert errors == []


def complaint(message: ConsoleMessage) -> list[str]:
    """Return what the console says is wrong; a refusal (4xx) shown on a page is not wrong."""
    refusal = re.search(r"status of 4\d\d", message.text)
    return [message.text] if message.type == "error" and not refusal else []
