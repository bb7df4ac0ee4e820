"""Contacts of a month (RQ-22), complaints of a week (RQ-24) and of a month (RQ-25): owed, counted, published, told.

2026-09-24 is a Thursday and 2026-09-30 a Wednesday, each the last working day of its week; 2026-10-10 a Saturday that
works.
"""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from hemu.access.tests.house import House, at, client
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.moments import iso_local, parse_moment
from hemu.ledger.models import Entry, Seal
from hemu.ledger.operations import seal
from hemu.messaging.models import Outgoing
from hemu.reports.rules import rising
from hemu.reports.tasks import look_around
from hemu.reports.tests.conftest import owed, publish
from hemu.return_visits.tests.conftest import Visitors
from hemu.service_requests.models import Request
from hemu.supervision.operations_review import review_case


def week_of(house: House) -> str:
    return f"/reports/complaints-week/?community={house.community.id}"


def sorted_out(desk: Visitors, request: Request, when: str, trade: str = "security") -> Request:
    more = {"trade": trade, "nature": "routine", "urgency": "normal"}
    return desk.step(request, "frontdesk classify", when, **more)


def reviewed(house: House, request: Request, when: str, root: str = "staffing") -> None:
    by = house.by("cs_supervisor")
    to = f"staff:{house.by('security').staff_id}"
    review_case(
        number=request.number, by=by, act=by.act(now=at(when)), to=to, root=root, measure="周五前补人。"
    )


def september(house: House, desk: Visitors) -> list[Request]:
    """Three complaints in September, one in August; one solved late, one judged invalid, one of a public place."""
    old = sorted_out(desk, desk.register("complaint", "2026-08-20 10:00"), "2026-08-20 10:05")
    late = sorted_out(desk, desk.register("complaint", "2026-09-07 10:00"), "2026-09-07 10:05")
    desk.step(late, "security resolve", "2026-09-09 10:00")
    invalid = sorted_out(desk, desk.register("complaint", "2026-09-14 10:00"), "2026-09-14 10:05")
    desk.step(invalid, "security judge", "2026-09-14 10:10", valid="false")
    desk.step(invalid, "security resolve", "2026-09-14 11:00")
    public = desk.register("complaint", "2026-09-15 10:00", home=None, place="东门")
    sorted_out(desk, public, "2026-09-15 10:05", "cleaning")
    desk.step(public, "security resolve", "2026-09-15 11:00")
    desk.register("help", "2026-09-16 10:00")
    desk.register("inquiry", "2026-09-17 10:00", channel="walk_in")
    mistaken = desk.register("inquiry", "2026-09-18 10:00")
    desk.step(mistaken, "office_director void", "2026-09-18 10:05")
    return [old, late, invalid, public]


def test_what_a_month_of_contacts_comes_to(house: House, desk: Visitors) -> None:
    september(house, desk)
    figures = publish(house, "contacts", "2026-09-10 10:00", now="2026-10-05 10:00").facts["figures"]
    assert figures["contacts"] == 5
    assert figures["by_type"] == {
        "inquiry": 1, "suggestion": 0, "complaint": 3, "repair_public": 0, "repair_home": 0, "other": 1, "praise": 0,
    }  # fmt: skip
    assert figures["by_channel"] == {"phone": 4, "walk_in": 1}
    assert figures["complaints_by_trade"] == {"security": 2, "cleaning": 1}
    assert figures["complaints_by_building"] == {"1": 2, "public": 1}
    assert (figures["before"]["contacts"], figures["rising"]) == (1, {})


def test_what_a_month_of_complaints_comes_to(house: House, desk: Visitors) -> None:
    _, late, *_ = september(house, desk)
    figures = publish(house, "complaints-month", "2026-09-10 10:00", now="2026-10-05 10:00").facts["figures"]
    counts = {name: count for name, count in figures.items() if isinstance(count, int) and count}
    assert counts == {"complaints": 3, "invalid": 1, "done": 3, "late": 1, "repeated": 1}
    assert figures["by_trade"] == {"security": 2, "cleaning": 1}
    assert figures["by_building"] == {"1": 2, "public": 1}
    assert figures["worst"] == [late.number]
    assert (figures["before"]["complaints"], figures["before"]["late"]) == (1, 0)


