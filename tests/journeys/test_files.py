"""Pictures on their way: pasted from a chat group into a case, and sent from the owner's phone by the code at the desk."""

import io

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from hemu.access.tests.house import House, found_house
from hemu.attachments.models import KeptFile
from hemu.attachments.queries import bytes_of
from hemu.service_requests.models import Request
from tests.journeys import desk
from tests.journeys.conftest import Visit
from tests.journeys.patience import eventually

PASTED = "1-2-301 示例:\n楼道的灯不亮\n\n管家小李:\n马上看\n"


@pytest.fixture
def house(live_server: object) -> House:
    return found_house()


def picture(width: int, height: int) -> FilePayload:
    out = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(out, "JPEG", quality=95)
    return {"name": "leak.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_from_the_group_into_a_case_and_more_from_the_owner_s_phone(
    page: Page, visit: Visit, house: House, live_server: object
) -> None:
    desk.enter(page, "frontdesk")
    page.goto("/requests/pasted/")
    page.get_by_label("小区").select_option(label="和风花园")
    page.get_by_label("群里的话").fill(PASTED)
    page.locator("#files").set_input_files(picture(3000, 2000))
    expect(page.locator("[data-file]")).to_have_count(1)
    page.get_by_role("button", name="拆成草稿").click()
    expect(page.get_by_text("我们自己说的")).to_be_visible()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="登记这一条").first.click()
    form = opened.value
    expect(form.locator("[data-file]")).to_have_count(1)
    expect(form.get_by_role("radio", name="群聊")).to_be_checked()
    form.get_by_role("radio", name="公共维修", exact=True).check()
    form.locator(".actions").get_by_role("button", name="登记").click()
    form.wait_for_url("**/requests/*-00001/")
    expect(form.locator(".timeline .files-picture img")).to_have_count(1)
    eventually(KeptFile.objects.count, 1)
    case, kept = Request.objects.get(), KeptFile.objects.get()
    assert (case.home, case.person, case.channel, kept.subject) == (
        house.home, house.owner, "chat", case.subject,
    )  # fmt: skip
    # Made small before it was sent: what is sealed is what was sent.
    assert Image.open(io.BytesIO(bytes_of(kept.original_name) or b"")).size == (2048, 1365)

    form.get_by_role("button", name="显示二维码").click()
    expect(form.locator(".qr")).to_be_visible()
    phone = visit(**desk.PHONE)
    phone.goto(form.locator("#photos .break").inner_text())
    phone.locator("#photos").set_input_files([picture(900, 600), picture(600, 900)])
    expect(phone.locator("[data-file]")).to_have_count(2)
    phone.locator("[data-files-drop]").first.click()
    expect(phone.locator("[data-file]")).to_have_count(1)
    phone.get_by_role("button", name="发送").click()
    expect(phone.get_by_text("收到，谢谢您。")).to_be_visible()
    expect(form.locator("#photos .files-picture img")).to_have_count(1)
    form.reload()
    expect(form.locator(".timeline .files-picture img")).to_have_count(2)


def test_what_is_no_picture_is_refused_beside_its_button(page: Page, house: House) -> None:
    desk.enter(page, "frontdesk")
    page.goto("/requests/register/")
    page.locator("#files").set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"<script>alert(1)</script>"}
    )
    expect(page.get_by_text("这个文件不能收")).to_be_visible()
    expect(page.locator("[data-files-list] li")).to_have_count(0)
