"""The technician's phone in a dark stairwell: a job from the list to the owner's signature, with and without network."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hemu.attachments.models import KeptFile
from hemu.estate.models import Community
from hemu.ledger.models import Entry
from hemu.service_requests.models import Request
from tests.journeys.community import Teller, Time
from tests.journeys.conftest import Visit
from tests.journeys.desk import PHONE, enter, follow
from tests.journeys.patience import eventually

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg=="
)

PAGE_IS_KEPT = r"""async () => {
  const kept = (await (await caches.open("phone")).keys()).map((request) => request.url);
  const drawn = performance.getEntriesByType("resource").map((each) => each.name);
  return [location.href, ...drawn].filter((url) => /\/(field|static|jsi18n)\//.test(url)).every((url) => kept.includes(url));
}"""


@pytest.fixture
def case(community: Community, time: Time) -> Request:
    """A repair in a home, sent to the technician; the owner wants it this afternoon."""
    tell = Teller(community)
    case = tell.register("repair_home", "厨房角阀漏水。", room="1-1-301")
    tell.step(case, "frontdesk", "classify", trade="repair", nature="routine", urgency="normal")
    tell.step(case, "cs_supervisor", "dispatch", to="technician")
    return case


@pytest.fixture
def picture(tmp_path: Path) -> str:
    path = tmp_path / "before.png"
    path.write_bytes(PICTURE)
    return str(path)


def moves(case: Request) -> list[tuple[str, str]]:
    rows = Entry.objects.filter(subject=case.subject).order_by("seq")
    return [(kind.partition(".")[2], proof) for kind, proof in rows.values_list("kind", "proof")][3:]


def all_is_sent(page: Page) -> None:
    """Wait until this phone has counted what it keeps and nothing is left to send."""
    expect(page.locator("[data-outbox]")).to_have_attribute("data-state", "empty")
    expect(page.locator("[data-outbox]")).to_be_hidden()


def open_form(page: Page, label: str) -> None:
    page.locator(".job-next:not([hidden])").get_by_role("button", name=label).click()
    expect(page.locator("dialog[open]")).to_be_visible()


def send(page: Page) -> None:
    page.locator("dialog[open] [type=submit]").click()


def sign(page: Page) -> None:
    box = page.locator("dialog[open] canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(box["x"] + 40 + 30 * step, box["y"] + 60 + (30 if step % 2 else -20))
    page.mouse.up()


def test_a_job_without_network_is_kept_sent_in_order_and_signed(
    visit: Visit, community: Community, time: Time, case: Request, picture: str
) -> None:
    # given: the job is taken and agreed on, with network
    page = enter(visit(**PHONE), "technician")
    page.goto("/field/")
    follow(page, page.get_by_text("厨房角阀漏水。"))
    page.locator(".job-next:not([hidden])").get_by_role("button", name="接单").click()
    open_form(page, "约时间")
    page.locator("dialog[open] .chip", has_text="10:00–12:00").first.click()
    send(page)
    expect(page.locator(".job-next:not([hidden])")).to_contain_text("出发")
    expect(page.get_by_role("link", name="打电话")).to_have_attribute("href", "tel:19900001000")

    # when: the network is gone, and the work goes on from the open page
    page.context.set_offline(True)
    page.locator(".job-next:not([hidden])").get_by_role("button", name="出发").click()
    expect(page.locator("[data-outbox-said]")).to_have_text("未送出 1 件")
    open_form(page, "到了")
    page.locator("dialog[open] input[type=file]").set_input_files(picture)
    send(page)
    expect(page.locator("[data-outbox-said]")).to_have_text("未送出 2 件")
    open_form(page, "办完")
    page.get_by_label("怎么修好的").fill("换了角阀。")
    page.locator("dialog[open]").get_by_label("材料 1").fill("角阀")
    page.locator("dialog[open]").get_by_label("单价（元） 1").fill("35.5")
    page.locator("dialog[open] .chip", has_text="问了，没有了").click()
    send(page)
    expect(page.locator("[data-outbox-said]")).to_have_text("未送出 3 件")
    open_form(page, "请业主签字")
    send(page)
    expect(page.locator("dialog[open] [data-queue-error]")).to_have_text("请业主在屏幕上签字。")
    sign(page)
    send(page)
    expect(page.locator("[data-outbox-said]")).to_have_text("未送出 4 件")
    eventually(lambda: moves(case), [("accepted", "word"), ("appointed", "word")])

    # and: it is back
    page.context.set_offline(False)
    page.locator("[data-outbox-send]").dispatch_event(
        "click"
    )  # it may be on its way already, and the button gone

    # then: all is in the book once and in order, resting on picture and signature
    all_is_sent(page)
    expect(page.locator(".page-head")).to_contain_text("办完了")
    later = [
        ("set_out", "word"),
        ("arrived", "device"),
        ("resolved", "word"),
        ("materials_used", "word"),
        ("wishes_asked", "word"),
        ("owner_informed", "own"),
        ("replied", "own"),
        ("owner_confirmed", "own"),
    ]
    eventually(lambda: moves(case)[2:], later)
    kept = KeptFile.objects.exclude(subject="").order_by("use").values_list("use", flat=True)
    eventually(lambda: list(kept.all()), ["before", "signature"])


def test_what_is_refused_when_the_network_is_back_is_shown_and_kept(
    visit: Visit, community: Community, time: Time, case: Request
) -> None:
    tell = Teller(community)
    tell.step(case, "technician", "accept")
    page = enter(visit(**PHONE), "technician")
    page.goto(f"/field/{case.number}/")
    page.context.set_offline(True)
    page.get_by_text("更多").click()
    page.get_by_role("button", name="做不了").click()
    page.locator("dialog[open] .chip", has_text="没有配件").click()
    page.get_by_label("说清楚，前台要照着告诉业主").fill("这种角阀要订货，三天到。")
    send(page)
    expect(page.locator("[data-outbox-said]")).to_have_text("未送出 1 件")

    # when: meanwhile the owner takes the word back, and the phone finds its network on another page
    tell.step(case, "frontdesk", "withdraw", "业主自己修好了。")
    page.context.set_offline(False)
    page.goto("/field/")

    # then: it is said why, in words, and nothing that was written is lost
    panel = page.locator("[data-outbox]")
    expect(panel).to_contain_text("没有送成 1 件，看看为什么")
    expect(panel).to_contain_text("这种角阀要订货，三天到。")
    expect(panel.locator(".error")).to_contain_text("现在的状态（已结案）不能办")

    # and: it goes only when it is dropped, twice said
    panel.get_by_role("button", name="不要了").click()
    page.evaluate(
        "dispatchEvent(new Event('online'))"
    )  # it looks again what is to be sent: what was said stays
    panel.get_by_role("button", name="真的不要了？").click()
    all_is_sent(page)


def test_a_page_that_was_open_opens_again_without_network_with_what_it_kept(
    visit: Visit, community: Community, time: Time, case: Request
) -> None:
    page = enter(visit(**PHONE, service_workers="allow"), "technician")
    page.goto("/field/")
    page.evaluate("navigator.serviceWorker.ready")
    page.goto(f"/field/{case.number}/")
    expect(page.locator(".words").first).to_have_text("厨房角阀漏水。")
    page.wait_for_function(PAGE_IS_KEPT)
    page.context.set_offline(True)
    page.locator(".job-next:not([hidden])").get_by_role("button", name="接单").click()
    expect(page.locator("[data-outbox-said]")).to_have_text("未送出 1 件")
    page.reload()
    expect(page.locator("[data-outbox-said]")).to_have_text("未送出 1 件")
    expect(page.locator(".job-next:not([hidden])")).to_contain_text("约时间")

    page.context.set_offline(False)
    page.reload()
    all_is_sent(page)
    expect(page.locator(".page-head")).to_contain_text("待约时间")
    eventually(lambda: moves(case), [("accepted", "word")])


def test_a_phone_is_known_by_its_pin(visit: Visit, community: Community, time: Time) -> None:
    page = enter(visit(**PHONE), "technician")
    page.goto("/devices/")
    page.get_by_label("PIN（4 到 6 位数字）").fill("2580")
    page.get_by_label("再输一次").fill("2580")
    page.get_by_role("button", name="记住这台设备 30 天").click()
    expect(page.get_by_text("就是这台")).to_be_visible()
    session = next(each for each in page.context.cookies() if each["name"] == "sessionid")
    page.context.clear_cookies(name=session["name"])

    page.goto("/field/")
    expect(page.get_by_text("示例维修甲")).to_be_visible()
    page.get_by_label("PIN").fill("2580")
    page.get_by_role("button", name="进入").click()
    expect(page.locator("h1")).to_have_text("我的活")