@pytest.mark.parametrize(
    ("now", "before", "warned"),
    [({"cleaning": 3}, {"cleaning": 2}, []), ({"cleaning": 4}, {"cleaning": 2}, ["cleaning"]),
     ({"cleaning": 12}, {"cleaning": 10}, []), ({"cleaning": 15}, {"cleaning": 10}, ["cleaning"]),
     ({"repair": 2}, {}, ["repair"]), ({"b": 3, "a": 3, "c": 5}, {}, ["c", "a", "b"]), ({}, {"repair": 9}, [])],
)  # fmt: skip
def test_what_is_warned_of(now: dict[str, int], before: dict[str, int], warned: list[str]) -> None:
    assert rising(now, before) == warned


def test_a_month_is_reported_in_time_or_late(house: House, desk: Visitors) -> None:
    september(house, desk)
    look_around(at("2026-09-30 18:00"))
    due = "2026-10-05T23:59:59+08:00"
    assert (owed("RQ-22"), owed("RQ-25")) == ([("2026-09", due, "open")], [("2026-09", due, "open")])
    address = "/reports/contacts/publish/"
    form = {"community": str(house.community.id), "period": "2026-09", "text": "保安岗亭。", "key": "1"}
    with clock.standing_at(at("2026-10-05 20:00")):
        assert client("cs_supervisor").post(address, form).status_code == 302
        home = client("cs_supervisor").get("/duties/").content.decode()
    assert f"/reports/complaints-month/?community={house.community.id}&amp;period=2026-09" in home
    assert owed("RQ-22")[0] == ("2026-09", due, "fulfilled")
    form = {**form, "measures": "工程部十五日前换灯。", "key": "2"}
    with clock.standing_at(at("2026-10-06 09:00")):
        assert client("cs_supervisor").post("/reports/complaints-month/publish/", form).status_code == 302
    assert owed("RQ-25")[0] == ("2026-09", due, "fulfilled, late")


def test_a_week_is_reported_by_its_last_working_day(house: House, desk: Visitors) -> None:
    """An open complaint makes it owed; what comes in after it was due is the next week's."""
    look_around(at("2026-09-28 09:00"))
    assert owed("RQ-24") == []
    desk.register("complaint", "2026-10-01 10:00")
    assert look_around(at("2026-10-01 10:10")) == 2  # the month's contacts and complaints
    assert owed("RQ-24") == []
    look_around(at("2026-10-05 10:00"))
    assert owed("RQ-24") == [("2026-W41", "2026-10-10T23:59:59+08:00", "open")]


def test_a_week_published_in_time_and_late(house: House, desk: Visitors) -> None:
    first = desk.register("complaint", "2026-09-22 10:00")
    desk.step(sorted_out(desk, first, "2026-09-22 10:05"), "security resolve", "2026-09-22 11:00")
    look_around(at("2026-09-22 12:00"))
    address, home = "/reports/complaints-week/publish/", str(house.community.id)
    form = {"community": home, "text": "都按时。", "measures": "照旧。", "key": "1", "period": "2026-W39"}
    with clock.standing_at(at("2026-09-24 16:00")):
        assert client("cs_supervisor").post(address, form).status_code == 302
    desk.register("suggestion", "2026-09-25 17:00")  # after this week's report: the next one's
    look_around(at("2026-09-28 10:00"))
    with clock.standing_at(at("2026-10-01 09:00")):
        assert (
            client("cs_supervisor").post(address, {**form, "period": "2026-W40", "key": "2"}).status_code
            == 302
        )
    assert owed("RQ-24") == [
        ("2026-W39", "2026-09-24T23:59:59+08:00", "fulfilled"),
        ("2026-W40", "2026-09-30T23:59:59+08:00", "fulfilled, late"),
    ]
    weeks = list(Entry.objects.filter(kind="report.published").order_by("seq"))
    assert [_span(each) for each in weeks] == [
        ("2026-09-21T00:00:00+08:00", "2026-09-24T16:00:00+08:00"),
        ("2026-09-24T16:00:00+08:00", "2026-10-01T09:00:00+08:00"),
    ]
    assert [(each.facts["figures"]["complaints"], each.facts["figures"]["suggestions"]) for each in weeks] == [
        (1, 0), (0, 1),
    ]  # fmt: skip


def _span(entry: Entry) -> tuple[str | None, str | None]:
    return iso_local(parse_moment(entry.facts["since"])), iso_local(parse_moment(entry.facts["until"]))


