"""The pages of both sides: what the office writes the member opens and answers, what the member asks the office answers."""

from argparse import Namespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemu.access.tests.house import House, at, client, standing_at
from hemu.correspondence.management.cli import COMMANDS
from hemu.correspondence.models import Inquiry, Letter, Receipt
from hemu.correspondence.operations_papers import open_letter
from hemu.correspondence.tests.sitting import (
    MEMBER,
    NOW,
    application,
    asked,
    file,
    found_committee,
    issued,
    member_id,
    notification,
    phone,
    seat,
)
from hemu.correspondence.web.panels import received, to_answer
from hemu.ledger.models import Entry

standing = standing_at(at(NOW), autouse=True)


@pytest.fixture
def house(db: None) -> House:
    return found_committee()


def see(browser: Client, name: str, *args: Any, **query: str) -> str:
    answer = browser.get(reverse(name, args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def send(browser: Client, name: str, *args: Any, **data: str) -> int:
    return browser.post(reverse(name, args=args), data).status_code


def test_a_paper_goes_from_the_form_to_the_members_phone_and_is_answered(house: House) -> None:
    office, here = client("office_director"), str(house.community.id)
    form = {
        "community": str(house.community.id),
        "sort": "application",
        "matter": "repair_fund",
        "key": "one",
    }
    said = {
        "title": "屋面修缮申报",
        "grounds": "渗水。",
        "planned_on": "2026-11-10",
        "enclosures": "预算表\n报价单",
    }
    assert "请选择" in see(office, "committee_paper_new", sort="application")
    assert send(office, "committee_paper_new", **form, **said) == 302
    assert send(office, "committee_paper_new", **form, **said) == 302  # pressed twice
    letter = Letter.objects.get()
    page = see(office, "committee_paper", letter.document_id)
    assert "请业主委员会研究" in page
    assert "1. 预算表；2. 报价单" in page
    chair, other = phone(), phone(MEMBER)
    address = ("my_committee_paper", letter.document_id)
    assert chair.get(reverse(*address[:1], args=address[1:])).status_code == 404  # not sealed yet
    issued(house, letter)
    assert "屋面修缮申报" in see(chair, "my_committee_papers")
    page = see(chair, *address)
    assert "打开并签收" in page
    assert "渗水" not in page
    assert send(chair, *address, step="open", key="two") == 302
    assert "渗水" in see(chair, *address)
    assert "由业委会主任或副主任答复" not in see(chair, *address)
    letter.refresh_from_db()
    known = {"step": "answer", "answer": "agreed", "words": ""}
    assert send(other, *address, **known, version=str(letter.version), key="three") == 422
    assert send(chair, *address, **known, version="9", key="four") == 422
    assert send(chair, *address, **known, version=str(letter.version), key="five") == 302
    assert "业委会已答复" in see(office, "committee_paper", letter.document_id)
    assert "没有未办完的" in see(office, "committee_papers", community=here)
    assert "屋面修缮申报" in see(office, "committee_papers", community=here, state="all")


def test_the_office_enters_a_receipt_with_a_signature_on_the_glass(house: House) -> None:
    letter = issued(house, notification(house, "2026-10-09 22:00"))
    office = client("public_affairs")
    known = {
        "step": "deliver",
        "way": "hand",
        "member": str(member_id()),
        "at": "2026-10-12T09:30",
    }
    assert send(office, "committee_paper_step", letter.document_id, **known, key="j") == 422
    assert not Receipt.objects.exists()
    signature = file(house, "signature", "public_affairs")[0]
    assert send(office, "committee_paper_step", letter.document_id, **known, files=signature, key="k") == 302
    assert "当面签收" in see(office, "committee_paper", letter.document_id)
    assert send(office, "committee_paper_step", letter.document_id, step="burn", key="k") == 404
    slip = office.get(reverse("committee_paper_slip", args=[letter.document_id]))
    assert slip.content[:4] == b"%PDF"


def test_a_member_asks_about_an_entry_and_says_that_the_answer_was_none(house: House) -> None:
    chair, office, here = phone(), client("office_director"), str(house.community.id)
    assert "statement:2026-09" in see(chair, "my_committee_ask", about="statement:2026-09")
    form = {"sort": "question", "text": "清洁费为什么多了？", "about": "statement:2026-09", "key": "one"}
    assert send(chair, "my_committee_ask", **form) == 302
    assert send(chair, "my_committee_ask", **form) == 302
    inquiry = Inquiry.objects.get()
    assert inquiry.about == "statement:2026-09"
    assert "清洁费为什么多了？" in see(office, "committee_inquiries", community=here)
    page = see(office, "committee_inquiry", inquiry.id, **{"as": "explain"})
    assert "感谢您的关心和监督" in page
    judged = {"step": "judge", "judgement": "solve", "reason": "", "version": "1"}
    impolite = judged | {"key": "two", "answer": "您这是无理取闹。"}
    answer = office.post(reverse("committee_inquiry_step", args=[inquiry.id]), impolite)
    assert answer.status_code == 422
    assert "请换个说法：无理取闹" in answer.content.decode()
    assert (
        send(office, "committee_inquiry_step", inquiry.id, **judged, key="three", answer="节前加班一次。")
        == 302
    )
    page = see(chair, "my_committee_inquiry", inquiry.id)
    assert "节前加班一次。" in page
    assert "答复到了吗？" in page
    said = {"step": "reopen", "words": "加班的单价呢？", "version": "3", "key": "four"}
    assert send(chair, "my_committee_inquiry", inquiry.id, **said) == 302
    assert "1 次没答复到" in see(office, "committee_inquiries", community=here)
    assert "加班的单价呢？" in see(chair, "my_committee_inquiry", inquiry.id)
    sheet = chair.get(reverse("my_committee_inquiry_sheet", args=[inquiry.id]))
    assert sheet.content[:4] == b"%PDF"


def test_who_does_not_sit_on_the_committee_finds_nothing(house: House) -> None:
    letter, inquiry = issued(house, application(house)), asked()
    stranger = phone("19900009999")
    for name, args in (
        ("my_committee_papers", []),
        ("my_committee_ask", []),
        ("my_committee_paper", [letter.document_id]),
        ("my_committee_paper_pdf", [letter.document_id]),
        ("my_committee_inquiry", [inquiry.id]),
    ):
        assert stranger.get(reverse(name, args=args)).status_code == 404
    elsewhere = client("elsewhere")
    assert elsewhere.get(reverse("committee_paper", args=[letter.document_id])).status_code == 404
    assert elsewhere.get(reverse("committee_inquiry", args=[inquiry.id])).status_code == 404


def test_enclosures_are_shown_to_who_took_the_paper(house: House) -> None:
    letter = issued(house, application(house, files=file(house)))
    chair, kept = phone(), Entry.objects.get(subject=letter.subject).facts["files"][0]["id"]
    address = reverse("my_committee_file", args=[kept])
    assert chair.get(address).status_code == 404
    send(chair, "my_committee_paper", letter.document_id, step="open")
    assert chair.get(address).status_code == 200
    assert client("office_director").get(reverse("file", args=[kept])).status_code == 200


def test_a_members_first_page_is_told_what_waits(house: House) -> None:
    letter = issued(house, application(house))
    sent = to_answer(seat(), now=at(NOW))
    assert [(each.kind, each.title, each.state) for each in sent] == [
        ("申报", letter.document.title, "待签收")
    ]
    assert received(seat(), now=at(NOW)) == []
    here = seat()
    with CaptureQueriesContext(connection) as asked_for:
        to_answer(here, now=at(NOW))
        received(here, now=at(NOW))
    assert len(asked_for) == 3
    open_letter(document=letter.document_id, seat=here, now=at(NOW))
    assert [each.state for each in to_answer(here, now=at(NOW))] == ["待答复"]


@pytest.mark.parametrize(
    "name", ["committee_papers", "committee_inquiries", "my_committee_papers", "my_committee_inquiries"]
)
def test_a_list_asks_the_same_of_one_and_of_three(house: House, name: str) -> None:
    browser = phone() if name.startswith("my_") else client("office_director")
    counts = []
    for number in (1, 2):
        for _each in range(number):
            issued(house, notification(house, "2026-10-09 22:00"))
            asked()
        see(browser, name, community=str(house.community.id))
        with CaptureQueriesContext(connection) as asked_for:
            page = see(browser, name, community=str(house.community.id))
        assert ("水泵房" if "papers" in name else "电梯维保") in page
        counts.append(len(asked_for))
    assert counts[0] == counts[1]


def test_the_commands_write_and_list(house: House) -> None:
    run = {each.name: each.run for each in COMMANDS}
    common = {"community": house.community.name, "now": at(NOW), "by": "office_director", "at": None}
    written = run["write"](
        Namespace(
            **common, sort="notification", matter="law", title="新规通报", text="条例施行。", planned=None,
            arose=at("2026-10-09 09:00"), emergency=False,
        )
    )  # fmt: skip
    issued(house, Letter.objects.get())
    run["deliver"](Namespace(**common, paper=Letter.objects.get().document_id, number="XA1"))
    (paper,) = run["papers"](Namespace(**common, state="all"))["items"]
    assert (paper["id"], paper["state"], paper["late"]) == (written["id"], "delivered", False)
    entered = run["ask"](Namespace(**common, sort="demand", way="phone", text="请公布账目。", about=""))
    step = {"unreasonable": False, "unsolvable": True, "text": "需要公司研究。", "number": entered["number"]}
    assert run["reply"](Namespace(**common, **step, step="judge"))["state"] == "unsolved"
    assert run["reply"](Namespace(**common, **step, step="escalate"))["state"] == "escalated"
    boss = common | {"by": "general_manager"}
    assert run["reply"](Namespace(**boss, **step, step="answer"))["state"] == "answered"
    assert run["inquiries"](Namespace(**common, state="open")) == {"items": []}
    (inquiry,) = run["inquiries"](Namespace(**common, state="all"))["items"]
    assert (inquiry["due"], inquiry["met"]) == ("2026-10-15T23:59:59+08:00", "2026-10-12T10:00:00+08:00")
