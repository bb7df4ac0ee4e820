"""The thirty-second call: a practised clerk at the desk, by keyboard alone, every press counted."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from hemu.access.tests.house import House, found_house
from hemu.service_requests.models import Request
from tests.journeys import desk
from tests.journeys.patience import eventually

REGISTER = "/requests/register/"


class Clerk:
    """Types and presses, and counts: `steps` are the presses that are no words, `strokes` all of them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps = self.strokes = 0

    def types(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.strokes += len(words)

    def presses(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.steps += 1
            self.strokes += 1

    def arrives(self, address: str) -> None:
        """Wait until a page is there, and the field on it that has the focus from the start."""
        self.page.wait_for_url(address)
        self.page.wait_for_function(
            "() => !document.querySelector('[autofocus]') || document.activeElement !== document.body"
        )

    def counted(self) -> tuple[int, int]:
        counts = self.steps, self.strokes
        self.steps = self.strokes = 0
        return counts


@pytest.fixture
def house(live_server: object) -> House:
    return found_house()


@pytest.fixture
def enter(page: Page, house: House) -> Callable[[str], None]:
    def log_in(login: str) -> None:
        desk.enter(page, login)
        page.goto(REGISTER)
        focus(page, "home_words")

    return log_in


@pytest.fixture
def clerk(page: Page, enter: Callable[[str], None]) -> Clerk:
    enter("frontdesk")
    return Clerk(page)


def focus(page: Page, name: str) -> None:
    page.wait_for_function("name => document.activeElement.name === name", arg=name)


def test_three_calls_by_keyboard_alone(clerk: Clerk, page: Page, house: House) -> None:
    # a question, answered while the owner is on the phone: the end of the number, the words, the type, the answer
    clerk.types("1234")
    clerk.presses("Enter")
    focus(page, "text")
    clerk.types("月卡怎么办")
    clerk.presses("Tab", "4", "Tab")
    clerk.types("带行驶证来前台")
    clerk.presses("Control+Enter")
    clerk.arrives("**/requests/*-00001/")
    answered = clerk.counted()
    eventually(Request.objects.count, 1)
    case = Request.objects.get()
    assert (case.type, case.state, case.outcome) == ("inquiry", "closed", "told")
    assert (case.home, case.person, case.text) == (house.home, house.owner, "月卡怎么办")
    expect(page.get_by_text("已登记，当场答复并结案。")).to_be_visible()

    # the same caller goes on: a repair at home
    clerk.presses("Enter")
    clerk.arrives("**/requests/register/?from=*")
    focus(page, "text")
    clerk.types("厨房下水堵了")
    clerk.presses("Tab", "1", "Control+Enter")
    clerk.arrives("**/requests/*-00002/")
    second = clerk.counted()
    eventually(Request.objects.count, 2)
    case = Request.objects.latest("id")
    assert (case.type, case.state, case.home, case.person) == (
        "repair_home",
        "received",
        house.home,
        house.owner,
    )
    assert case.caller_phone == "19900001234"

    # another caller, by initials, with a new repair
    clerk.presses("Tab", "Enter")
    clerk.arrives("**/requests/register/")
    focus(page, "home_words")
    clerk.types("slyz")
    clerk.presses("Enter")
    focus(page, "text")
    clerk.types("楼道灯不亮了")
    clerk.presses("Tab", "2", "Control+Enter")
    clerk.arrives("**/requests/*-00003/")
    repair = clerk.counted()
    eventually(Request.objects.count, 3)
    case = Request.objects.latest("id")
    assert (case.type, case.person, case.home) == ("repair_public", house.owner, house.home)

    print({"answered now": answered, "second matter": second, "new repair": repair})
    # (presses that are no words, all strokes); the words are 12, 6 and 6 signs, the look-up 4
    assert answered <= (5, 21)
    assert second <= (4, 10)
    assert repair <= (6, 16)


def test_arrows_choose_among_those_who_may_be_meant(clerk: Clerk, page: Page, house: House) -> None:
    clerk.types("1栋2单元301")
    expect(page.locator(desk.CURRENT)).to_have_text(
        ["1-2-301 已入住 · 和风花园", "1-2-301 示例业主 业主 · 199****1234 · 和风花园"]
    )
    clerk.presses("ArrowDown", "Enter")
    focus(page, "text")
    expect(page.locator("#home-people .chip:has(:checked)")).to_have_text("示例业主 业主 199****1234")
    expect(page.locator("#home")).to_have_value("1-2-301")


def test_keys_pressed_before_the_answer_comes_choose_among_those_meant_by_all_the_words(
    clerk: Clerk, page: Page, house: House
) -> None:
    def late(route: Route) -> None:
        """Keep the answer to the first words back until the clerk has gone on."""
        clerk.types("2")
        clerk.presses("ArrowDown", "Enter")
        expect(page.locator("#home-options")).to_have_attribute("aria-busy", "true")
        route.continue_()

    page.route("**/requests/callers/", late, times=1)
    page.keyboard.insert_text("1-2-30")
    focus(page, "text")
    expect(page.locator("#home")).to_have_value("1-2-302")


def test_a_neighbour_joins_the_case_that_stands_beside(clerk: Clerk, page: Page, house: House) -> None:
    clerk.types("1-2-302")
    clerk.presses("Enter")
    focus(page, "text")
    clerk.types("1栋电梯关门哐当响")
    clerk.presses("Tab", "2", "Control+Enter")
    clerk.arrives("**/requests/*-00001/")
    clerk.presses("Tab", "Enter")
    clerk.arrives("**/requests/register/")
    clerk.types("1234")
    clerk.presses("Enter")
    focus(page, "text")
    with page.expect_response(
        lambda answer: "/similar/" in answer.url and "text=%" in (answer.request.post_data or "")
    ):
        page.keyboard.insert_text("电梯哐当响")
    expect(page.locator("#similar.htmx-request")).to_have_count(0)
    page.get_by_role("button", name="又一户反映").press("Enter")
    clerk.arrives("**/requests/*-00001/")

    expect(page.get_by_text("已记到这一件，除首报的以外已有 1 户反映。")).to_be_visible()
    eventually(lambda: Request.objects.get().seconded_count, 1)


def drafts(page: Page) -> list[str]:
    return [json.dumps(name) for name in page.evaluate("Object.keys(localStorage)") if "draft" in name]


def test_what_was_typed_outlives_a_crash_and_nothing_is_left_after_logging_out(
    clerk: Clerk, page: Page, house: House, enter: Callable[[str], None]
) -> None:
    # given: a form half filled, and the browser gone
    said = page.get_by_text("已恢复上次没有登记完的内容。")
    expect(said).to_be_hidden()
    clerk.types("1234")
    clerk.presses("Enter")
    focus(page, "text")
    clerk.types("厨房下水堵了")
    clerk.presses("Tab", "1")
    page.wait_for_function("() => Object.values(localStorage).some(draft => draft.includes('repair_home'))")

    # when: the page is opened anew, it says so and holds all of it; sent, the draft is gone
    page.goto("about:blank")
    page.goto(REGISTER)
    expect(said).to_be_visible()
    expect(page.locator("#home-people input:checked")).to_have_count(1)
    expect(page.locator("#text")).to_have_value("厨房下水堵了")
    page.locator("#text").focus()
    clerk.presses("Control+Enter")
    clerk.arrives("**/requests/*-00001/")
    eventually(Request.objects.count, 1)
    case = Request.objects.get()
    assert (case.home, case.person, case.type) == (house.home, house.owner, "repair_home")
    eventually(lambda: drafts(page), [])

    # a refused form keeps its draft; dropped by hand it is gone
    page.goto(REGISTER)
    expect(said).to_be_hidden()
    page.locator("[name=community]").select_option(label="和风花园")  # the one that has a roster
    page.locator("#home").focus()
    clerk.types("9-9-901")
    page.locator("#text").focus()
    clerk.types("没有这套房")
    clerk.presses("Tab", "1", "Control+Enter")
    expect(page.locator(".error")).to_be_visible()
    eventually(lambda: len(drafts(page)), 1)
    page.goto(REGISTER)
    desk.follow(page, page.get_by_role("button", name="不要了，重新写"))
    expect(page.locator("#text")).to_have_value("")
    focus(page, "home_words")
    eventually(lambda: drafts(page), [])

    # nothing of it is shown to another person, or left after logging out
    clerk.types("1234")
    page.wait_for_function("() => Object.keys(localStorage).length === 1")
    enter("steward")
    expect(page.locator("#home")).to_have_value("")
    eventually(lambda: drafts(page), [])
    clerk.types("1234")
    page.wait_for_function("() => Object.keys(localStorage).length === 1")
    page.locator(".top-tools .menu:not(.alarm) summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/log-in/")
    eventually(lambda: drafts(page), [])


def test_a_form_sent_without_an_answer_is_sent_again_and_registers_once(
    clerk: Clerk, page: Page, house: House
) -> None:
    def lose_the_answer(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.fulfill(status=204)  # the browser stays where it is

    clerk.types("1234")
    clerk.presses("Enter")
    focus(page, "text")
    clerk.types("厨房下水堵了")
    clerk.presses("Tab", "1")
    expect(page.locator("#home-people input:checked")).to_have_count(1)
    page.route("**/requests/register/", lose_the_answer, times=1)
    with page.expect_response("**/requests/register/"):
        clerk.presses("Control+Enter")
    eventually(Request.objects.count, 1)

    page.goto(REGISTER)
    expect(page.get_by_text("已恢复上次没有登记完的内容。")).to_be_visible()
    expect(page.locator("#home-people input:checked")).to_have_count(1)
    page.locator("#text").focus()
    clerk.presses("Control+Enter")
    clerk.arrives("**/requests/*-00001/")
    eventually(Request.objects.count, 1)
    eventually(lambda: drafts(page), [])


def test_a_press_that_an_answer_comes_into_is_not_lost(clerk: Clerk, page: Page, house: House) -> None:
    """The people of the home are listed above the types, and come when they come."""
    repair = page.get_by_role("radio", name="居家维修", exact=True)

    def come_late(route: Route) -> None:
        clerk.types("厨房下水堵了")
        repair.hover()
        page.mouse.down()
        route.continue_()

    page.route("**/requests/people/", come_late, times=1)
    clerk.types("1234")
    with page.expect_response("**/requests/people/") as people:
        clerk.presses("Enter")
    people.value.finished()
    page.mouse.up()

    expect(page.locator("#home-people input:checked")).to_have_count(1)
    expect(repair).to_be_checked()
    expect(page.locator("#text")).to_have_value("厨房下水堵了")