def test_a_late_complaint_needs_its_cause_first(house: House, desk: Visitors) -> None:
    late = sorted_out(desk, desk.register("complaint", "2026-09-22 10:00"), "2026-09-22 10:05")
    on, now = "2026-09-24 10:00", "2026-09-25 10:00"
    with pytest.raises(RuleViolation) as refused:
        publish(house, "complaints-week", on, now=now)
    assert (refused.value.code, refused.value.params["numbers"]) == (
        "report.late_without_cause",
        [late.number],
    )
    with clock.standing_at(at(now)):
        page = client("cs_supervisor").get(week_of(house)).content.decode()
        assert ("还没说明原因" in page, f"number={late.number}" in page) == (True, True)
    reviewed(house, late, "2026-09-25 09:00")
    figures = publish(house, "complaints-week", on, now=now).facts["figures"]
    assert (figures["open"], figures["late"], figures["by_root"], figures["late_cases"]) == (
        1, 1, {"staffing": 1}, [late.number],
    )  # fmt: skip


def test_a_complaint_kept_from_somebody_is_not_named_to_them(house: House, desk: Visitors) -> None:
    about = "cs_supervisor"
    desk.step(
        desk.register("complaint", "2026-09-22 10:00"), "frontdesk classify", "2026-09-22 10:05", named=about
    )
    number = Request.objects.get().number
    with clock.standing_at(at("2026-09-25 10:00")):
        address = week_of(house)
        assert number not in client("cs_supervisor").get(address).content.decode()
        assert number in client("office_director").get(address).content.decode()


def test_those_it_is_for_are_told(house: House, desk: Visitors) -> None:
    september(house, desk)
    publish(house, "complaints-month", "2026-09-10 10:00", now="2026-10-05 10:00")
    told = set(Outgoing.objects.filter(topic="report.published").values_list("staff_id", flat=True))
    roles = ("office_director", "department_head", "public_affairs", "steward")
    assert told == {house.by(role).staff_id for role in roles}


def test_nothing_begins_red_but_an_outage_does_not_hide_what_is_owed(house: House, desk: Visitors) -> None:
    desk.register("inquiry", "2026-08-20 10:00")
    desk.register("inquiry", "2026-09-10 10:00")
    look_around(at("2026-10-08 10:00"))
    assert owed("RQ-22") == []  # September was due on the 5th, and nothing was watched before
    look_around(at("2026-09-04 10:00"))
    look_around(at("2026-10-08 10:00"))
    assert owed("RQ-22") == [
        ("2026-08", "2026-09-05T23:59:59+08:00", "open"), ("2026-09", "2026-10-05T23:59:59+08:00", "open"),
    ]  # fmt: skip


def test_the_paper(house: House, desk: Visitors) -> None:
    september(house, desk)
    address = f"/reports/contacts/paper/?community={house.community.id}&period=2026-09"
    with clock.standing_at(at("2026-10-05 10:00")):
        assert client("quality").get(address).status_code == 404
        publish(house, "contacts", "2026-09-10 10:00", now="2026-10-05 10:00")
        bare = client("quality").get(address)
        seal(now=at("2026-10-05 11:00"))
        answer = client("quality").get(address)
    assert (answer.status_code, answer.headers["Content-Type"], answer.content[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    code = Seal.objects.get().code
    assert [code in _text_of(each.content) for each in (bare, answer)] == [False, True]


def _text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def statements(login: str, address: str) -> int:
    browser = client(login)
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    "address", ["/reports/", "/reports/complaints-week/", "/reports/complaints-month/?period=2026-09"]
)
def test_a_page_asks_the_same_of_one_and_three(house: House, desk: Visitors, address: str) -> None:
    sign = "&" if "?" in address else "?"
    address += f"{sign}community={house.community.id}"
    with clock.standing_at(at("2026-09-25 10:00")):
        reviewed(
            house,
            sorted_out(desk, desk.register("complaint", "2026-09-22 10:00"), "2026-09-22 10:05"),
            "2026-09-24 10:00",
        )
        one = statements("cs_supervisor", address)
        for hour in (11, 12):
            request = desk.register("complaint", f"2026-09-22 {hour}:00")
            reviewed(house, sorted_out(desk, request, f"2026-09-22 {hour}:05"), "2026-09-24 10:00")
        assert statements("cs_supervisor", address) == one
