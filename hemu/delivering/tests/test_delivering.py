"""A notice on its way: told once to each person, several in one message, counted home by home, the rest by letter box."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemu.access.tests.house import House, at, client, found_house
from hemu.delivering.models import Delivery, Dropped, Told
from hemu.delivering.operations import agree_to_messages, drop_in_boxes, lay_ready
from hemu.delivering.operations_words import compose
from hemu.delivering.queries import figures_of, homes_left, letter_boxes
from hemu.delivering.tests.out import NOW, TODAY, gone_out, neighbour
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.moments import iso_utc
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.messaging.models import Outgoing
from hemu.messaging.queries import message_token
from hemu.messaging.rules import State
from hemu.notices.models import Notice, NoticeRead

pytestmark = pytest.mark.django_db
LATER = "2026-10-12 09:30"


@pytest.fixture
def house() -> House:
    return found_house()


def laid(when: str = NOW) -> int:
    return lay_ready(now=at(when))


def said(row: Outgoing) -> str:
    text = compose(row, at(NOW))
    return text[1] if text else ""


def test_each_is_told_once_at_the_time_of_the_bundle(house: House) -> None:
    neighbour(house, "401", "19900002222", kind="tenant")
    notice = gone_out(house)
    entry = Entry.objects.get(kind="notice.published")
    assert entry.facts == {
        "kind": "general", "paper": str(notice.document_id), "homes": 3, "phones": 2,
        "send_at": iso_utc(at("2026-10-12 10:00")),
    }  # fmt: skip
    assert (laid("2026-10-12 07:59"), laid(), laid()) == (0, 1, 0)
    rows = list(Outgoing.objects.order_by("address"))
    assert [(each.address, each.not_before) for each in rows] == [
        ("19900001234", at("2026-10-12 10:00")), ("19900002222", at("2026-10-12 10:00")),
    ]  # fmt: skip
    assert said(rows[0]) == "【和风管理处】通知：停水通知。"
    assert {(each.home.written, each.message_id) for each in Told.objects.select_related("home")} == {
        ("1-2-301", rows[0].id), ("1-2-401", rows[1].id),
    }  # fmt: skip


def test_several_of_one_moment_are_one_message_and_what_came_late_its_own(house: House) -> None:
    first = gone_out(house)
    laid()
    gone_out(house, when=LATER, title="消防提醒")
    laid(LATER)
    row = Outgoing.objects.get()
    assert said(row) == "【和风管理处】有 2 份通知：①停水通知；②消防提醒。"
    first.document.state = "void"
    first.document.save()
    assert said(row) == "【和风管理处】通知：消防提醒。"
    late = gone_out(house, when=LATER, title="晚到的")
    Outgoing.objects.update(state=State.SENT, sent_at=at("2026-10-12 10:00"), tries=1)
    laid("2026-10-12 10:05")  # the worker comes too late for the bundle
    assert [said(each) for each in Outgoing.objects.filter(state=State.WAITING)] == [
        "【和风管理处】通知：晚到的。"
    ]
    assert Told.objects.filter(notice=late).count() == 1


def test_of_events_only_who_agreed_is_told(house: House) -> None:
    act = Act(f"owner:{house.owner.id}", at(NOW), at(NOW), Proof.OWN)
    gone_out(house, kind="event", title="中秋游园")
    laid()
    assert not Outgoing.objects.exists()
    for _again in range(2):
        agree_to_messages(people=[house.owner], community=house.community, agree=True, act=act)
    gone_out(house, kind="event", title="重阳敬老")
    laid()
    assert [said(each) for each in Outgoing.objects.all()] == ["【和风管理处】通知：重阳敬老。"]
    agree_to_messages(people=[house.owner], community=house.community, agree=False, act=act)
    kinds = Entry.objects.filter(kind__startswith="messages.").order_by("seq")
    assert [(each.kind, each.proof) for each in kinds] == [
        ("messages.agreed", "own"),
        ("messages.declined", "own"),
    ]


def test_what_is_void_or_over_is_told_to_nobody(house: House) -> None:
    notice = gone_out(house)
    notice.document.state = "void"
    notice.document.save()
    assert (laid(), Outgoing.objects.count(), Delivery.objects.get().finished_at) == (1, 0, at(NOW))


def test_without_a_gateway_the_letter_box_is_left(house: House, settings: Any) -> None:
    settings.SMS_URL = ""
    notice = gone_out(house)
    assert (laid(), Outgoing.objects.count(), homes_left(notice, on=TODAY).count()) == (1, 0, 2)


def test_how_many_statements_does_not_grow_with_the_homes(house: House) -> None:
    def statements() -> int:
        gone_out(house, title=f"第{Notice.objects.count()}份")
        with CaptureQueriesContext(connection) as asked:
            laid()
        return len(asked.captured_queries)

    one = statements()
    for room in ("401", "402"):
        neighbour(house, room, f"1990000{room}0")
    assert statements() == one
    assert Told.objects.count() == 4


def test_figures_and_whom_nothing_reached(house: House) -> None:
    neighbour(house, "401", "19900002222")
    neighbour(house, "1001", occupancy="vacant")
    notice = gone_out(house)
    laid()

    def counted() -> dict[str, int]:
        return {name: n for name, n in vars(figures_of(notice, on=TODAY)).items() if n}

    assert counted() == {"homes": 4, "underway": 2, "left": 2}
    Outgoing.objects.filter(address="19900001234").update(state=State.DELIVERED, sent_at=at(LATER), tries=1)
    Outgoing.objects.filter(address="19900002222").update(state=State.FAILED, tries=5)
    assert counted() == {"homes": 4, "reached": 1, "sent": 1, "delivered": 1, "failed": 1, "left": 3}
    assert [(home.written, failed) for home, failed in letter_boxes(notice, on=TODAY)] == [
        ("1-2-302", False), ("1-2-401", True), ("1-2-1001", False),
    ]  # fmt: skip
    by = house.by("steward")
    act = by.act(now=at(LATER))
    asked = {"document": notice.document_id, "by": by, "act": act}
    with pytest.raises(RuleViolation, match=r"delivery\.unknown_home"):
        drop_in_boxes(**asked, homes=["1-2-999"])  # type: ignore[arg-type]
    assert drop_in_boxes(**asked, homes=["1-2-302"]) == 1  # type: ignore[arg-type]
    assert drop_in_boxes(**asked) == 2  # type: ignore[arg-type]
    with pytest.raises(RuleViolation, match=r"delivery\.nobody_left"):
        drop_in_boxes(**asked)  # type: ignore[arg-type]
    assert counted() == {"homes": 4, "reached": 4, "sent": 1, "delivered": 1, "failed": 1, "dropped": 3}
    entries = Entry.objects.filter(kind="notice.delivered").order_by("seq")
    assert [(each.facts["channel"], each.facts["homes"], each.proof) for each in entries] == [
        ("letter_box", 1, "word"), ("letter_box", 2, "word"),
    ]  # fmt: skip


def test_the_link_of_a_message_opens_what_it_speaks_of_and_keeps_that_it_was_read(house: House) -> None:
    notice = gone_out(house)
    gone_out(house, title="消防提醒")
    laid()
    link = reverse("notices_told", args=[message_token(Outgoing.objects.get().id)])
    page = Client().get(link).content.decode()
    assert ("停水通知" in page, "消防提醒" in page, "示例业主" in page) == (True, True, False)
    assert NoticeRead.objects.count() == 2
    assert figures_of(notice, on=TODAY).read == 1
    for other in ("x", message_token(notice.document_id)):
        assert Client().get(reverse("notices_told", args=[other])).status_code == 404


def test_the_code_on_the_slip_opens_the_text_and_names_its_correction(house: House) -> None:
    old = gone_out(house)
    address = reverse("notice_by_code", args=["2345-678a-bcd1"])
    assert "明天停水。" in Client().get(address).content.decode()
    new = gone_out(house, title="更正：停水通知", replaces=old.document)
    page = Client().get(address).content.decode()
    assert ("更正：停水通知" in page, "明天停水。" in page) == (True, True)
    assert str(new.document.code) in page.replace("-", "")
    assert Client().get(reverse("notice_by_code", args=["9999"])).status_code == 404
    assert not NoticeRead.objects.exists()


def test_sheets_for_the_board_and_the_letter_box_and_the_words_for_staff(house: House) -> None:
    notice, desk = gone_out(house), client("steward")
    for size in ("A4", "A5"):
        sheet = desk.get(reverse("notice_print", args=[notice.document_id, size]))
        assert (sheet.status_code, sheet.content[:5]) == (200, b"%PDF-")
    assert desk.get(reverse("notice_print", args=[notice.document_id, "B5"])).status_code == 422
    word = desk.get(reverse("notice_word", args=[notice.document_id]))
    assert (word.status_code, word.content[:2]) == (200, b"PK")


def test_pages_say_whom_it_reaches_before_and_whom_it_reached_after(house: House) -> None:
    with clock.standing_at(at(LATER)):
        desk, lead = client("steward"), client("office_director")
        notice = gone_out(house)
        laid()
        page = reverse("notice_delivery", args=[notice.document_id])
        assert "302</span>" in desk.get(page).content.decode()
        dropped = desk.post(reverse("notice_boxes", args=[notice.document_id]), {"key": "k1", "homes": ""})
        assert (dropped.status_code, Dropped.objects.count()) == (302, 1)
        again = desk.post(reverse("notice_boxes", args=[notice.document_id]), {"key": "k2", "homes": ""})
        assert (again.status_code, "都送到了" in again.content.decode()) == (422, True)
        shown = lead.get(reverse("notice", args=[notice.document_id])).content.decode()
        assert "1 户 / 2 户" in shown


def test_statements_of_the_pages_do_not_grow(house: House) -> None:
    with clock.standing_at(at(LATER)):
        desk = client("steward")

        def statements(*names: str) -> list[int]:
            counts = []
            for name in names:
                notice = Notice.objects.order_by("document_id").first()
                assert notice is not None
                args = [notice.document_id] if name.startswith("notice_") or name == "notice" else []
                with CaptureQueriesContext(connection) as asked:
                    assert desk.get(reverse(name, args=args)).status_code == 200
                counts.append(len(asked.captured_queries))
            return counts

        pages = ("notices", "notice", "notice_delivery")
        gone_out(house)
        laid()
        statements(*pages)
        one = statements(*pages)
        for room in ("401", "402"):
            neighbour(house, room, f"1990000{room}0")
            gone_out(house, title=f"给{room}")
        laid()
        assert statements(*pages) == one


def test_homes_without_anybody_in_the_role_are_not_asked_for(house: House) -> None:
    neighbour(house, "401", kind="tenant")
    notice = gone_out(house, roles=["tenant"])
    assert [each.written for each in homes_left(notice, on=TODAY)] == ["1-2-401"]
    assert not homes_left(notice, on=TODAY - timedelta(days=9_999)).filter(room="301").exists()
