"""What the committee asks: answered in time, up where it cannot be solved, again where that was no answer."""

from typing import Any

import pytest

from hemu.access.tests.house import House, at
from hemu.correspondence.models import Answer, Inquiry, Receipt
from hemu.correspondence.operations_inquiries import (
    answer_inquiry,
    enter_inquiry,
    enter_settling,
    escalate_inquiry,
    hand_answer,
    judge_inquiry,
    settle_inquiry,
)
from hemu.correspondence.queries_inquiries import inquiries_of, listed
from hemu.correspondence.tests.sitting import (
    MEMBER,
    NOW,
    asked,
    doing,
    file,
    found_committee,
    member_id,
    owed,
    seat,
)
from hemu.filing.models import Item
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry
from hemu.messaging.models import Outgoing

REASON = "这件事超出管理处的范围，我们上报公司研究。"


@pytest.fixture
def house(db: None) -> House:
    return found_committee()


def judged(house: House, inquiry: Inquiry, when: str = NOW, **more: Any) -> Inquiry:
    known: dict[str, Any] = {"reasonable": True, "solvable": True, "reason": "", "version": inquiry.version}
    return judge_inquiry(inquiry=inquiry.id, **{**known, **more}, **doing(house, when))


def kinds_of(inquiry: Inquiry) -> list[str]:
    rows = Entry.objects.filter(subject=inquiry.subject, kind__startswith="committee.").order_by("seq")
    return [each.kind.rpartition(".")[2] for each in rows]


def test_an_inquiry_is_answered_within_three_working_days(house: House) -> None:
    """OC-12; asked on the eve of a Saturday that is worked."""
    inquiry = asked("2026-10-09 18:00")
    assert inquiry.number == f"{house.community.code}ZX-2026-00001"
    assert owed(inquiry.subject) == {"OC-12": ("open", "2026-10-13T23:59", False)}
    found = judged(house, inquiry, answer="多的是更换钢丝绳，合同附后。")
    assert owed(inquiry.subject) == {"OC-12": ("fulfilled", "2026-10-13T23:59", False)}
    assert (found.state, kinds_of(inquiry)) == ("answered", ["received", "judged", "answered"])
    entry = Entry.objects.get(subject=inquiry.subject, kind="committee.inquiry.received")
    assert (entry.proof, entry.facts["by_helper"]) == ("own", False)
    item = Item.objects.get(subject=inquiry.subject)
    assert (item.file_class, item.keep_until) == ("committee", None)  # OC-14: for good
    assert item.title == f"业主委员会来件 {inquiry.number}　答复"
    topics = Outgoing.objects.filter(subject=inquiry.subject).values_list("staff_id", flat=True)
    assert set(topics) == {house.by(role).staff_id for role in ("office_director", "public_affairs")}


@pytest.mark.parametrize(
    ("profile", "clause", "to"), [("default", "OC-13", "general_manager"), ("kerui", "OC-13k", "company")]
)
def test_what_cannot_be_solved_goes_up_within_a_working_day_and_is_answered_there(
    db: None, profile: str, clause: str, to: str
) -> None:
    house = found_committee(profile)
    inquiry = asked()
    found = judged(house, inquiry, "2026-10-12 15:00", solvable=False, reason=REASON)
    assert owed(inquiry.subject) == {
        "OC-12": ("open", "2026-10-15T23:59", False),
        clause: ("open", "2026-10-13T23:59", False),
    }
    with pytest.raises(RuleViolation, match=r"step\.not_allowed"):
        answer_inquiry(inquiry=inquiry.id, words="已上报。", version=found.version, **doing(house))
    escalate_inquiry(
        inquiry=inquiry.id, words="需公司追加预算。", version=2, **doing(house, "2026-10-14 09:00")
    )
    assert owed(inquiry.subject)[clause] == ("fulfilled", "2026-10-13T23:59", True)
    found.refresh_from_db()
    assert found.escalated_to == to
    known: dict[str, Any] = {"inquiry": inquiry.id, "words": "公司同意承担超出部分。", "version": 3}
    answer_inquiry(**known, **doing(house, "2026-10-15 17:00", "general_manager"))
    assert owed(inquiry.subject)["OC-12"] == ("fulfilled", "2026-10-15T23:59", False)
    assert Answer.objects.get(inquiry=inquiry).role == "general_manager"


def test_the_office_passes_on_an_answer_from_above_with_its_paper(house: House) -> None:
    inquiry = asked()
    judged(house, inquiry, solvable=False, reason=REASON)
    escalate_inquiry(inquiry=inquiry.id, words="需公司追加预算。", version=2, **doing(house))
    known: dict[str, Any] = {"inquiry": inquiry.id, "words": "公司同意承担超出部分。", "version": 3}
    with pytest.raises(RuleViolation, match=r"inquiry\.needs_paper"):
        answer_inquiry(**known, **doing(house))
    answer_inquiry(**known, files=file(house), **doing(house))
    entry = Entry.objects.get(subject=inquiry.subject, kind="committee.inquiry.answered")
    assert (entry.proof, entry.facts["answered_by"]) == ("device", "general_manager")


