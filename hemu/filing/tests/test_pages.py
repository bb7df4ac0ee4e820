"""The pages of the file: one happy path each, one denial per role."""

import pytest
from django.urls import reverse

from hemu.access.models import ReadLog
from hemu.access.tests.house import House, client, found_house
from hemu.attachments.operations import keep_file
from hemu.attachments.tests.samples import jpeg
from hemu.filing.models import Disposal, Item
from hemu.filing.operations import propose_disposal
from hemu.filing.queries import scope_of
from hemu.filing.tests.test_filing import LATER, NOW, by_hand
from hemu.infra import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return found_house()


def test_a_letter_is_filed_found_and_held(house: House) -> None:
    desk = client("frontdesk")
    with clock.standing_at(NOW):
        scan = keep_file(data=jpeg(), use="paper", by=house.by("frontdesk").key, now=NOW)
        said = {
            "community": str(house.community.id), "file_class": "correspondence", "title": "街道来函",
            "dated": "2026-10-09", "room": "1-2-301", "files": str(scan.id), "key": "one",
        }  # fmt: skip
        answers = [desk.post(reverse("archive_new"), said) for _ in range(2)]
        item = Item.objects.get()
        assert {each["Location"] for each in answers} == {reverse("archive_item", args=[item.id])}
        asked = {"scope": str(house.community.id), "q": "来函", "room": "1栋2单元301", "from": "2026-10-09"}
        found = desk.get(reverse("archive"), asked)
        assert "街道来函" in found.content.decode()
        assert "没有找到" in desk.get(reverse("archive"), {"q": "消防"}).content.decode()
        assert desk.get(reverse("archive"), {"room": "9-9-999"}).status_code == 422
        desk.post(reverse("archive_item_step", args=[item.id]), {"step": "hold", "reason": "打官司。"})
        page = desk.get(reverse("archive_item", args=[item.id])).content.decode()
    assert ("打官司。" in page, "解除留存" in page, item.home) == (True, False, house.home)


def test_what_is_not_fit_is_said_on_the_form(house: House) -> None:
    page = client("steward").post(
        reverse("archive_new"), {"title": "函", "file_class": "office", "key": "one"}
    )
    assert (page.status_code, "把纸件拍照" in page.content.decode()) == (422, True)
    assert not Item.objects.exists()


def test_a_home_s_file_is_opened_and_printed_and_that_is_noted(house: House) -> None:
    by_hand(house, title="业主身份证", home=house.home, piece="identity")
    desk = client("steward")
    page = desk.get(reverse("archive_home", args=[house.home.id])).content.decode()
    assert ("业主身份证" in page, page.count("补上")) == (True, 5)
    paper = desk.get(reverse("archive_home_contents", args=[house.home.id]))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert list(ReadLog.objects.order_by("id").values_list("what", flat=True)) == ["file", "print"]
    assert client("steward").get(reverse("archive_home", args=[house.other_home.id])).status_code == 404


def test_one_proposes_and_another_decides(house: House) -> None:
    item = by_hand(house, file_class="forms")
    with clock.standing_at(LATER):
        one, other = client("cs_supervisor"), client("office_director")
        scope = {"scope": str(house.community.id)}
        assert item.title in one.get(reverse("archive_disposals"), scope).content.decode()
        one.post(
            reverse("archive_disposals"), {**scope, "items": str(item.id), "reason": "到期。", "key": "one"}
        )
        address = reverse("archive_disposal", args=[Disposal.objects.get().id])
        assert "请另一个人来定" in one.get(address).content.decode()
        assert one.post(address, {"answer": "agree"}).status_code == 422
        assert other.post(address, {"answer": "agree"})["Location"] == address
        assert "销毁清册" in other.get(address).content.decode()


@pytest.mark.parametrize("login", ["technician", "security", "finance", "hr", "call_center"])
def test_who_has_no_file_sees_none(house: House, login: str) -> None:
    assert client(login).get(reverse("archive")).status_code == 403


@pytest.mark.parametrize("login", ["frontdesk", "steward", "department_head", "operations"])
def test_who_disposes_of_nothing(house: House, login: str) -> None:
    item, by = by_hand(house, file_class="forms"), house.by("cs_supervisor")
    made = propose_disposal(
        scope=scope_of(house.community), items=[item.id], by=by, act=by.act(now=LATER), reason="到期。"
    )
    desk = client(login)
    assert desk.get(reverse("archive_disposals")).status_code == 403
    page = desk.post(reverse("archive_disposal", args=[made.id]), {"answer": "agree"})
    made.refresh_from_db()
    assert (page.status_code, made.state) == (403, "waiting")
