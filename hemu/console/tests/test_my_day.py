"""My day: what lies with oneself or one's post, late, today and this week, each with the button that starts it."""

import re
from typing import Any

import pytest

from hemu.access.tests.house import House, at, client, standing_at
from hemu.console.web.my_day import my_day
from hemu.dispatching.models import Absence
from hemu.duties.models import Duty
from hemu.duty_calendar.queries import owed_by
from hemu.infra.identity import new_id
from hemu.infra.web.starts import start_for
from hemu.service_requests.tests.desk import Desk
from hemu.sop.register import load_register

NOW = at("2026-11-09 09:00")
SORTED = {"trade": "cleaning", "nature": "routine", "urgency": "urgent"}
standing = standing_at(NOW, autouse=True)


def owed(house: House, role: str, due: str, clause: str = "HO-02", **more: Any) -> Duty:
    made = Duty(
        **{
            "id": new_id(NOW), "key": new_id(NOW).hex, "clause": clause, "book": house.community.book,
            "office": house.office, "subject": f"clause:{clause}:x", "role": role, "start_at": at("2026-11-01 00:00"),
            "due_at": at(due),
        } | more
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def test_whose_it_is_and_when(house: House) -> None:
    steward, technician = house.by("steward"), house.by("technician")
    owed(house, "steward", "2026-11-08 18:00")
    owed(house, "steward", "2026-11-09 18:00")
    owed(house, "steward", "2026-11-15 23:59")
    owed(house, "steward", "2026-11-16 00:00")  # not this week
    owed(house, "steward", "2026-11-09 18:00", staff_id=technician.staff_id)  # lies with somebody else
    owed(house, "steward", "2026-11-09 18:00", office=house.other_office, book=house.elsewhere.book)
    owed(house, "frontdesk", "2026-11-09 12:00", staff_id=steward.staff_id)
    days = {who.login: [(g["key"], g["count"]) for g in my_day(who, NOW)] for who in (steward, technician)}
    assert days == {
        "steward": [("late", 1), ("today", 2), ("week", 1)],
        "technician": [("today", 1)],
    }
    assert my_day(house.by("nobody"), NOW) == []


def test_what_a_post_of_the_company_owes_anywhere(house: House) -> None:
    owed(house, "company_leader", "2026-11-09 18:00")
    owed(house, "company_leader", "2026-11-09 18:00", office=house.other_office, book=house.elsewhere.book)
    assert len(owed_by(house.by("company_leader"), until=at("2026-11-09 23:59"), most=9)) == 2
    assert owed_by(house.by("office_director"), until=at("2026-11-09 23:59"), most=9) == []


def test_who_stands_in_sees_what_the_other_owes(house: House) -> None:
    owed(house, "steward", "2026-11-09 18:00")
    owed(house, "technician", "2026-11-09 18:00", staff_id=house.by("steward").staff_id)
    supervisor = house.by("cs_supervisor")
    assert my_day(supervisor, NOW) == []
    away = {"office": house.office, "staff_id": house.by("steward").staff_id}
    Absence.objects.create(
        id=new_id(NOW), stand_in_id=supervisor.staff_id, since=NOW.date(), until=NOW.date(), **away
    )
    assert [(g["key"], g["count"]) for g in my_day(supervisor, NOW)] == [("today", 2)]
    assert my_day(supervisor, at("2026-11-10 09:00")) == []


def test_each_has_the_button_that_starts_it(house: House) -> None:
    """A case not yet so far is started with the step that comes next; what is kept by hand, with its form."""
    desk = Desk(house)
    case = desk.register("complaint", "2026-11-09 08:50")
    by_hand = owed(house, "frontdesk", "2026-11-09 18:00")
    page = client("frontdesk").get("/").content.decode()
    mine = page[page.index('id="mine"') :]
    buttons = dict(re.findall(r'<a class="btn btn-small" href="([^"]*)">(.*?)</a>', mine))
    assert buttons[f"/duties/{by_hand.id}/"] == "交凭据"
    assert buttons[f"/requests/{case.number}/#step-classify"] == "分类"
    assert "示例业主" not in mine


@pytest.mark.parametrize(
    ("clause", "subject", "words", "url"),
    [
        ("RQ-13", "review:x", "去盘点", "/wall/review/"),
        ("RQ-27", "channels:019b8bab068070fb0ab78d88a00690e9:2026-11", "去检查",
         "/channels/?community=019b8bab-0680-70fb-0ab7-8d88a00690e9"),
        ("RQ-31", "issue:019b8bab068070fb0ab78d88a00690e9", "去告知", "/matters/019b8bab-0680-70fb-0ab7-8d88a00690e9/"),
        ("RQ-24", "report:RQ-24:019b8bab068070fb0ab78d88a00690e9:2026-W46", "写报告",
         "/reports/complaints-week/?community=019b8bab-0680-70fb-0ab7-8d88a00690e9&period=2026-W46"),
        ("RV-03", "request:HHY-2026-00001", "去回访", "/requests/HHY-2026-00001/"),
    ],
)  # fmt: skip
def test_rooms_say_where_their_evidence_begins(clause: str, subject: str, words: str, url: str) -> None:
    start = start_for(load_register().clause(clause).evidence_rule.kinds())
    assert start is not None
    assert (str(start.words), start.url(subject)) == (words, url)
