"""The reply letter: what stands in it, who may write and change it, and that a letter waits for the answer."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from hemu.access.models import ReadLog
from hemu.access.tests.house import House, at, client, found_house
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry
from hemu.papers.letters import check_template
from hemu.request_papers.forms.case import CaseOnPaper
from hemu.request_papers.forms.case import House as Names
from hemu.request_papers.forms.letter import FIELDS, NEEDED, fields, house_letter
from hemu.request_papers.models import LetterTemplate
from hemu.request_papers.operations import keep_letter_template, use_house_letter, write_reply
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk

NOW = at("2026-10-08 10:00")


def texts(letter: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(letter)).paragraphs]


def word(*paragraphs: str) -> bytes:
    document, made = Document(), BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(made)
    return made.getvalue()


def test_the_letter_of_the_house_has_fields_that_are_known() -> None:
    check_template(house_letter(), known=FIELDS, needed=NEEDED)


def test_the_fields() -> None:
    case = CaseOnPaper(number="HFHY-2026-00012", name="示例业主", told="已修好。")
    said = fields(
        Names("示例物业", "和风管理处", "和风花园"), case, promised=["10 月 9 日 上门"], day=date(2026, 10, 8)
    )
    assert tuple(said) == FIELDS
    assert (said["称呼"], said["日期"]) == ("尊敬的示例业主", "二〇二六年十月八日")
    assert said["约定"] == "我们与您约定：10 月 9 日 上门。"
    nameless = fields(Names(), CaseOnPaper(name="匿名"), promised=[], day=date(2026, 10, 8))
    assert (nameless["称呼"], nameless["约定"]) == ("尊敬的业主（住户）", "")


def test_who_spoke_for_another_stands_on_papers_and_is_greeted_where_they_asked_for_the_answer() -> None:
    case = CaseOnPaper(name="示例业主", spoken_by="女儿王小姐", answered="女儿王小姐")
    said = fields(Names(), case, promised=[], day=date(2026, 10, 8))
    assert (case.caller, said["称呼"]) == ("示例业主（女儿王小姐代）", "尊敬的女儿王小姐")
    assert CaseOnPaper(name="示例业主").caller == "示例业主"


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def answered(desk: Desk) -> Request:
    case = desk.register("complaint", "2026-09-30 16:00")
    desk.step(case, "frontdesk classify", "2026-09-30 16:05")
    desk.step(case, "security judge", "2026-09-30 16:10", major="true", promised_at="2026-10-09 17:30")
    return desk.step(case, "frontdesk reply", "2026-09-30 16:20", "灯坏了，\n<明天>换。")


def test_a_letter_says_what_was_asked_answered_and_promised(desk: Desk) -> None:
    case = answered(desk)
    head, number, greeting, asked, reply, promised, *closing = texts(
        write_reply(case, by=desk.house.by("frontdesk"), now=NOW)
    )
    assert (head, number, greeting) == ("关于您反映事项的答复", "编号：HFHY-2026-00001", "尊敬的示例业主：")
    assert asked == "您好！您于2026-09-30 16:00通过来电反映：“楼道的灯不亮。”。现答复如下："
    assert reply == "灯坏了，\n<明天>换。"
    assert promised.startswith("我们与您约定：2026-10-09 17:30 前办好。")
    assert closing == ["", "物业公司", "和风管理处", "二〇二六年十月八日"]
    assert [row.what for row in ReadLog.objects.filter(subject=case.subject)] == ["letter"]
    assert "约定" not in texts(write_reply(case, by=None, now=at("2026-10-12 10:00")))[5]


def test_there_is_no_letter_before_the_answer(desk: Desk) -> None:
    with pytest.raises(RuleViolation) as refused:
        write_reply(desk.register(), by=desk.house.by("frontdesk"), now=NOW)
    assert (refused.value.code, ReadLog.objects.count()) == ("letter.not_answered", 0)


def test_an_office_keeps_a_letter_of_its_own_and_goes_back(desk: Desk) -> None:
    case, by = answered(desk), desk.house.by("office_director")
    content = word("{{管理处}} {{编号}}", "{{答复}}")
    keep_letter_template(office=desk.house.office, content=content, by=by, act=by.act(now=NOW))
    assert texts(write_reply(case, by=by, now=NOW)) == ["和风管理处 HFHY-2026-00001", "灯坏了，\n<明天>换。"]
    use_house_letter(office=desk.house.office, by=by, act=by.act(now=NOW))
    use_house_letter(office=desk.house.office, by=by, act=by.act(now=NOW))
    assert texts(write_reply(case, by=by, now=NOW))[0] == "关于您反映事项的答复"
    kinds = Entry.objects.filter(book=desk.house.office.book_id).values_list("kind", flat=True)
    assert list(kinds.order_by("seq")) == ["letter.template_kept", "letter.template_dropped"]


@pytest.mark.parametrize("login", ["frontdesk", "technician", "elsewhere", "quality"])
def test_who_may_not_change_the_letter(house: House, login: str) -> None:
    by = house.by(login)
    with pytest.raises(RuleViolation) as refused:
        keep_letter_template(
            office=house.office, content=word("{{编号}}{{答复}}"), by=by, act=by.act(now=NOW)
        )
    assert (refused.value.code, LetterTemplate.objects.count(), Entry.objects.count()) == (
        "access.denied",
        0,
        0,
    )


def test_the_pages(desk: Desk) -> None:
    case, open_case = answered(desk), desk.register()
    address = reverse("reply_letter", args=[case.number])
    letter = client("technician").get(address)
    assert (letter.status_code, letter.content[:2]) == (200, b"PK")
    assert client("elsewhere").get(address).status_code == 404
    refused = client("frontdesk").get(reverse("reply_letter", args=[open_case.number]))
    assert refused.status_code == 422
    assert f'href="{reverse("request", args=[open_case.number])}"' in refused.content.decode()
    mine, template = client("cs_supervisor"), reverse("letter_template")
    assert mine.get(template).content[:2] == b"PK"
    bad = SimpleUploadedFile("x.docx", word("{{编号}}"))
    assert "答复" in mine.post(template, {"file": bad}).content.decode()
    assert LetterTemplate.objects.count() == 0
    assert (
        mine.post(template, {"file": SimpleUploadedFile("x.docx", word("{{编号}}{{答复}}"))}).status_code
        == 302
    )
    assert "改回原来的" in mine.get(reverse("papers")).content.decode()
    assert mine.post(template, {"house": "1"}).status_code == 302
    assert LetterTemplate.objects.count() == 0
    assert mine.get(template, {"office": str(desk.house.other_office.id)}).status_code == 404
    assert client("frontdesk").get(template).status_code == 403
