"""Journeys: a real browser against the running product, in the words of the procedures."""

import os
import re
import shutil
import threading
import time as stopwatch
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from hemu.estate.models import Community
from tests.journeys.community import FRIDAY, Time, found, standing
from tests.journeys.patience import EVERY_SECONDS, PATIENCE_SECONDS

PICTURES = Path(__file__).resolve().parents[2] / "build" / "journeys"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PATIENCE_MILLISECONDS = PATIENCE_SECONDS * 1000
USUAL = {
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
    "viewport": {"width": 1440, "height": 900},
    "reduced_motion": "reduce",  # nothing is looked at half-way through a transition
    "service_workers": "block",  # allowed where a journey is about them
}
THROTTLE = int(os.environ.get("HEMU_TEST_THROTTLE", "1"))
"""How many times slower than it is the browser's processor is to be, for finding what is in a hurry."""
Visit = Callable[..., Page]

# A page can be pressed once its scripts are there, as by a person, who is not that quick.
PATIENT_FINGER = """() => {
  const still = (root) => (root.style.pointerEvents = "none");
  if (document.documentElement) still(document.documentElement);
  else new MutationObserver((_, watch) => document.documentElement && (watch.disconnect(), still(document.documentElement)))
    .observe(document, { childList: true });
  addEventListener("load", () => (document.documentElement.style.pointerEvents = ""));
}"""


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
        context.add_init_script(f"({PATIENT_FINGER})()")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: errors.extend(complaint(message)))
        page.on("pageerror", lambda error: errors.append(str(error)))
        if THROTTLE > 1:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
        return page

    failed_before = request.session.testsfailed
    yield opened
    if request.session.testsfailed > failed_before:
        take_pictures(contexts, request.node.name)
    for context in contexts:
        context.close()
    let_the_server_end()
    assert errors == []


def take_pictures(contexts: list[BrowserContext], test: str) -> None:
    """Keep what each page showed when its test failed, as far as it can still be seen."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w]+", "-", test)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages):
        with suppress(Error):
            page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True, timeout=10_000)


def let_the_server_end() -> None:
    """Wait until what the closed pages had asked for is answered, before the database is emptied under it."""
    deadline = stopwatch.monotonic() + PATIENCE_SECONDS
    while is_serving() and stopwatch.monotonic() < deadline:
        stopwatch.sleep(EVERY_SECONDS / 10)


def is_serving() -> bool:
    """Say whether a connection to the live server is open: each is served by a thread of its own."""
    return any("process_request_thread" in thread.name for thread in threading.enumerate())


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


NO_FAULT_OF_A_PAGE = re.compile(
    r"status of 4\d\d"  # a refusal, shown on the page
    # a network taken away, a request left behind by who went on, the scripts of a worker without network
    r"|net::ERR_(INTERNET_DISCONNECTED|FAILED|ABORTED|NETWORK_CHANGED|NETWORK_IO_SUSPENDED|EMPTY_RESPONSE"
    r"|CONNECTION_(RESET|CLOSED|ABORTED|REFUSED)|SOCKET_NOT_CONNECTED)"
    r"|error occurred when fetching the script"
)


def complaint(message: ConsoleMessage) -> list[str]:
    """Return what the console says is wrong."""
    is_wrong = message.type == "error" and not NO_FAULT_OF_A_PAGE.search(message.text)
    return [message.text] if is_wrong else []
