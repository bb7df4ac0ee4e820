"""A walk through every page: the roles that use it and the owner, a desk and a phone, empty, full, refused; two languages.

Each page keeps what `eye.js` looks for: nothing wider than the screen, nothing smaller than 12 px, contrast,
names on every control. What a browser's console complains of fails the walk too, broken content policy included.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hemu.estate.models import Community
from hemu.service_requests.models import Request
from tests.journeys.community import Time, fill
from tests.journeys.conftest import Visit
from tests.journeys.desk import enter, open_step, send
from tests.journeys.pages import LOOKERS, ROLES, forgotten, walk
from tools.catalogue import english

pytestmark = pytest.mark.walk
EYE = (Path(__file__).parent / "eye.js").read_text(encoding="utf-8")
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 360, "height": 780}}


def look(page: Page, address: str, size: str, *, at_a_glance: bool = False) -> list[str]:
    """Return what is wrong with a page at a size, told with its address."""
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    return [f"{address} {size}: {line}" for line in page.evaluate(EYE, at_a_glance)]


def look_at_all(page: Page, addresses: list[str]) -> list[str]:
    """Look at each page once, at both sizes, and at what it puts on paper."""
    found = []
    for address in addresses:
        page.goto(address)
        found += look(page, address, "desk") + look(page, address, "phone") + look_at_paper(page, address)
    return found


def look_at_all_in_english(page: Page, addresses: list[str]) -> list[str]:
    """Look for what another language changes: how long the words are, and whether they were put into it."""
    found = []
    for address in addresses:
        page.goto(address)
        for size in SIZES:
            found += look(page, address, size, at_a_glance=True)
        found += [f"{address} in Chinese: {text}" for text in left_in_chinese(page)]
    return found


def told(found: list[str]) -> str:
    return "\n".join(found)


def test_no_page_is_forgotten(browser: Browser, community: Community) -> None:
    assert forgotten() == [], "say in tests/journeys/pages.py of which thing such a page is looked at"


@pytest.mark.parametrize("role", ["", *ROLES])
def test_empty_pages(visit: Visit, community: Community, role: str) -> None:
    page = visit()
    if role:
        enter(page, role)
    assert told(look_at_all(page, walk(role))) == ""


@pytest.mark.parametrize("role", ["", *ROLES])
def test_full_pages(visit: Visit, community: Community, time: Time, role: str) -> None:
    cases = fill(community, time)
    page = visit()
    if role:
        enter(page, role)
    assert told(look_at_all(page, walk(role, cases, among=LOOKERS))) == ""


@pytest.mark.parametrize("role", ["", *ROLES])
def test_full_pages_in_english(visit: Visit, community: Community, time: Time, role: str) -> None:
    cases = fill(community, time)
    page = visit(locale="en")
    if role:
        enter(page, role)
    assert told(look_at_all_in_english(page, walk(role, cases))) == ""


@pytest.mark.parametrize("size", SIZES)
def test_dialogs_and_refusals(visit: Visit, community: Community, time: Time, size: str) -> None:
    """Every step's dialog opens within the screen; a refused one comes back whole."""
    cases = fill(community, time)
    page = enter(visit(viewport=SIZES[size]), "office_director")
    found: list[str] = []
    seen: set[str] = set()
    for case in cases:
        found += look_at_dialogs(page, case, size, seen)
    found += look_at_refusals(page, cases[4], size)
    assert told(found) == ""


def look_at_dialogs(page: Page, case: Request, size: str, seen: set[str]) -> list[str]:
    """Look at the dialogs of a case that were not seen before."""
    page.goto(f"/requests/{case.number}/")
    found = []
    for name in page.evaluate("Array.from(document.querySelectorAll('dialog'), each => each.id)"):
        if name not in seen:
            page.evaluate("name => document.getElementById(name).showModal()", name)
            found += look(page, f"{case.number} {name}", size)
            page.evaluate("name => document.getElementById(name).close()", name)
            seen.add(name)
    return found


def look_at_refusals(page: Page, case: Request, size: str) -> list[str]:
    page.goto(f"/requests/{case.number}/")
    dialog = open_step(page, "转派")
    dialog.locator("textarea").fill("　")  # a blank that the browser takes for words
    send(page, dialog)
    expect(page.locator("dialog[open]").get_by_role("alert")).to_have_text("“转派”要写明内容（理由）。")
    found = look(page, "a refused step", size)
    page.goto("/requests/register/")
    page.get_by_label("房号").fill("9-9-901")
    page.get_by_role("radio", name="投诉").check()
    page.get_by_label("原话").fill("楼上太吵。")
    page.locator(".actions").get_by_role("button", name="登记").click()
    page.locator(".error").wait_for()
    page.wait_for_load_state()
    return found + look(page, "a refused form", size)


# ── English ──────────────────────────────────────────────────────────────────

CHINESE = re.compile(r"[\u3400-\u9fff]")
SEEN_TEXT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [document.title];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("script, style, body [lang]")) found.push(walker.currentNode.textContent);
  document.querySelectorAll("[aria-label], [title], [placeholder], [alt]").forEach((each) =>
    ["aria-label", "title", "placeholder", "alt"].forEach((name) => found.push(each.getAttribute(name) || "")));
  return found.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


def source_texts() -> Iterator[str]:
    """Yield a pattern for each text of the catalogue that no data of these pages could be."""
    for message in english():
        for text in [message.id] if isinstance(message.id, str) else message.id:
            if len(CHINESE.findall(text)) > 1:
                pieces = re.split(r"%\(\w+\)[sd]|\{\w*\}", text.strip())
                if any(CHINESE.search(piece) for piece in pieces):
                    yield ".*".join(map(re.escape, pieces))


@cache
def any_source_text() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{text})" for text in source_texts()))


def left_in_chinese(page: Page) -> list[str]:
    """Return what stands on a page in Chinese although the catalogue has it in English; data may stay, and texts for
    a chat group, which say of themselves that they are Chinese."""
    chinese = {text for text in page.evaluate(SEEN_TEXT) if CHINESE.search(text)}
    return sorted(filter(any_source_text().fullmatch, chinese))


def test_the_language_is_chosen_in_the_menu(visit: Visit, community: Community) -> None:
    page = enter(visit(), "cs_supervisor")
    page.goto("/")
    page.locator(".top-tools .menu:not(.alarm) summary").click()
    page.get_by_text("English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Friday 20 November")


# ── paper ────────────────────────────────────────────────────────────────────

PAPER = """() => {
  const isSeen = (each) => each && each.getClientRects().length > 0;
  const mark = document.querySelector("p.print-only");
  if (!document.body.classList.contains("staff")) return [];
  return [
    Array.from(document.querySelectorAll(".side, .top")).some(isSeen) && "prints the menus",
    !isSeen(document.querySelector("h1")) && "prints no heading",
    !(isSeen(mark) && / · 示例/.test(mark.textContent)) && "does not say who printed it",
  ].filter(Boolean);
}"""


def look_at_paper(page: Page, address: str) -> list[str]:
    """Return what is wrong with a page of the office's as one would file it."""
    page.emulate_media(media="print")
    found = [f"{address} on paper: {line}" for line in page.evaluate(PAPER)]
    page.emulate_media(media="screen")
    return found


def test_a_case_is_printed(visit: Visit, community: Community, time: Time) -> None:
    case = fill(community, time)[0]
    page = enter(visit(), "cs_supervisor")
    page.goto(f"/requests/{case.number}/")
    assert len(page.pdf()) > 5_000
