"""Numbers and days that no field means: longer than Python reads, at the ends of the calendar, of other alphabets (B2)."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from hemu.duty_wall.web.wall import month_asked
from hemu.infra import clock
from hemu.infra.moments import typed_moment
from tests.security.addresses import own
from tests.security.city import NOW, City, signed_in
from tests.security.figures import Tried

pytestmark = pytest.mark.walk
HOSTILE = ("9" * 5_000, "9" * 25, "²", "0001-01-01", "9999-12-31", "a\x00b")
GOT = {
    "duties": "role",
    "duty_wall": "page",
    "clause": "year",
    "dispatch_rules": "at",
    "seal_register": "from",
}
POSTED = {
    "request_step": ("version", {"step": "reply", "words": "好。"}),
    "return_visit_step": ("version", {"step": "attempt", "words": "没人接。"}),
    "matter_step": ("version", {"step": "tell", "words": "好。"}),
    "staff_leave": ("on", {"on": ""}),
    "staff_post": ("since", {"role": "frontdesk", "office": "", "until": "0001-01-01"}),
    "book_publish": ("seal", {"place": "board"}),
    "pads": ("count", {}),
    "work_step": ("version", {"step": "finish", "words": "好。"}),
    "document_issue": ("copies", {"mode": "mark"}),
    "paper_chain": ("step-0", {"role-0": "office_director", "act-0": "approve"}),
    "calendar_feeds": ("office", {}),
    "committee_leave": ("left_on", {"leaving": "resigned"}),
    "emergency": ("consented_at", {"title": "停气", "body": "马上停气。", "consented_by": "示例"}),
    "ask": ("number", {"code": "1"}),
    "committee_helper": ("phone", {"name": "示例"}),
}


def test_no_value_breaks_a_page(city: City, tried: Tried) -> None:
    client, things, cases = signed_in("office_director"), city.mine.things, 0
    broken = []
    for value in HOSTILE:
        for name, field in GOT.items():
            url = reverse(name, kwargs={"clause": "RQ-06"} if name == "clause" else {})
            with clock.standing_at(NOW):
                answer = client.get(url, {field: value})
            cases += 1
            broken += [(name, value[:12])] if answer.status_code >= 500 else []
        for name, (field, more) in POSTED.items():
            url = own(name, things)
            fields = {"community": str(city.mine.community.id), **more, field: value, "key": f"{name}{cases}"}
            with clock.standing_at(NOW):
                answer = client.post(url, fields)
            cases += 1
            broken += [(name, value[:12])] if answer.status_code >= 500 else []
    assert broken == []
    tried("values that no field means", cases)


def test_an_owner_breaks_nothing_by_their_link(city: City, tried: Tried) -> None:
    client, link = Client(raise_request_exception=False), city.mine.things["owner_link"]
    for number, value in enumerate(HOSTILE):
        fields = {"step": "add", "reason": "还有一件。", "version": value, "day": value, "key": f"k{number}"}
        with clock.standing_at(NOW):
            assert client.post(f"/o/{link}/", fields).status_code < 500, value[:12]
    tried("values that no field means", len(HOSTILE))


def test_the_ends_of_the_calendar_are_no_month_and_no_moment() -> None:
    """Before them and after them nothing can be reckoned, and not every zone has them."""
    assert [month_asked(each) for each in ("0001-01", "9999-12", "2026-11")] == [
        None,
        None,
        date(2026, 11, 1),
    ]
    for each in ("0001-01-01", "9999-12-31T23:59"):
        with pytest.raises(ValueError, match=each):
            typed_moment(each)
