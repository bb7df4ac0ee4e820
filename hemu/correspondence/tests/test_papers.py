"""Applications and notifications: owed in time, delivered with a receipt, answered; on both profiles."""

from datetime import date
from typing import Any

import pytest

from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at
from hemu.correspondence.models import Letter, Receipt
from hemu.correspondence.operations_papers import (
    answer_letter,
    deliver_letter,
    drop_letter,
    enter_answer,
    move_letter,
    open_letter,
    write_letter,
)
from hemu.correspondence.queries import matters_of
from hemu.correspondence.tests.sitting import (
    CHAIR,
    MEMBER,
    NOW,
    application,
    doing,
    file,
    found_committee,
    issued,
    member_id,
    notification,
    owed,
    seat,
)
from hemu.filing.models import Item
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry


@pytest.fixture
def house(db: None) -> House:
    return found_committee()


def told(letter: Letter) -> list[tuple[str, str, str]]:
    rows = Entry.objects.filter(subject=letter.subject, kind__startswith="committee.").order_by("seq")
    return [(each.kind, each.proof, each.facts.get("delivery", "")) for each in rows]


def handed(house: House, letter: Letter, when: str, use: str = "signature", **more: Any) -> Receipt:
    known: dict[str, Any] = {
        "way": "hand",
        "member": member_id(),
        "files": file(house, use, when=when),
        **more,
    }
    return deliver_letter(document=letter.document_id, **known, **doing(house, when))


def test_an_application_is_owed_fifteen_days_before_its_matter(house: House) -> None:
    """OC-09: 申报应提前 15 日."""
    letter = issued(house, application(house))
    assert owed(letter.subject) == {"OC-09": ("open", "2026-10-26T23:59", False)}
    handed(house, letter, "2026-10-26 16:00")
    assert owed(letter.subject) == {"OC-09": ("fulfilled", "2026-10-26T23:59", False)}
    assert told(letter) == [
        ("committee.application.planned", "word", ""),
        ("committee.paper.receipted", "own", "hand"),
        ("committee.application.delivered", "own", "hand"),
    ]
    entry = Entry.objects.get(subject=letter.subject, kind="committee.paper.receipted")
    assert entry.facts["person"] == str(house.owner.id)
    assert [each["use"] for each in entry.facts["files"]] == ["signature"]


def test_an_application_handed_over_a_day_late_stays_late(house: House) -> None:
    letter = issued(house, application(house))
    handed(house, letter, "2026-10-27 09:00", use="paper")
    assert owed(letter.subject) == {"OC-09": ("fulfilled", "2026-10-26T23:59", True)}
    assert told(letter)[-1] == ("committee.application.delivered", "device", "hand")


def test_another_day_moves_what_is_owed(house: House) -> None:
    letter = application(house)
    move_letter(
        document=letter.document_id,
        planned_on=date(2026, 12, 1),
        words="施工方改期。",
        version=1,
        **doing(house),
    )
    assert owed(letter.subject) == {"OC-09": ("open", "2026-11-16T23:59", False)}
    with pytest.raises(RuleViolation, match=r"correspondence\.stale"):
        move_letter(
            document=letter.document_id,
            planned_on=date(2026, 12, 2),
            words="又改。",
            version=1,
            **doing(house),
        )
    drop_letter(document=letter.document_id, words="资金另有来源。", version=2, **doing(house))
    assert owed(letter.subject) == {}


@pytest.mark.parametrize(
    ("profile", "emergency", "due"),
    [
        ("default", False, "2026-10-13T23:59"),
        ("default", True, "2026-10-13T23:59"),
        ("kerui", False, "2026-10-13T23:59"),
        ("kerui", True, "2026-10-12T23:59"),
    ],
)
def test_a_notification_is_owed_from_the_moment_its_matter_arose(
    db: None, profile: str, emergency: bool, due: str
) -> None:
    """OC-10: within three working days; OC-10s (kerui): within two of an emergency. It arose on the eve of a
    Saturday that is worked."""
    house = found_committee(profile)
    letter = issued(house, notification(house, "2026-10-09 22:00", emergency=emergency))
    (clause,) = owed(letter.subject)
    assert owed(letter.subject) == {clause: ("open", due, False)}
    open_letter(document=letter.document_id, seat=seat(), now=at("2026-10-12 20:00"))
    assert owed(letter.subject) == {clause: ("fulfilled", due, False)}


