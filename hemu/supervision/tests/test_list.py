"""The list with all its filters, and the views kept of it."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at, client, standing_at
from hemu.duties.queries import nearest_due
from hemu.foundation.errors import RuleViolation
from hemu.service_requests.models import Request
from hemu.service_requests.queries import listed
from hemu.service_requests.tests.desk import Desk
from hemu.supervision.models import NamedView
from hemu.supervision.operations import drop_view, keep_view
from hemu.supervision.queries import views_of
from hemu.supervision.rules import Filters
from hemu.supervision.tests.browser import page

NOW = "2026-10-08 10:00"


_standing = standing_at(at(NOW), autouse=True)


def numbers(html: str) -> list[str]:
    return re.findall(r'class="strong" href="/requests/([^/"]+)/"', html)


def shown(query: str, login: str = "cs_supervisor") -> list[str]:
    return numbers(page(login, f"/requests/?{query}"))


@pytest.fixture
def cases(desk: Desk) -> dict[str, Request]:
    """One case for each filter, told over days."""
    house = desk.house
    sorted_as = {"trade": "cleaning", "nature": "routine", "urgency": "normal"}
    late = desk.register("complaint", "2026-09-30 16:00")
    fresh = desk.register("repair_home", "2026-10-08 09:30", channel="chat")
    place = desk.register("repair_public", "2026-10-08 09:40", home=None, place="东门")
    second = desk.register("inquiry", "2026-10-08 09:45", community=house.second, home=None)
    away = desk.register("inquiry", "2026-10-08 09:46", community=house.elsewhere, home=house.other_home)
    desk.step(fresh, "frontdesk classify", "2026-10-08 09:31", **sorted_as)
    desk.step(fresh, "cs_supervisor dispatch", "2026-10-08 09:32", to="technician")
    desk.step(place, "frontdesk urge", "2026-10-08 09:50")
    desk.step(late, "frontdesk judge", "2026-10-08 09:55", major="true")
    return {"late": late, "fresh": fresh, "place": place, "second": second, "away": away}


def test_each_filter(house: House, cases: dict[str, Request]) -> None:
    late, fresh, place, second = (cases[name].number for name in ("late", "fresh", "place", "second"))
    technician = house.by("technician").staff_id
    found = {
        "": [second, place, fresh, late],
        "state=waiting": [second, place, fresh, late],
        "state=dispatched": [fresh],
        "state=at_work": [],
        "type=complaint": [late],
        "trade=cleaning": [fresh],
        f"person={technician}": [fresh],
        "person=nobody": [second, place, late],
        "building=1栋": [fresh, late],
        "building=9": [],
        "channel=chat": [fresh],
        "late=1": [late],
        "urged=1": [place],
        "major=1": [late],
        "reopened=1": [],
        "since=2026-10-08": [second, place, fresh],
        "until=2026-09-30": [late],
        "since=2026-10-01&until=2026-10-07": [],
        "since=2026-10-08&type=repair_home&trade=cleaning&building=1&state=open": [fresh],
        f"community={house.second.id}": [second],
        f"q={place}&urged=1": [place],
        f"q={place}&late=1": [],
        "type=nonsense": [second, place, fresh, late],
    }
    assert {query: shown(query) for query in found} == found
    assert shown("", "elsewhere") == [cases["away"].number]
    assert shown("", "quality") == [cases["away"].number, second, place, fresh, late]


def test_pages_keep_the_filters(desk: Desk) -> None:
    made = [desk.register("inquiry", f"2026-10-08 09:{minute:02}").number for minute in range(31)]
    html = page("frontdesk", "/requests/?type=inquiry&since=2026-10-08")
    assert numbers(html) == made[:0:-1]
    older = re.findall(r'rel="next" href="([^"]+)"', html)
    assert older == [f"?type=inquiry&amp;since=2026-10-08&amp;after={made[1]}"]
    assert numbers(page("frontdesk", f"/requests/{older[0].replace('&amp;', '&')}")) == [made[0]]


def test_pages_of_given_cases_come_newest_first(desk: Desk) -> None:
    kinds = ["complaint", "inquiry", "complaint", "complaint", "inquiry", "inquiry"]
    made = [desk.register(kind, f"2026-10-08 09:{minute:02}") for minute, kind in enumerate(kinds)]
    complaints, given = Request.objects.filter(type="complaint"), [each.id for each in made]
    pages, after = [], ""
    for _ in range(3):
        found, after = listed(complaints, among=given, scope="id", limit=1, after=after)
        pages.append([each.id for each in found])
    assert (pages, after) == ([[given[3]], [given[2]], [given[0]]], "")


def test_what_is_due_is_the_same_with_the_office_named(house: House, cases: dict[str, Request]) -> None:
    subjects = [each.subject for each in cases.values() if each.community_id != house.elsewhere.id]
    due = nearest_due(subjects)
    assert {cases["late"].subject, cases["fresh"].subject} <= set(due)
    assert nearest_due(subjects, offices={house.office.id}) == due


def test_statements_do_not_grow_with_the_rows(desk: Desk) -> None:
    def statements() -> int:
        client("cs_supervisor").get("/requests/?state=open&trade=&late=1")
        with CaptureQueriesContext(connection) as found:
            client("cs_supervisor").get("/requests/?state=open&late=1&building=1")
        return len(found.captured_queries)

    desk.register("complaint", "2026-09-30 16:00")
    one = statements()
    for _ in range(2):
        desk.register("complaint", "2026-09-30 16:00")
    assert statements() == one


def test_a_view_is_kept_and_shared(house: House, cases: dict[str, Request]) -> None:
    kept = client("cs_supervisor").post(
        "/requests/views/",
        {"name": " 逾期  投诉 ", "late": "1", "type": "complaint", "shared_with": str(house.office.id)},
    )
    assert (kept.status_code, kept.headers["Location"]) == (302, "/requests/?type=complaint&late=1")
    client("frontdesk").post("/requests/views/", {"name": "我的", "state": "open"})
    seen = {
        login: {view.name for view in views_of(house.by(login))}
        for login in ("frontdesk", "technician", "elsewhere", "general_manager")
    }
    assert seen == {
        "frontdesk": {"逾期 投诉", "我的"}, "technician": {"逾期 投诉"}, "elsewhere": set(), "general_manager": {"逾期 投诉"},
    }  # fmt: skip
    assert 'href="?type=complaint&amp;late=1" aria-current="true"' in page(
        "frontdesk", "/requests/?late=1&type=complaint"
    )
    assert "投诉 · 逾期" in page("technician", "/requests/views/")


def test_what_no_view_can_be(house: House) -> None:
    by, now = house.by("frontdesk"), at(NOW)
    keep_view(by=by, name="甲", filters=Filters(state="open"), office=None, now=now)
    usual: dict[str, Any] = {"by": by, "name": "乙", "filters": Filters(late="1"), "office": None, "now": now}
    refused: dict[str, dict[str, Any]] = {
        "view.no_name": {"name": "  "},
        "view.no_filters": {"filters": Filters()},
        "view.name_taken": {"name": "甲"},
        "view.not_your_office": {"office": house.other_office.id},
    }
    for code, given in refused.items():
        with pytest.raises(RuleViolation) as refusal:
            keep_view(**usual | given)
        assert refusal.value.code == code
    assert NamedView.objects.count() == 1
    refused_page = client("frontdesk").post("/requests/views/", {"name": "甲", "late": "1"})
    assert (refused_page.status_code, "换个名字" in refused_page.content.decode()) == (422, True)


def test_who_may_drop_a_view(house: House) -> None:
    def kept(login: str, office: UUID | None = None) -> NamedView:
        by = house.by(login)
        return keep_view(by=by, name="甲", filters=Filters(late="1"), office=office, now=at(NOW))

    own, shared = kept("frontdesk"), kept("frontdesk", house.office.id)
    for login in ("technician", "elsewhere", "cs_supervisor"):
        assert client(login).post(f"/requests/views/{own.id}/drop/").status_code == 404
    assert client("technician").post(f"/requests/views/{shared.id}/drop/").status_code == 404
    assert client("cs_supervisor").post(f"/requests/views/{shared.id}/drop/").status_code == 302
    drop_view(by=house.by("frontdesk"), view_id=own.id)
    assert NamedView.objects.count() == 0


def test_who_sees_the_list(house: House) -> None:
    for role, held in PERMISSIONS_OF.items():
        page(role, "/requests/", 200 if "request.view" in held else 403)
        page(role, "/requests/export/", 200 if "request.export" in held else 403)
