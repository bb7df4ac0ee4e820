"""At the desk: a suggestion under the words, taken by one key, that never takes the focus or a choice."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from hemu.access.models import Account
from hemu.estate.operations import employ, give_post, open_community, open_office
from hemu.infra import clock
from tests.journeys.desk import enter

pytestmark = pytest.mark.django_db(transaction=True)
SUGGESTED = "#suggestion [data-choose]"


@pytest.fixture
def desk(page: Page) -> Page:
    """The form of registering, opened by a clerk, with the caller's words in focus."""
    office = open_office(name="示例管理处", now=clock.now())
    open_community(name="示例小区", office=office, now=clock.now())
    clerk = employ(name="示例前台", now=clock.now())
    give_post(staff=clerk, role="frontdesk", office=office, since=date(2024, 1, 1))
    Account.objects.create(login="desk", staff=clerk)
    enter(page, "desk").goto("/requests/register/")
    page.focus("[name=text]")
    return page


def is_chosen(page: Page, *types: str) -> None:
    """Expect the types to be chosen, and the words to have the focus still."""
    chosen = page.locator("[name=type]:checked")
    expect(chosen).to_have_count(len(types))
    for type in types:
        expect(chosen).to_have_value(type)
    expect(page.locator("[name=text]")).to_be_focused()


def writes(page: Page, words: str) -> None:
    """Write at one stroke, so that one answer comes."""
    page.keyboard.insert_text(words)
    expect(page.locator(SUGGESTED).first).to_contain_text("居家维修")


def test_one_key_takes_the_suggestion_and_the_writing_goes_on(desk: Page) -> None:
    writes(desk, "我家厨房漏水")
    is_chosen(desk)
    desk.keyboard.press("F2")
    is_chosen(desk, "repair_home")


def test_what_was_chosen_stays_until_another_is_pressed(desk: Page) -> None:
    desk.locator("[name=type][value=praise]").check(force=True)
    desk.focus("[name=text]")
    writes(desk, "我家厨房漏水")
    desk.keyboard.press("F2")
    is_chosen(desk, "praise")
    desk.locator(SUGGESTED).first.click()
    is_chosen(desk, "repair_home")
