"""Months and feeds: whose duties, on which day, and what a program that subscribes reads."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from hemu.access.models import Account
from hemu.access.tests.house import House, at, client, found_house, standing_at
from hemu.duties.models import Duty
from hemu.duty_calendar.models import Feed
from hemu.duty_calendar.operations import open_feed, revoke_feed
from hemu.duty_calendar.queries import OnDay, month_of_books, month_of_person
from hemu.duty_calendar.rules import MOST, Due, calendar_of, weeks_of
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.ledger.models import Entry

NOW = at("2026-11-09 09:00")
NOVEMBER = date(2026, 11, 1)
standing = standing_at(NOW, autouse=True)


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def owed(house: House, due: str, clause: str = "OC-16", **more: Any) -> Duty:
    made = Duty(
        **{
            "id": new_id(NOW), "key": new_id(NOW).hex, "clause": clause, "book": house.community.book,
            "office": house.office, "subject": f"clause:{clause}:x", "role": "steward",
            "start_at": at("2026-11-01 00:00"), "due_at": at(due),
        } | more
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def events(body: bytes) -> list[tuple[str, datetime, str, str]]:
    """Return what a client library reads of each event."""
    return [
        (str(each["uid"]), each.decoded("dtstart"), str(each["summary"]), str(each["location"]))
        for each in Calendar.from_ical(body).walk("VEVENT")
    ]


def fetch(secret: str, address: str = "10.0.0.1") -> tuple[int, bytes, str]:
    answer = Client(REMOTE_ADDR=address).get(f"/calendar/{secret}.ics")
    return answer.status_code, answer.content, answer.headers["Content-Type"]


# ── the file ─────────────────────────────────────────────────────────────────


def test_a_calendar_is_read_by_a_client_as_it_was_meant() -> None:
    words = "逗号,分号;反斜杠\\换行\n和很长很长很长很长很长很长很长很长很长很长很长很长的一句话"
    body = calendar_of("应办", [Due("1", "OC-16", words, "和风花园", at("2026-11-20 18:00"))], made_at=NOW)
    assert events(body) == [("1@hemu", datetime(2026, 11, 20, 10, tzinfo=UTC), f"OC-16 {words}", "和风花园")]
    lines = body.split(b"\r\n")
    assert (lines[-1], any(b"\n" in line or b"\r" in line for line in lines)) == (b"", False)
    assert max(len(line) for line in lines) <= 75
    assert b"DTSTAMP:20261109T010000Z" in lines
    assert b"DTSTART:20261120T100000Z" in lines
    assert calendar_of("应办", [], made_at=NOW).count(b"BEGIN:") == 1


@pytest.mark.parametrize(
    ("month", "first", "last", "count"),
    [
        (date(2026, 11, 1), date(2026, 10, 26), date(2026, 12, 6), 6),
        (date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 28), 4),
        (date(2026, 12, 1), date(2026, 11, 30), date(2027, 1, 3), 5),
    ],
)
def test_weeks(month: date, first: date, last: date, count: int) -> None:
    weeks = weeks_of(month)
    assert (weeks[0][0], weeks[-1][-1], len(weeks)) == (first, last, count)


# ── months ───────────────────────────────────────────────────────────────────


def test_the_month_of_a_community_and_of_a_person(house: House) -> None:
    done: dict[str, Any] = {"state": "fulfilled", "fulfilled_at": NOW, "ended_by": new_id(NOW)}
    owed(house, "2026-11-01 00:00", **done)
    owed(house, "2026-11-08 18:00", **done, late_at=NOW)
    owed(house, "2026-11-08 18:00")
    owed(house, "2026-11-30 23:59:59")
    owed(house, "2026-11-30 08:00")
    owed(house, "2026-12-01 00:00")
    owed(house, "2026-11-20 00:00", state="void", ended_by=new_id(NOW))
    book = house.community.book_id
    found = month_of_books([book], NOVEMBER, now=NOW)
    days = [(each.day.day, each.state, each.count) for each in found]
    assert sorted(days) == [(1, "fulfilled", 1), (8, "fulfilled_late", 1), (8, "late", 1), (30, "open", 2)]
    assert month_of_person(house.by("steward"), NOVEMBER, now=NOW) == [
        OnDay(date(2026, 11, 8), "OC-16", "late", 1, book),
        OnDay(date(2026, 11, 30), "OC-16", "open", 2, book),
    ]


@pytest.mark.parametrize(
    ("login", "whose", "days"),
    [("steward", "", ["20"]), ("office_director", "", []), ("office_director", "community", ["20"]),
     ("office_director", "office", ["20"]), ("elsewhere", "community", [])],
)  # fmt: skip
def test_the_page(house: House, login: str, whose: str, days: list[str]) -> None:
    owed(house, "2026-11-20 18:00")
    asked = {"": "", "community": house.community.id, "office": house.office.id}[whose]
    page = client(login).get(f"/calendar/?month=2026-11&whose={asked}").content.decode()
    found = re.findall(r'month-day">(\d+)<(?:(?!</td>).)*?OC-16', page)
    assert found == days


# ── feeds ────────────────────────────────────────────────────────────────────


def test_a_feed_is_opened_on_the_page_and_its_secret_kept_nowhere(house: House) -> None:
    mine, other = owed(house, "2026-11-20 18:00"), owed(house, "2026-11-21 18:00", role="frontdesk")
    page = client("steward").post("/calendar/feeds/").content.decode()
    secret = re.findall(r"/calendar/([\w-]+)\.ics", page)[0]
    feed = Feed.objects.get()
    assert secret not in (feed.digest, client("steward").get("/calendar/feeds/").content.decode())
    status, body, kind = fetch(secret)
    assert (status, kind) == (200, "text/calendar; charset=utf-8")
    assert [event[0] for event in events(body)] == [f"{mine.id}@hemu"]
    by = house.by("office_director")
    _feed, whole = open_feed(by=by, act=by.act(now=NOW), office=house.office)
    assert [event[0] for event in events(fetch(whole)[1])] == [f"{mine.id}@hemu", f"{other.id}@hemu"]
    assert list(Entry.objects.values_list("kind", "facts")) == [
        ("calendar.opened", {"feed": str(feed.id), "office": False}),
        ("calendar.opened", {"feed": str(_feed.id), "office": True}),
    ]


def test_revoked_unknown_and_orphaned_addresses_answer_alike(house: House) -> None:
    steward, leaving = house.by("steward"), house.by("technician")
    feed, revoked = open_feed(by=steward, act=steward.act(now=NOW))
    _, orphaned = open_feed(by=leaving, act=leaving.act(now=NOW))
    with pytest.raises(RuleViolation, match=r"feed\.not_found"):
        revoke_feed(feed=feed.id, by=leaving, act=leaving.act(now=NOW))
    assert fetch(revoked)[0] == 200
    client("steward").post("/calendar/feeds/", {"revoke": str(feed.id)})
    Account.objects.filter(login="technician").update(is_active=False)
    answers = {fetch(each, f"10.0.1.{n}") for n, each in enumerate((revoked, orphaned, "never-there"))}
    assert answers == {(404, b"", "text/plain")}
    assert Entry.objects.filter(kind="calendar.revoked").count() == 1


def test_guessing_is_slowed_down(house: House) -> None:
    answers = [fetch("never-there")[0] for _ in range(5)]
    assert answers == [404, 404, 404, 404, 429]


def test_so_many_addresses_and_only_where_one_may_look(house: House) -> None:
    steward = house.by("steward")
    for _ in range(MOST):
        open_feed(by=steward, act=steward.act(now=NOW))
    with pytest.raises(RuleViolation, match=r"feed\.too_many"):
        open_feed(by=steward, act=steward.act(now=NOW))
    with pytest.raises(RuleViolation, match=r"access\.denied"):
        open_feed(by=house.by("elsewhere"), act=house.by("elsewhere").act(now=NOW), office=house.office)
    assert (Feed.objects.count(), Entry.objects.count()) == (MOST, MOST)


def test_nothing_of_a_case_or_a_person_is_in_a_feed(house: House) -> None:
    owed(house, "2026-11-20 18:00", clause="RQ-06", subject="request:HHY-2026-00001", facts={"to": "x"})
    by = house.by("steward")
    _, secret = open_feed(by=by, act=by.act(now=NOW))
    body = fetch(secret)[1]
    assert [word in body for word in (b"HHY-2026", "示例".encode(), b"staff:")] == [False] * 3
    first, second = events(body), events(fetch(secret)[1])
    assert first == second
    assert first[0][1] == at("2026-11-20 18:00")
    assert Duty.objects.get().due_at == first[0][1] + timedelta(0)
