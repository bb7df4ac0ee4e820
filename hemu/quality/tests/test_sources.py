"""What a corrective action came from: a complaint's page opens one, and whom the complaint names never sees it."""

import pytest

from hemu.access.queries_kept import kept_from
from hemu.access.tests.house import House, at, client, found_house, standing_at
from hemu.foundation.errors import RuleViolation
from hemu.messaging.queries import barred_from
from hemu.quality.models import CorrectiveAction
from hemu.quality.operations import open_action
from hemu.quality.queries import action_for, checkers_of, workers_of
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk

NOW = at("2026-09-30 17:00")
standing = standing_at(NOW, autouse=True)


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def naming(house: House, login: str) -> Request:
    desk = Desk(house)
    case = desk.register("complaint", text="前台态度很差。")
    return desk.step(case, "cs_supervisor classify", "2026-09-30 16:10", named=login)


def put_right(house: House, case: Request, to: str = "steward") -> CorrectiveAction:
    by = house.by("cs_supervisor")
    return open_action(
        community=house.community, by=by, act=by.act(now=NOW), words="接待没有站起来问好。", kind="service",
        to=house.by(to).key, do_by=at("2026-10-12 17:30"), source="request", about=case.subject,
    )  # fmt: skip


def test_whom_the_complaint_names_neither_sees_it_nor_answers_for_it(house: House) -> None:
    case = naming(house, "frontdesk")
    action, named = put_right(house, case), house.by("frontdesk")
    assert action_for(house.by("steward"), action.number) == action
    with pytest.raises(RuleViolation, match=r"action\.not_found"):
        action_for(named, action.number)
    assert (kept_from(named.staff_id) - {case.subject}, barred_from(action.subject)) == (
        {action.subject},
        {named.staff_id},
    )
    with pytest.raises(RuleViolation, match=r"action\.unknown_person"):
        put_right(house, case, "frontdesk")
    there = workers_of(house.community, on=NOW.date(), about=case.subject)
    assert (named.key in dict(there), house.by("steward").key in dict(there)) == (False, True)
    assert named.key not in checkers_of(house.community, on=NOW.date(), about=case.subject)
    for address in ("/actions/", "/actions/list/?shown=all", "/duties/", "/"):
        assert action.number not in client("frontdesk").get(address).content.decode()
    assert client("frontdesk").get(f"/actions/{action.number}/").status_code == 404


def test_a_case_opens_one_and_shows_what_became_of_it(house: House) -> None:
    case = Desk(house).register("complaint")
    page = client("cs_supervisor").get(f"/requests/{case.number}/").content.decode()
    assert f"about=request%3A{case.number}" in page
    put_right(house, case)
    page = client("cs_supervisor").get(f"/requests/{case.number}/").content.decode()
    assert ("接待没有站起来问好。" in page, "再开一项" in page) == (True, True)
    form = client("cs_supervisor").get(f"/actions/new/?source=request&about={case.subject}")
    assert f'href="/requests/{case.number}/"' in form.content.decode()
    assert client("elsewhere").get(f"/actions/new/?source=request&about={case.subject}").status_code == 404
    asked = Desk(house).register("inquiry")
    assert "about=" not in client("cs_supervisor").get(f"/requests/{asked.number}/").content.decode()
