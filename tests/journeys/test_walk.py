"""A walk through every page: two roles and the owner, a desk and a phone, empty, full, refused; Chinese and English.

Each page keeps what `eye.js` looks for: nothing wider than the screen, nothing smaller than 12 px, contrast,
names on every control. What a browser's console complains of fails the walk too, broken content policy included.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hemu.estate.models import Community
from hemu.infra import clock
from hemu.service_requests.models import Request
from hemu.service_requests.operations import make_owner_link
from tests.journeys.community import Time, fill
from tests.journeys.conftest import Visit
from tests.journeys.desk import enter, open_step, send
from tools.catalogue import english

pytestmark = pytest.mark.walk
EYE = (Path(__file__).parent / "eye.js").read_text(encoding="utf-8")
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 360, "height": 780}}
PAGES = ["/", "/requests/", "/requests/?state=closed&q=none", "/requests/register/", "/duties/", "/messages/"]
LEADERS_PAGES = ["/rosters/"]
OPEN_TO_ALL = ["/log-in/", "/gallery/", "/o/not-a-link/", "/no-such-page/"]
ROLES = ["cs_supervisor", "technician"]


def pages_of(role: str) -> list[str]:
    return PAGES + (LEADERS_PAGES if role == "cs_supervisor" else [])


def look(page: Page, address: str, size: str) -> list[str]:
    """Return what is wrong with a page at a size, told with its address."""
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    return [f"{address} {size}: {line}" for line in page.evaluate(EYE)]


def look_at_all(page: Page, addresses: list[str]) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        found += look(page, address, "desk") + look(page, address, "phone")
    return found


def told(found: list[str]) -> str:
    return "\n".join(found)


@pytest.mark.parametrize("role", ROLES)
def test_empty_pages(visit: Visit, community: Community, role: str) -> None:
    assert told(look_at_all(enter(visit(), role), pages_of(role))) == ""


@pytest.mark.parametrize(
    ("role", "language"), [("cs_supervisor", "zh-CN"), ("cs_supervisor", "en"), ("technician", "zh-CN")]
)
def test_full_pages(visit: Visit, community: Community, time: Time, role: str, language: str) -> None:
    cases = fill(community, time)
    addresses = [*pages_of(role), *(f"/requests/{case.number}/" for case in cases)]
    page = enter(visit(locale=language), role)
    assert told(look_at_all(page, addresses)) == ""


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_pages_open_to_all(visit: Visit, community: Community, time: Time, language: str) -> None:
    cases = fill(community, time)
    links = [f"/o/{make_owner_link(request=case, now=clock.now())}/" for case in cases]
    assert told(look_at_all(visit(locale=language), [*OPEN_TO_ALL, *links])) == ""


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
    return found + look(page, "a refused form", size)


# ── English ──────────────────────────────────────────────────────────────────

CHINESE = re.compile(r"[\u3400-\u9fff]")
SEEN_TEXT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [document.title];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("script, style")) found.push(walker.currentNode.textContent);
  document.querySelectorAll("[aria-label], [title], [placeholder], [alt]").forEach((each) =>
    ["aria-label", "title", "placeholder", "alt"].forEach((name) => found.push(each.getAttribute(name) || "")));
  return found.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


def source_texts() -> Iterator[re.Pattern[str]]:
    """Yield a pattern for each text of the catalogue that no data of these pages could be."""
    for message in english():
        for text in [message.id] if isinstance(message.id, str) else message.id:
            if len(CHINESE.findall(text)) > 1:
                pieces = re.split(r"%\(\w+\)[sd]|\{\w*\}", text.strip())
                if all(CHINESE.search(piece) is None for piece in pieces):
                    continue
                yield re.compile(".*".join(map(re.escape, pieces)))


def test_english_pages_have_no_chinese_but_data(visit: Visit, community: Community, time: Time) -> None:
    # given: somebody who reads English chooses it in the menu
    cases = fill(community, time)
    page = enter(visit(), "cs_supervisor")
    page.goto("/")
    page.locator(".top-tools .menu summary").click()
    page.get_by_text("English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Sunday 22 November")

    # then: none of the catalogue's own texts stands there in Chinese
    patterns = list(source_texts())
    left = set()
    link = make_owner_link(request=cases[3], now=clock.now())
    addresses = [*pages_of("cs_supervisor"), *(f"/requests/{case.number}/" for case in cases)]
    for address in [*addresses, f"/o/{link}/", *OPEN_TO_ALL]:
        page.goto(address)
        chinese = {text for text in page.evaluate(SEEN_TEXT) if CHINESE.search(text)}
        left |= {(address, text) for text in chinese if any(each.fullmatch(text) for each in patterns)}
    assert left == set()


# ── paper ────────────────────────────────────────────────────────────────────


def test_every_page_prints_as_one_would_file_it(visit: Visit, community: Community, time: Time) -> None:
    cases = fill(community, time)
    page = enter(visit(), "cs_supervisor")
    page.emulate_media(media="print")
    for address in [*pages_of("cs_supervisor"), f"/requests/{cases[0].number}/"]:
        page.goto(address)
        assert page.locator(".side").is_hidden()
        assert page.locator(".top").is_hidden()
        assert page.locator("h1").is_visible()
        assert page.locator("p.print-only").inner_text().endswith(" · 示例客服主管")
    assert len(page.pdf()) > 5_000
