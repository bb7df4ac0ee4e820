"""The wall of the day: figures of the open cases, narrowed lists behind them, no people's data on the screen."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at, client, standing_at
from hemu.service_requests.models import Request
from hemu.service_requests.queries import visible_to
from hemu.service_requests.tests.desk import Desk
from hemu.supervision.queries_wall import major_cases, wall
from hemu.supervision.rules_wall import Figures, Group, LateCase, by_handler, by_trade, figures_of
from hemu.supervision.tests.browser import page

NOW = "2026-10-08 10:00"
A, B, HERE = UUID(int=1), UUID(int=2), UUID(int=9)


standing = standing_at(at(NOW))


def test_groups_add_up() -> None:
    groups = [
        Group(HERE, "received", None, "", False, False, False, 2),
        Group(HERE, "accepted", A, "repair", True, False, False, 3),
        Group(HERE, "informed", A, "repair", False, True, True, 1),
        Group(HERE, "confirmed", B, "cleaning", False, False, False, 1),
    ]
    late = [LateCase(HERE, A, "repair"), LateCase(HERE, B, "cleaning"), LateCase(HERE, A, "repair")]
    assert figures_of(groups, late) == Figures(
        open=7, waiting=2, at_work=3, unconfirmed=1, urged=3, reopened=1, major=1, late=3
    )
    assert figures_of([], []) == Figures()
    assert list(by_handler(groups, late)) == [A, B, None]
    assert {who: (each.open, each.late) for who, each in by_handler(groups, late).items()} == {
        A: (4, 2), B: (1, 1), None: (2, 0),
    }  # fmt: skip
    assert list(by_trade(groups, [])) == ["repair", "", "cleaning"]


@pytest.fixture
def cases(desk: Desk, standing: None) -> dict[str, Request]:
    late = desk.register("complaint", "2026-09-30 16:00")
    yesterday = desk.register("inquiry", "2026-10-07 09:00")
    fresh = desk.register("repair_home", "2026-10-08 09:30")
    desk.step(
        fresh, "frontdesk classify", "2026-10-08 09:31", trade="repair", nature="routine", urgency="normal"
    )
    desk.step(fresh, "cs_supervisor dispatch", "2026-10-08 09:32", to="technician")
    desk.step(late, "frontdesk urge", "2026-10-08 09:40")
    desk.step(late, "frontdesk judge", "2026-10-08 09:41", major="true")
    desk.register("inquiry", "2026-10-08 09:50", community=desk.house.elsewhere, home=desk.house.other_home)
    return {"late": late, "yesterday": yesterday, "fresh": fresh}


def figures(house: House, login: str) -> Any:
    actor = house.by(login)
    rows, offices = visible_to(actor, "wall.view"), actor.offices_with("wall.view")
    return wall(rows, offices=offices, now=at(NOW))


def test_the_figures_of_the_day(house: House, cases: dict[str, Request]) -> None:
    day = figures(house, "cs_supervisor")
    assert (day.new, day.new_yesterday, day.late_are_more) == (1, 1, False)
    assert figures_of(day.groups, day.late) == Figures(open=3, waiting=3, urged=1, major=1, late=2)
    assert figures_of(*_of(figures(house, "general_manager"))).open == 4
    assert figures_of(*_of(figures(house, "elsewhere"))).open == 1
    desk_majors = major_cases(visible_to(house.by("office_director"), "wall.view"), now=at(NOW))
    assert [(each.case.number, each.reported, each.late) for each in desk_majors] == [
        (cases["late"].number, False, True)
    ]


def _of(day: Any) -> tuple[Any, Any]:
    return day.groups, day.late


def test_each_number_opens_its_list(house: House, cases: dict[str, Request]) -> None:
    html = page("cs_supervisor", "/wall/")
    technician = house.by("technician").staff_id
    links = {each.replace("&amp;", "&") for each in re.findall(r'href="(/requests/\?[^"]+)"', html)}
    assert links >= {
        "/requests/?since=2026-10-08", "/requests/?state=waiting", "/requests/?late=1",
        "/requests/?state=open&urged=1", "/requests/?state=open&reopened=1", "/requests/?state=unconfirmed",
        f"/requests/?state=open&person={technician}", "/requests/?state=open&trade=repair",
    }  # fmt: skip
    for link in links:
        page("cs_supervisor", link)
    assert "昨天这时 1 件" in html
    assert cases["late"].number in html


def test_of_an_office_chosen_by_the_company(house: House, cases: dict[str, Request]) -> None:
    html = page("general_manager", f"/wall/?office={house.other_office.id}")
    assert f"/requests/?state=waiting&amp;office={house.other_office.id}" in html
    assert "未结 1 件中" in html
    assert "未结 4 件中" in page("general_manager", "/wall/?office=nonsense")


def test_the_screen_names_nobody(house: House, cases: dict[str, Request]) -> None:
    html = page("cs_supervisor", "/wall/?screen=1")
    assert "未结 3 件中" in html
    hidden = ["示例technician", "示例业主", "1-2-301", "楼道的灯不亮", "19900001234", cases["late"].number]
    assert [each for each in hidden if each in html] == []
    part = page("cs_supervisor", "/wall/?screen=1&part=1")
    assert (part.lstrip().startswith("<div"), "<html" in part) == (True, False)


def test_who_sees_the_wall(house: House) -> None:
    for role, held in PERMISSIONS_OF.items():
        page(role, "/wall/", 200 if "wall.view" in held else 403)
        page(role, "/wall/review/", 200 if "review.sign" in held else 403)


@pytest.mark.usefixtures("standing")
def test_statements_do_not_grow(desk: Desk) -> None:
    def statements(path: str) -> int:
        browser = client("office_director")
        browser.get(path)
        with CaptureQueriesContext(connection) as found:
            assert browser.get(path).status_code == 200
        return len(found.captured_queries)

    def add() -> None:
        case = desk.register("complaint", "2026-09-30 16:00")
        desk.step(case, "frontdesk judge", "2026-09-30 16:10", major="true")

    paths = ("/wall/", "/wall/morning/", "/wall/review/")
    add()
    one = {path: statements(path) for path in paths}
    add()
    add()
    assert {path: statements(path) for path in paths} == one
    assert one["/wall/"] <= 22
