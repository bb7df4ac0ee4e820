"""The emergency: told at once at any hour, only after the director's consent by phone, which the book keeps."""

from typing import Any

import pytest
from django.urls import reverse

from hemu.access.tests.house import House, at, client, found_house
from hemu.delivering.models import Delivery
from hemu.delivering.operations import lay_ready
from hemu.delivering.operations_broadcast import broadcast_emergency
from hemu.delivering.operations_words import compose
from hemu.duties.models import Duty
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.moments import iso_utc
from hemu.ledger.models import Entry
from hemu.messaging.models import Outgoing
from hemu.messaging.rules import Place
from hemu.notices.models import Notice
from hemu.papers.operations import decide, revise_paper
from hemu.papers.queries import version_of

pytestmark = pytest.mark.django_db
NIGHT, HEARD = "2026-10-12 23:30", "2026-10-12 23:20"


@pytest.fixture
def house() -> House:
    return found_house()


def told(house: House, **asked: Any) -> Notice:
    by = house.by("frontdesk")
    usual: dict[str, Any] = {
        "title": "燃气泄漏，请撤离", "body": "1栋2单元，不要开灯。", "consented_by": house.by("office_director").key,
        "consented_at": at(HEARD), "heard": True, "by": by, "act": by.act(now=at(NIGHT)),
    }  # fmt: skip
    return broadcast_emergency(community=house.community, **{**usual, **asked})


def test_it_goes_out_at_night_and_the_book_says_by_whose_word(house: House) -> None:
    notice = told(house)
    lay_ready(now=at(NIGHT))
    row = Outgoing.objects.get(recipient="owner")
    text = compose(row, at(NIGHT))
    assert (row.not_before, row.place, text[1] if text else "") == (
        at(NIGHT), Place.DANGER, "【和风管理处】紧急通知：燃气泄漏，请撤离。1栋2单元，不要开灯。",
    )  # fmt: skip
    entry = Entry.objects.get(kind="notice.consented")
    assert (entry.actor, entry.proof, entry.facts["consented_by"], entry.facts["consented_at"]) == (
        house.by("frontdesk").key, "word", house.by("office_director").key, iso_utc(at(HEARD)),
    )  # fmt: skip
    paper = notice.document
    paper.refresh_from_db()
    assert (paper.state, Delivery.objects.get().bundled) == ("submitted", False)


def test_a_word_by_phone_stands_in_for_no_approval(house: House) -> None:
    """NT-02 and NT-04 stay open until the director approves the paper by their own hand."""
    notice = told(house)
    owed = Duty.objects.filter(subject=notice.subject).order_by("clause")
    assert [(each.clause, each.state) for each in owed] == [("NT-02", "open"), ("NT-04", "open")]
    director = house.by("office_director")
    digest = version_of(notice.document).digest
    act = director.act(now=at(NIGHT))
    decide(document=notice.document_id, by=director, act=act, digest=digest, agree=True)
    assert {each.state for each in owed.all()} == {"fulfilled"}


def test_what_went_out_is_frozen(house: House) -> None:
    notice, by = told(house), house.by("frontdesk")
    content = {"title": "没事了", "body": "没事了。"}
    with pytest.raises(RuleViolation, match=r"notice\.published"):
        revise_paper(
            document=notice.document_id, by=by, act=by.act(now=at(NIGHT)), content=content, version=1
        )


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"heard": False}, "broadcast.not_heard"), ({"consented_by": "staff:nobody"}, "broadcast.nobody"),
        ({"consented_at": None}, "broadcast.no_time"), ({"audience": ["99"]}, "notice.unknown_building"),
        ({"consented_at": at("2026-10-13 00:00")}, "broadcast.in_future"), ({"body": " "}, "document.no_body"),
    ],
)  # fmt: skip
def test_without_consent_nothing_is_written(house: House, asked: dict[str, Any], code: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(RuleViolation) as refused:
        told(house, **asked)
    assert (refused.value.code, Entry.objects.count(), Outgoing.objects.count()) == (code, before, 0)


def test_the_page_tells_and_shows_who_consented(house: House) -> None:
    with clock.standing_at(at(NIGHT)):
        desk = client("frontdesk")
        form = desk.get(reverse("emergency")).content.decode()
        assert "示例office_director" in form
        typed = {
            "community": str(house.community.id), "title": "燃气泄漏", "body": "请撤离。", "key": "k1",
            "consented_by": house.by("office_director").key, "consented_at": "2026-10-12T23:20",
        }  # fmt: skip
        refused = desk.post(reverse("emergency"), typed)
        assert (refused.status_code, "没有听到主任同意" in refused.content.decode()) == (422, True)
        page = desk.post(reverse("emergency"), {**typed, "heard": "1", "key": "k2"}, follow=True)
        assert "示例office_director 在电话里同意，示例frontdesk 听到" in page.content.decode()
