"""Journeys: a real browser against the running product, in the words of the procedures."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from hemu.estate.models import Community
from tests.journeys.community import FRIDAY, Time, found, standing

PICTURES = Path(__file__).resolve().parents[2] / "build" / "journeys"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PATIENCE_MILLISECONDS = 30_000  # a busy machine is no failure
USUAL = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 1440, "height": 900}}
Visit = Callable[..., Page]


def chromium() -> str:
    """Return the browser's path; without one the journeys are skipped, and the reason is printed."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip("Chromium is not installed: sudo apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
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
def visit(browser: Browser, request: pytest.FixtureRequest, live_server: object) -> Iterator[Visit]:
    """Open pages, each in a context of its own; an error in the console of any of them fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(**{**USUAL, "base_url": str(live_server), **options})
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: errors.extend(complaint(message)))
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    failed_before = request.session.testsfailed
    yield opened
    if request.session.testsfailed > failed_before:
        PICTURES.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w]+", "-", request.node.name)
        for number, context in enumerate(contexts):
            for page in context.pages:
                page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(visit: Visit) -> Page:
    """A page of 1440 × 900 with nothing of another test in it."""
    return visit()


@pytest.fixture
def time() -> Iterator[Time]:
    """The house's clock, standing at a Friday morning until the journey moves it."""
    with standing(FRIDAY) as time:
        yield time


@pytest.fixture
def community(time: Time, live_server: object) -> Community:
    """A community with staff, homes and owners, and no case yet."""
    return found()


def complaint(message: ConsoleMessage) -> list[str]:
    """Return what the console says is wrong; a refusal (4xx) shown on a page, or a network taken away, is not."""
    refusal = re.search(r"status of 4\d\d|ERR_(INTERNET_DISCONNECTED|FAILED)", message.text)
    return [message.text] if message.type == "error" and not refusal else []
