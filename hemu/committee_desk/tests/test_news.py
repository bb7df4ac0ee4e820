"""Members hear that something waits: once a half-day, at the office's hours, of nothing that it says, only while they sit."""

from typing import Any

import pytest

from hemu.access.tests.house import House, at
from hemu.committee.models import Member
from hemu.committee_desk.reactions import ISSUED, REACTIONS
from hemu.correspondence.tests.sitting import CHAIR, MEMBER, application, found_committee
from hemu.estate.models import Phone
from hemu.infra.moments import iso_local
from hemu.ledger.models import Entry
from hemu.messaging.channels.letter import Refused
from hemu.messaging.models import Outgoing
from hemu.messaging.operations.composing import letter_of

TELL = next(each.run for each in REACTIONS if each.kind == ISSUED)


@pytest.fixture
def house(db: None, settings: Any) -> House:
    settings.SMS_URL, settings.SMS_SECRET = "https://sms.example.cn/send", "shared"
    settings.PUBLIC_URL = "https://hemu.example.cn"
    return found_committee()


def came(house: House, when: str, kind: str = "committee.inquiry.answered", subject: str = "x:1") -> None:
    """Let the reaction hear of an act."""
    TELL(Entry(kind=kind, subject=subject, book_id=house.community.book_id, recorded_at=at(when)))


def told() -> list[tuple[str, str | None]]:
    return [
        (each.address, iso_local(each.not_before))
        for each in Outgoing.objects.order_by("not_before", "address")
    ]


def test_each_member_hears_once_a_half_day_that_something_waits(house: House) -> None:
    for when in ("2026-10-12 10:00", "2026-10-12 10:05"):
        came(house, when)
    afternoon = "2026-10-12T13:30:00+08:00"
    assert told() == [(CHAIR, afternoon), (MEMBER, afternoon)]
    came(house, "2026-10-12 22:00")
    morning = "2026-10-13T08:30:00+08:00"
    assert told() == [(CHAIR, afternoon), (MEMBER, afternoon), (CHAIR, morning), (MEMBER, morning)]
    letter = letter_of(Outgoing.objects.earliest("not_before"), at("2026-10-12 14:00"))
    assert letter.text == (
        "【和风管理处】业委会页面上有新的内容等您看。请登录查看：https://hemu.example.cn/my/committee/"
    )


def test_a_paper_is_news_only_where_it_is_one_to_the_committee(house: House) -> None:
    came(house, "2026-10-12 10:00", ISSUED, "paper:00000000000070008000000000000000")
    assert told() == []
    came(house, "2026-10-12 10:00", ISSUED, application(house).document.subject)
    assert len(told()) == 2


def test_nobody_is_told_who_has_no_mobile_number_or_sits_no_more(house: House) -> None:
    Phone.objects.filter(number=MEMBER).update(number="055162345678")
    came(house, "2026-10-12 10:00")
    row = Outgoing.objects.get()
    assert row.address == CHAIR
    Member.objects.update(left_on=at("2026-10-12 12:00").date(), left_why="resigned")
    with pytest.raises(Refused, match="erased"):
        letter_of(row, at("2026-10-12 14:00"))
    came(house, "2026-10-13 10:00")
    assert Outgoing.objects.count() == 1


def test_without_a_gateway_it_waits_on_the_page_alone(house: House, settings: Any) -> None:
    settings.SMS_URL = ""
    came(house, "2026-10-12 10:00")
    assert told() == []