def test_an_answer_that_was_none_is_owed_again_with_its_own_clock_and_counts(house: House) -> None:
    inquiry = asked()
    found = judged(house, inquiry, answer="合同附后。")
    word: dict[str, Any] = {
        "inquiry": inquiry.id,
        "answered": False,
        "seat": seat(MEMBER),
        "version": found.version,
    }
    with pytest.raises(RuleViolation, match=r"inquiry\.no_words"):
        settle_inquiry(**word, words=" ", now=at("2026-10-19 09:00"))
    settle_inquiry(**word, words="合同里没有钢丝绳的价格。", now=at("2026-10-19 09:00"))
    found.refresh_from_db()
    assert (found.state, found.round, found.reasonable) == ("reopened", 2, None)
    assert owed(inquiry.subject) == {"OC-12": ("open", "2026-10-22T23:59", False)}
    judged(house, found, "2026-10-23 09:00", answer="价格清单附后。")
    assert owed(inquiry.subject) == {"OC-12": ("fulfilled", "2026-10-22T23:59", True)}
    found.refresh_from_db()
    settle_inquiry(
        inquiry=inquiry.id,
        answered=True,
        words="",
        seat=seat(),
        now=at("2026-10-24 09:00"),
        version=found.version,
    )
    assert kinds_of(inquiry) == [
        "received",
        "judged",
        "answered",
        "reopened",
        "judged",
        "answered",
        "accepted",
    ]
    assert list(Answer.objects.filter(inquiry=inquiry).values_list("round", flat=True).order_by("round")) == [
        1,
        2,
    ]


def test_impolite_words_a_stale_page_and_a_double_press_write_nothing(house: House) -> None:
    inquiry = asked()
    for more, code in (
        ({"reasonable": False, "reason": "您这是无理取闹。"}, "impolite"),
        ({"answer": "爱信不信。"}, "impolite"),
        ({"reasonable": False}, "no_words"),
        ({"version": 9}, "stale"),
        ({"solvable": False, "reason": REASON, "answer": "已上报。"}, "goes_up_first"),
    ):
        with pytest.raises(RuleViolation, match=code):
            judged(house, inquiry, **more)
    assert kinds_of(inquiry) == ["received"]
    found = judged(house, inquiry)
    with pytest.raises(RuleViolation, match=r"step\.not_allowed"):
        judged(house, found)
    with pytest.raises(RuleViolation, match=r"inquiry\.not_found"):
        judge_inquiry(
            inquiry=inquiry.id,
            reasonable=True,
            solvable=True,
            reason="",
            version=2,
            **doing(house, role="elsewhere"),
        )


def test_a_member_without_a_phone_does_everything_on_paper(house: House) -> None:
    known: dict[str, Any] = {
        "community": house.community,
        "sort": "demand",
        "text": "请公布水费分摊。",
        "member": member_id(),
    }
    with pytest.raises(RuleViolation, match=r"inquiry\.needs_scan"):
        enter_inquiry(**known, way="paper", **doing(house))
    inquiry = enter_inquiry(
        **known, way="paper", files=file(house), **doing(house, "2026-10-12 16:00", happened=NOW)
    )
    assert (inquiry.received_at, owed(inquiry.subject)["OC-12"][1]) == (at(NOW), "2026-10-15T23:59")
    with pytest.raises(RuleViolation, match=r"inquiry\.not_answered"):
        hand_answer(inquiry=inquiry.id, way="hand", files=file(house), **doing(house))
    judged(house, inquiry, answer="分摊表附后。")
    hand_answer(
        inquiry=inquiry.id, way="hand", member=member_id(), files=file(house, "signature"), **doing(house)
    )
    receipt = Receipt.objects.get()
    assert receipt.answer is not None
    assert (receipt.way, receipt.answer.round, receipt.member_id) == ("hand", 1, member_id())
    enter_settling(inquiry=inquiry.id, answered=False, words="分摊表不全。", version=None, **doing(house))
    rows = Entry.objects.filter(subject=inquiry.subject).order_by("seq").values_list("kind", "proof")
    filed = [kind for kind, _proof in rows if kind == "archive.item.filed"]
    assert len(filed) == 2  # the letter with its answer, and the signed receipt
    rows = rows.filter(kind__startswith="committee.")
    assert [(kind.rpartition(".")[2], proof) for kind, proof in rows] == [
        ("received", "device"),
        ("judged", "word"),
        ("answered", "word"),
        ("receipted", "own"),
        ("reopened", "word"),
    ]


def test_the_list_has_what_is_late_first(house: House) -> None:
    texts = [("2026-10-09 09:00", "甲"), ("2026-10-08 09:00", "乙"), ("2026-10-12 09:00", "丙")]
    for when, text in texts:
        asked(when, text)
    rows = inquiries_of(house.by("office_director"))
    found, _following = listed(rows, house.community, state="open", now=at("2026-10-14 10:00"))
    shown = [(each.inquiry.text, each.time.late, each.time.workdays) for each in found]
    assert shown == [("乙", True, -2), ("甲", True, -1), ("丙", False, 1)]
