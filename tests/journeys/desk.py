"""What people do at a desk and on a phone, said in a line each.

What changes after an act is asked with `expect`, which waits, or of the database with `eventually`; reading at once
sees what stood there before. A link is followed with `follow` where keys are pressed on the page it leads to.
"""

from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from hemu.access.models import Account
from tests.journeys.community import PASSWORD

CURRENT = "#home-options:not([aria-busy]) [role=option]"  # who is found for the words that stand in the box
PHONE = {"viewport": {"width": 360, "height": 780}, "has_touch": True}


def log_in(page: Page, login: str, password: str = PASSWORD) -> Page:
    """Log in by the form."""
    page.goto("/log-in/")
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码").fill(password)
    follow(page, page.get_by_role("button", name="登录"))
    return page


def enter(page: Page, login: str) -> Page:
    """Be logged in already, as after an hour at work: for journeys that are not about logging in."""
    client = Client()
    client.force_login(Account.objects.get(login=login))
    page.goto("/healthz")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": page.url}])
    return page


def register(page: Page, *, room: str, type: str, words: str, at: str = "") -> str:
    """Register a word: type the room, pick the home and its owner, and return the number of the case."""
    page.goto("/requests/register/")
    page.get_by_label("房号").press_sequentially(room)
    page.locator(CURRENT).first.click()
    page.locator("#home-people [name=person]").first.check()
    page.get_by_role("radio", name=type, exact=True).check()
    page.get_by_label("原话").fill(words)
    if at:
        page.get_by_text("不是刚才的事？改时间").click()
        page.get_by_label("什么时候").fill(at)
    page.locator(".actions").get_by_role("button", name="登记").click()
    page.wait_for_url("**/requests/*-*/")
    return number_of(page)


def number_of(page: Page) -> str:
    return page.locator("h1").inner_text()


def follow(page: Page, link: Locator) -> None:
    """Press what leads to another page, and be there with its scripts."""
    with page.expect_navigation():
        link.click()


def open_case(page: Page, number: str) -> None:
    page.goto(f"/requests/{number}/")


def open_step(page: Page, label: str) -> Locator:
    """Open the dialog of a step, from its button or from 更多."""
    actions = page.locator(".actions")
    actions.locator("[data-dialog]", has_text=label).first.wait_for(state="attached")
    button = actions.get_by_role("button", name=label, exact=True)
    if button.count():
        button.click()
    else:
        actions.get_by_text("更多").click()
        actions.locator(".menu-item").get_by_text(label, exact=True).click()
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    return dialog


def step(page: Page, label: str, words: str = "", **choices: Any) -> None:
    """Take a step with its words; choices are (by name of the field) the words on a chip or in a list."""
    dialog = open_step(page, label)
    for name, choice in choices.items():
        field = dialog.locator(f"[name={name}]").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=choice)
        else:
            chip = dialog.locator(f".chip:has([name={name}])", has_text=choice)
            chip.locator("input").check()
    if words:
        dialog.locator("textarea[name=words]").fill(words)
    send(page, dialog)


def send(page: Page, dialog: Locator) -> None:
    follow(page, dialog.locator("[type=submit]"))


def link_for_the_owner(page: Page) -> str:
    """Make a link for the owner of the case that is open."""
    page.get_by_role("button", name="做一个给业主的链接").click()
    shown = page.locator(".notice .mono")
    expect(shown).to_contain_text("/o/")
    return shown.inner_text()


def is_now(page: Page, status: str) -> None:
    expect(page.locator(".page-head .badge")).to_have_text(status)


def timeline(page: Page) -> list[str]:
    """Return what happened, by whom and on what it rests, as the case page tells it."""
    return [
        " · ".join(
            filter(None, (part(entry, ".item-title"), part(entry, ".item-head .second"), proof(entry)))
        )
        for entry in page.locator(".timeline > li").all()
    ]


def part(entry: Locator, selector: str) -> str:
    found = entry.locator(selector)
    return found.first.inner_text() if found.count() else ""


def proof(entry: Locator) -> str:
    foot = entry.locator(".item-foot > span").first.inner_text()
    return foot.removeprefix("凭据 ") if foot.startswith("凭据") else ""


def duties(page: Page) -> dict[str, str]:
    """Return how each dated duty of a case stands, by clause; those over are folded under one line."""
    rows = page.locator("section:has(> .section h2:text-is('应办事项')) > .section .list > li").all()
    return {
        row.locator(".tag").text_content() or "": row.locator(".due").evaluate(
            "due => due.firstChild.textContent"
        )
        for row in rows
        if row.locator(".due").count()
    }
