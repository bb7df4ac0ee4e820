"""One's month: the figures as their definitions say, and a workbook in which nothing is a formula."""

from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from hemu.access.models import Account
from hemu.access.tests.house import House, at
from hemu.field_work.operations import AtTheDoor, take_job_step
from hemu.field_work.queries_month import month_of, month_summary
from hemu.field_work.rules import Material, month_said
from hemu.infra import clock
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk

NOW = at("2026-09-30 17:30")
EVIL = '=HYPERLINK("http://evil.example","按这里")'


def done(
    desk: Desk, *, words: str = "灯不亮。", door: AtTheDoor | None = None, when: str = "2026-09-30 17:00"
) -> Request:
    request = desk.go(
        desk.register("repair_home", "2026-09-30 16:00", text=words),
        ("frontdesk classify", "2026-09-30 16:05", {"trade": "repair"}),
        ("cs_supervisor dispatch", "2026-09-30 16:10", {"to": "technician"}),
        ("technician accept", "2026-09-30 16:15"),
    )
    by = desk.house.by("technician")
    act = by.act(now=at(when))
    return take_job_step(number=request.number, step="resolve", act=act, by=by, words="好了。", door=door)


@pytest.fixture
def month(desk: Desk) -> list[Request]:
    """Four done, one of them late, one come back, one withdrawn; one of the next month; one of somebody else."""
    door = AtTheDoor([Material("=1+1", 2000, "piece", 3550)])
    cases = [done(desk, words=EVIL, door=door), done(desk), done(desk), done(desk, when="2026-10-30 17:00")]
    desk.step(cases[1], "owner send_back", "2026-09-30 17:10")
    desk.step(cases[2], "frontdesk withdraw", "2026-09-30 17:10")
    other = done(desk)
    Request.objects.filter(pk=other.pk).update(score=5)
    return [*cases, other]


def test_the_figures_of_a_month(month: list[Request], house: House) -> None:
    found = month_summary(month_of(house.by("technician"), month_said("2026-09")))
    assert {name: found[name] for name in found if name != "jobs"} == {
        "month": "2026-09", "done": 3, "on_time": 3, "reworks": 1, "praise": 0, "best_ratings": 1, "materials_fen": 7100,
    }  # fmt: skip
    october = month_summary(month_of(house.by("technician"), month_said("2026-10")))
    assert (october["done"], october["on_time"]) == (1, 0)
    assert month_summary(month_of(house.by("security"), month_said("2026-09")))["done"] == 0


def test_the_page_and_the_workbook(month: list[Request]) -> None:
    phone = Client()
    phone.force_login(Account.objects.get(login="technician"))
    with clock.standing_at(NOW):
        page = phone.get("/field/month/").content.decode()
        answer = phone.get("/field/month/2026-09.xlsx")
    assert "71.00" in page
    assert phone.get("/field/month/?month=nonsense").status_code == 404

    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    jobs, used = (book.get_sheet_by_name(name).to_python() for name in ("活", "材料"))
    assert (jobs[1][5], used[1][2:]) == (EVIL, ["=1+1", 2.0, "个", 35.5, 71.0])
    assert b"<f>" not in answer.content


def test_a_complaint_that_names_who_looks_is_not_in_their_month(desk: Desk, house: House) -> None:
    case = desk.go(
        desk.register("complaint", "2026-09-30 16:00"),
        ("frontdesk classify", "2026-09-30 16:05", {"trade": "repair"}),
        ("cs_supervisor dispatch", "2026-09-30 16:10", {"to": "technician"}),
        ("technician accept", "2026-09-30 16:15"),
        ("technician resolve", "2026-09-30 16:30"),
        ("owner send_back", "2026-09-30 16:40"),
        ("cs_supervisor dispatch", "2026-09-30 16:45", {"to": "security"}),
    )
    month = month_said("2026-09")
    assert month_summary(month_of(house.by("technician"), month))["done"] == 1
    desk.step(case, "cs_supervisor correct", "2026-09-30 16:50", named="technician")
    assert month_summary(month_of(house.by("technician"), month))["done"] == 0
