"""The member's page and the sheet of what is owed: who sees it, what stands on it, what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemu.access.tests.house import House, at, client, found_house, standing_at
from hemu.committee.tests.test_roster import seated
from hemu.committee_desk.queries import late_to, sheet_of
from hemu.committee_desk.rules import Standing, span_of
from hemu.correspondence.models import Inquiry
from hemu.duties.models import Duty
from hemu.infra.identity import new_id
from hemu.portal.models import OwnerSession
from hemu.portal.rules import token_digest

NOW = at("2026-09-28 10:00")
PHONE = "19900001234"


@pytest.fixture
def house(db: None) -> House:
    return found_house()


standing = standing_at(NOW)


def owed(house: House, clause: str, due: str, done: str = "", subject: str = "clause:x") -> Duty:
    return Duty.objects.create(
        id=new_id(NOW),
        key=f"{clause}:{due}:{done}:{subject}",
        clause=clause,
        book_id=house.community.book_id,
        office=house.office,
        subject=subject,
        role="office_director",
        start_at=at(due) - timedelta(days=3),
        due_at=at(due),
        state="fulfilled" if done else "open",
        fulfilled_at=at(done) if done else None,
        ended_by=new_id(NOW) if done else None,
    )


def member(phone: str = PHONE) -> Client:
    OwnerSession.objects.create(
        id=new_id(NOW), digest=token_digest(phone), phone=phone, made_at=NOW, ends_at=NOW + timedelta(days=1)
    )
    browser = Client()
    browser.cookies["owner"] = phone
    return browser


def test_a_sheet_lists_what_fell_due_to_the_committee_and_nothing_else(house: House) -> None:
    owed(house, "OC-04", "2026-09-05 23:59", "2026-09-04 10:00")
    owed(house, "OC-10", "2026-09-10 23:59", "2026-09-11 10:00")
    owed(house, "OC-12", "2026-09-20 23:59")
    owed(house, "OC-01", "2026-09-30 23:59")
    owed(house, "RQ-11", "2026-09-20 23:59")
    owed(house, "OC-04", "2026-10-05 23:59")
    sheet = sheet_of(house.community, span_of("2026-09", today=NOW.date()), now=NOW)
    assert [(each.clause, each.standing) for each in sheet.rows] == [
        ("OC-04", Standing.IN_TIME),
        ("OC-10", Standing.LATE),
        ("OC-12", Standing.MISSING),
        ("OC-01", Standing.AHEAD),
    ]
    assert [each.clause for each in late_to(house.community, now=NOW)] == ["OC-12"]


def asked(house: House, number: int) -> str:
    return Inquiry.objects.create(
        id=new_id(NOW), community=house.community, number=f"质询-{number}", sort="question", way="page",
        text="电梯的维修记录在哪里？" * 9, received_at=NOW, state="received", changed_at=NOW,
    ).subject  # fmt: skip


def test_each_line_says_what_it_is_about_in_as_many_statements_for_one_as_for_three(house: House) -> None:
    counts = []
    for number in (1, 2, 3):
        owed(house, "OC-12", "2026-09-20 23:59", subject=asked(house, number))
        owed(house, "OC-04", "2026-09-05 23:59", subject=f"statement:x:2026-0{number}")
        with CaptureQueriesContext(connection) as statements:
            sheet = sheet_of(house.community, span_of("2026-09", today=NOW.date()), now=NOW)
        counts.append(len(statements))
    assert len(set(counts)) == 1
    assert sorted(str(each.about) for each in sheet.rows) == [
        "2026-01", "2026-02", "2026-03",
        *(f"质询-{number} 电梯的维修记录在哪里？电梯的维修记录在哪里？电梯的维修记录在" for number in (1, 2, 3)),
    ]  # fmt: skip


@pytest.mark.usefixtures("standing")
def test_only_who_sits_today_sees_the_pages(house: House) -> None:
    addresses = [
        "/my/committee/",
        f"/my/committee/{house.community.id}/owed/",
        f"/my/committee/{house.community.id}/owed/paper/",
    ]
    browser = member()
    assert [browser.get(each).status_code for each in addresses] == [404, 404, 404]
    assert "业委会" not in browser.get("/my/").content.decode()
    seated(house)
    assert [browser.get(each).status_code for each in addresses] == [200, 200, 200]
    assert browser.get(f"/my/committee/{house.second.id}/owed/").status_code == 404
    assert "业委会" in browser.get("/my/").content.decode()


@pytest.mark.usefixtures("standing")
def test_the_members_page_names_what_is_late_and_costs_the_same_with_more(house: House) -> None:
    seated(house)
    browser = member()
    counts = []
    for number in (1, 2, 3):
        owed(house, "OC-12", f"2026-09-{10 + number} 23:59")
        with CaptureQueriesContext(connection) as asked:
            page = browser.get("/my/committee/").content.decode()
        counts.append(len(asked))
    assert "OC-12" in page
    assert len(set(counts)) == 1


@pytest.mark.usefixtures("standing")
def test_the_office_sees_and_prints_the_same_sheet(house: House) -> None:
    owed(house, "OC-12", "2026-09-20 23:59")
    desk = client("public_affairs")
    asked = {"community": str(house.community.id), "span": "2026-Q3"}
    page = desk.get("/committee/owed/", asked).content.decode()
    assert "OC-12" in page
    assert "逾期未办" in page
    paper = desk.get("/committee/owed/paper/", asked)
    assert paper.content[:5] == b"%PDF-"
    assert client("technician").get("/committee/owed/", asked).status_code == 403