def test_a_member_takes_a_paper_by_opening_it_and_only_once(house: House) -> None:
    letter = issued(house, notification(house, "2026-10-09 22:00"))
    first = open_letter(document=letter.document_id, seat=seat(), now=at("2026-10-12 11:00"))
    again = open_letter(document=letter.document_id, seat=seat(), now=at("2026-10-12 12:00"))
    assert (first.pk, first.at) == (again.pk, again.at)
    open_letter(document=letter.document_id, seat=seat(MEMBER), now=at("2026-10-12 13:00"))
    assert told(letter)[1:] == [
        ("committee.paper.receipted", "own", "page"),
        ("committee.notification.delivered", "own", "page"),
        ("committee.paper.receipted", "own", "page"),
    ]
    letter.refresh_from_db()
    assert letter.delivered_at == at("2026-10-12 11:00")
    with pytest.raises(RuleViolation, match=r"correspondence\.taken_already"):
        handed(house, letter, "2026-10-12 14:00")


def test_nothing_is_delivered_before_it_is_sealed_or_without_a_receipt(house: House) -> None:
    letter = application(house)
    with pytest.raises(RuleViolation, match=r"correspondence\.not_issued"):
        handed(house, letter, NOW)
    with pytest.raises(RuleViolation, match=r"correspondence\.not_found"):
        open_letter(document=letter.document_id, seat=seat(), now=at(NOW))
    issued(house, letter)
    for way, code in (("hand", "needs_signature"), ("post", "needs_number"), ("page", "unknown_way")):
        with pytest.raises(RuleViolation, match=code):
            deliver_letter(document=letter.document_id, way=way, **doing(house))
    assert not Receipt.objects.exists()
    assert [kind for kind, _proof, _way in told(letter)] == ["committee.application.planned"]


def test_the_chair_answers_for_the_committee_once(house: House) -> None:
    letter = issued(house, application(house))
    known: dict[str, Any] = {"document": letter.document_id, "now": at("2026-10-13 09:00")}
    said: dict[str, Any] = {"answer": "agreed", "words": "同意，请附三家报价。"}
    with pytest.raises(RuleViolation, match=r"correspondence\.not_taken"):
        answer_letter(**known, **said, seat=seat(), version=1)
    open_letter(document=letter.document_id, seat=seat(), now=at("2026-10-12 11:00"))
    for who, version, code in ((MEMBER, 2, "chair_answers"), (CHAIR, 1, "stale")):
        with pytest.raises(RuleViolation, match=code):
            answer_letter(**known, **said, seat=seat(who), version=version)
    answer_letter(**known, **said, seat=seat(), version=2)
    letter.refresh_from_db()
    assert (letter.answer, letter.answered_at) == ("agreed", at("2026-10-13 09:00"))
    assert told(letter)[-1] == ("committee.paper.answered", "own", "")
    with pytest.raises(RuleViolation, match=r"correspondence\.over"):
        enter_answer(
            document=letter.document_id, answer="disagreed", words="不同意。", version=3, **doing(house)
        )


def test_an_answer_on_paper_is_entered_with_its_scan(house: House) -> None:
    letter = issued(house, application(house))
    number: dict[str, Any] = {"way": "post", "number": "XA123456"}
    deliver_letter(document=letter.document_id, **number, **doing(house, "2026-10-13 09:00"))
    paper: dict[str, Any] = {"answer": "commented", "words": "", "files": file(house)}
    enter_answer(document=letter.document_id, **paper, version=2, **doing(house, "2026-10-15 09:00"))
    filed = Item.objects.get(subject=letter.subject)
    assert (filed.file_class, filed.files.count()) == ("committee", 1)
    assert told(letter)[1:] == [
        ("committee.paper.receipted", "word", "post"),
        ("committee.application.delivered", "word", "post"),
        ("committee.paper.answered", "device", ""),
    ]


def test_what_the_profile_names_is_what_may_be_notified(db: None) -> None:
    """OC-08k: no disagreement of members and no penalty; the four of OC-07 besides."""
    house = found_committee("kerui")
    found = matters_of(house.community, "notification", on=at(NOW))
    assert found == (
        "repair_fund",
        "facility_fund",
        "coordination",
        "measures",
        "law",
        "incident",
        "event",
        "other",
    )
    with pytest.raises(RuleViolation, match=r"correspondence\.unknown_matter"):
        notification(house, "2026-10-09 22:00", matter="penalty")


def test_who_may_write_to_the_committee(house: House) -> None:
    for role in PERMISSIONS_OF:
        may = {"correspondence.step", "paper.draft"} <= PERMISSIONS_OF[role]
        assert may is (role in ("office_director", "public_affairs", "cs_supervisor"))
    by = house.by("frontdesk")
    with pytest.raises(RuleViolation, match=r"access\.denied"):
        write_letter(
            community=house.community, sort="application", matter="other", title="申报", grounds="事由。",
            planned_on=date(2026, 11, 10), by=by, act=by.act(now=at(NOW)),
        )  # fmt: skip
    assert not Letter.objects.exists()
