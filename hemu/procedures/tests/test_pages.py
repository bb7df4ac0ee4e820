"""Clauses are switched, begun and kept on pages; nobody else's are seen."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.access.tests.house import House, at, client, found_house
from hemu.attachments.operations import keep_file
from hemu.attachments.tests.samples import jpeg
from hemu.duties.models import Duty
from hemu.duties.operations import open_between
from hemu.estate.models import ClauseSwitch, CommunityFact, ProfileValue
from hemu.estate.operations import switch_clauses
from hemu.infra import clock
from hemu.procedures.queries import versions_of

NOW = at("2026-11-23 10:00")
MONDAY = date(2026, 11, 23)


@pytest.fixture
def house(db: None) -> Iterator[House]:
    with clock.standing_at(NOW):
        yield found_house()


def duty(house: House) -> Duty:
    switch_clauses(community=house.community, what=["RQ-11"], since=MONDAY, on=True, now=NOW)
    open_between(first=MONDAY, last=MONDAY, now=NOW)
    return Duty.objects.get()


def test_a_package_is_switched_on_and_seen(house: House) -> None:
    browser = client("office_director")
    body = {"community": str(house.community.id), "what": "visits", "act": "on", "key": "a-key-of-mine"}
    answer = browser.post("/clauses/switch/", body)
    assert answer.status_code == 302
    assert browser.post("/clauses/switch/", body).status_code == 302  # pressed twice
    assert ClauseSwitch.objects.count() == 1
    page = browser.get(answer["Location"]).content.decode()
    assert page.count("已启用") > 10
    again = browser.post("/clauses/switch/", body | {"key": "another", "since": "2026-11-01"})
    assert (again.status_code, "只能从今天起" in again.content.decode()) == (422, True)


def test_what_was_said_of_a_clause_here_stands_on_its_page_the_newest_first(house: House) -> None:
    switch_clauses(community=house.community, what=["visits", "RQ-06"], since=MONDAY, on=True, now=NOW)
    switch_clauses(community=house.community, what=["RQ-06"], since=date(2026, 12, 1), on=False, now=NOW)
    for office, key, day in [(house.office, "RQ-06", 2), (None, "RQ-06[type=complaint]", 3), (house.other_office, "RQ-06", 4),
                             (None, "RQ-05", 5)]:  # fmt: skip
        ProfileValue.objects.create(
            office=office, key=key, value=f"+{day} working days", since=date(2026, 12, day)
        )
    found = versions_of("RQ-06", house.community)
    assert [(each.since.isoformat(), each.due, each.on, each.company) for each in found] == [
        ("2026-12-03", "+3 working days", None, True), ("2026-12-02", "+2 working days", None, False),
        ("2026-12-01", "", False, False), ("2026-11-23", "", True, False),
    ]  # fmt: skip
    assert "+2 working days" in client("office_director").get("/clauses/RQ-06/").content.decode()


@pytest.mark.parametrize("since", ["yesterday", "2026-13-01"])
def test_rubbish_for_a_day_gets_a_sentence(house: House, since: str) -> None:
    body = {"community": str(house.community.id), "what": "visits", "act": "on", "key": "k", "since": since}
    answer = client("quality").post("/clauses/switch/", body)
    assert (answer.status_code, "日期写成" in answer.content.decode()) == (422, True)


def test_a_fact_is_said_by_one_and_confirmed_by_another(house: House) -> None:
    body = {"community": str(house.community.id), "fact": "committee_in_office", "holds": "yes", "key": "k1"}
    assert client("office_director").post("/clauses/facts/", body).status_code == 302
    fact = CommunityFact.objects.get()
    own = client("office_director").post(f"/clauses/facts/{fact.id}/", {"key": "k2"})
    assert (own.status_code, "另一个人" in own.content.decode()) == (422, True)
    assert client("quality").post(f"/clauses/facts/{fact.id}/", {"key": "k3"}).status_code == 302
    assert (
        "2026-11-23起是"
        in client("steward").get(f"/clauses/?community={house.community.id}").content.decode()
    )


def test_a_duty_is_kept_by_hand_with_a_photo(house: House) -> None:
    kept = duty(house)
    browser = client("steward")
    body = {"act": "keep", "words": "开箱，两封信。", "at": "", "key": "k"}
    without = browser.post(f"/duties/{kept.id}/act/", body)
    assert (without.status_code, "一定要有凭据" in without.content.decode()) == (422, True)
    assert "开箱，两封信。" in without.content.decode()
    photo = keep_file(data=jpeg(), use="photo", by=house.by("steward").key, now=NOW)
    assert (
        browser.post(f"/duties/{kept.id}/act/", body | {"files": str(photo.id), "key": "k2"}).status_code
        == 302
    )
    kept.refresh_from_db()
    assert kept.state == "fulfilled"
    page = browser.get(f"/duties/{kept.id}/").content.decode()
    assert "手工：办了，附凭据" in page
    assert browser.get(f"/files/{photo.id}/").status_code == 200
    assert client("elsewhere").get(f"/files/{photo.id}/").status_code == 404
    listed = client("steward").get(f"/clauses/RQ-11/?community={house.community.id}").content.decode()
    assert f"/duties/{kept.id}/" in listed


def test_what_is_planned_is_begun_moved_and_called_off(house: House) -> None:
    switch_clauses(community=house.community, what=["VS-04"], since=MONDAY, on=True, now=NOW)
    browser = client("steward")
    body = {"community": str(house.community.id), "words": "要求反馈电梯的事。", "key": "k"}
    begun = browser.post("/clauses/VS-04/begin/", body)
    kept = Duty.objects.get()
    assert (begun.status_code, begun["Location"]) == (302, f"/duties/{kept.id}/")
    moved = browser.post(
        f"/duties/{kept.id}/act/", {"act": "move", "words": "改", "to": "2026-12-01T10:00", "key": "m"}
    )
    assert (moved.status_code, "改期或取消" in moved.content.decode()) == (422, True)
    off = browser.post(f"/duties/{kept.id}/act/", {"act": "call_off", "words": "业主说不用了。", "key": "o"})
    kept.refresh_from_db()
    assert (off.status_code, kept.state) == (302, "void")


def test_the_pages_ask_as_much_for_three_as_for_one(house: House) -> None:
    duty(house)
    browser = client("cs_supervisor")

    def asked(url: str) -> int:
        browser.get(url)
        with CaptureQueriesContext(connection) as found:
            assert browser.get(url).status_code == 200
        return len(found)

    urls = [f"/clauses/?community={house.community.id}", f"/clauses/RQ-11/?community={house.community.id}"]
    one = [asked(url) for url in urls]
    open_between(first=MONDAY, last=date(2026, 12, 14), now=NOW)
    with clock.standing_at(at("2026-12-14 10:00")):
        assert [asked(url) for url in urls] == one


@pytest.mark.parametrize(
    "url", ["/clauses/XX-99/", "/clauses/?community=nonsense", "/clauses/RQ-11/?community=x"]
)
def test_what_is_not_there_is_not_found(house: House, url: str) -> None:
    assert client("steward").get(url).status_code == 404
