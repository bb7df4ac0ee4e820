"""At the desk: a suggestion under the words, taken by one key, that never takes the focus or a choice."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from hemu.access.models import Account
from hemu.estate.operations import employ, give_post, open_community, open_office
from hemu.infra import clock

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a word for journeys"
SUGGESTED = "#suggestion [data-choose]"


@pytest.fixture
def desk(page: Page) -> Page:
    """The form of registering, opened by a clerk, with the caller's words in focus."""
    office = open_office(name="示例管理处", now=clock.now())
    open_community(name="示例小区", office=office, now=clock.now())
    clerk = employ(name="示例前台", now=clock.now())
    give_post(staff=clerk, role="frontdesk", office=office, since=date(2024, 1, 1))
    account = Account(login="desk", staff=clerk)
    account.set_password(PASSWORD)
    account.save()
    page.goto("/log-in/?next=/requests/register/")
    page.fill("[name=login]", "desk")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/requests/register/")
    page.focus("[name=text]")
    return page


def chosen(page: Page) -> list[str]:
    return [str(each.get_attribute("value")) for each in page.locator("[name=type]:checked").all()]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name"))


def test_one_key_takes_the_suggestion_and_the_writing_goes_on(desk: Page) -> None:
    desk.keyboard.type("我家厨房漏水")
    expect(desk.locator(SUGGESTED).first).to_contain_text("居家维修")
    assert (chosen(desk), focused(desk)) == ([], "text")
    desk.keyboard.press("F2")
    assert (chosen(desk), focused(desk)) == (["repair_home"], "text")


def test_what_was_chosen_stays_until_another_is_pressed(desk: Page) -> None:
    desk.locator("[name=type][value=praise]").check(force=True)
    desk.focus("[name=text]")
    desk.keyboard.type("我家厨房漏水")
    expect(desk.locator(SUGGESTED).first).to_contain_text("居家维修")
    desk.keyboard.press("F2")
    assert chosen(desk) == ["praise"]
    desk.locator(SUGGESTED).first.click()
    assert (chosen(desk), focused(desk)) == (["repair_home"], "text")
