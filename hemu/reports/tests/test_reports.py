"""The month's report on return visits (RV-07) and the year's plan (RV-05) are owed, counted, published."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemu.access.models import Account
from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.ledger.models import Entry
from hemu.reports.operations import approve_plan
from hemu.reports.queries import period_at
from hemu.reports.queries_visits import visit_figures
from hemu.reports.tasks import look_around
from hemu.reports.tests.conftest import OCTOBER, owed, publish
from hemu.return_visits.tests.conftest import HEARD, Visitors

PAGE = "/reports/return-visits/"


def september(house: House, desk: Visitors) -> None:
    for _ in range(2):
        desk.repaired()
    desk.ask(desk.visit(desk.repaired()), "steward done", "2026-09-30 17:00", **HEARD)
    desk.ask(
        desk.visit(desk.repaired()), "steward done", "2026-10-09 09:00", **{**HEARD, "result": "unsatisfied"}
    )


def test_the_figures_of_a_month(house: House, desk: Visitors) -> None:
    september(house, desk)

    def figures(moment: str) -> dict[str, int]:
        return visit_figures(house.community, period_at(house.community, "month", at(moment))).plain()

    assert {name: count for name, count in figures("2026-09-30 12:00").items() if count} == {
        "opened": 4, "done": 2, "in_time": 1, "waiting": 2, "satisfied": 1, "unsatisfied": 1,
    }  # fmt: skip
    assert set(figures(OCTOBER).values()) == {0}


def test_it_is_owed_where_there_were_visits_and_met_by_publishing(house: House, desk: Visitors) -> None:
    look_around(at("2026-09-29 10:00"))
    assert owed("RV-07") == []
    september(house, desk)
    look_around(at("2026-09-30 18:00"))
    assert owed("RV-07") == [("2026-09", "2026-10-05T23:59:59+08:00", "open")]
    entry = publish(house, "return-visits", "2026-09-15 10:00", now=OCTOBER)
    assert (entry.kind, entry.facts["kind"], entry.facts["period"], entry.facts["figures"]["opened"]) == (
        "report.published", "repair_return_visits", "2026-09", 4,
    )  # fmt: skip
    assert owed("RV-07") == [("2026-09", "2026-10-05T23:59:59+08:00", "fulfilled, late")]


def test_the_plan_is_owed_in_january(house: House, desk: Visitors) -> None:
    september(house, desk)
    look_around(at(OCTOBER))
    assert owed("RV-05") == []
    look_around(at("2027-01-04 10:00"))
    assert owed("RV-05") == [("2027", "2027-01-31T23:59:59+08:00", "open")]
    by = house.by("office_director")
    approve_plan(
        community=house.community,
        year=2027,
        by=by,
        act=by.act(now=at("2027-01-05 10:00")),
        words="每月十户。",
    )
    assert owed("RV-05")[0][2] == "fulfilled"


@pytest.mark.parametrize(
    ("given", "code"),
    [({"words": " "}, "report.no_words"), ({"words": "长" * 5001}, "report.too_long"),
     ({"on": "2026-10-02 10:00"}, "report.not_over"), ({"login": "steward"}, "access.denied"),
     ({"login": "elsewhere"}, "access.denied"),
     ({"slug": "complaints-month", "measures": " "}, "report.no_measures"),
     ({"slug": "complaints-week", "on": "2026-10-15 10:00"}, "report.not_begun")],
)  # fmt: skip
def test_what_is_refused(house: House, given: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        publish(house, **{"slug": "return-visits", "on": "2026-09-15 10:00", "now": OCTOBER, **given})
    assert (refused.value.code, Entry.objects.filter(kind="report.published").count()) == (code, 0)


@pytest.mark.usefixtures("standing")
def test_the_page(house: House, desk: Visitors) -> None:
    september(house, desk)

    def client(login: str) -> Client:
        browser = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
        browser.force_login(Account.objects.get(login=login))
        return browser

    form = {"community": str(house.community.id), "period": "2026-09", "text": "换了供应商。", "key": "1"}
    for role, held in PERMISSIONS_OF.items():
        may = 200 if "report.view" in held else 403
        assert [client(role).get(address).status_code for address in ("/reports/", PAGE)] == [may, may]
        if "report.publish" not in held:
            assert client(role).post(f"{PAGE}publish/", form).status_code == 403
    refused = client("cs_supervisor").post(f"{PAGE}publish/", {**form, "text": "", "key": "0"})
    assert (refused.status_code, "写上几句再发布" in refused.content.decode()) == (422, True)
    done = client("cs_supervisor").post(f"{PAGE}publish/", form)
    assert done.status_code == 302
    assert "换了供应商。" in client("quality").get(done.headers["Location"]).content.decode()
    plan = {**form, "text": "每月十户。", "key": "2"}
    assert client("cs_supervisor").post(f"{PAGE}plan/", plan).status_code == 403
    assert client("office_director").post(f"{PAGE}plan/", plan).status_code == 302
    shown = client("steward").get(f"{PAGE}?community={house.community.id}").content.decode()
    assert "每月十户。" in shown


def test_the_list_asks_for_as_much_with_three(house: House, desk: Visitors) -> None:
    client = Client()
    client.force_login(Account.objects.get(login="cs_supervisor"))

    def asked() -> int:
        with clock.standing_at(at(OCTOBER)), CaptureQueriesContext(connection) as found:
            assert client.get("/reports/").status_code == 200
        return len(found)

    september(house, desk)
    look_around(at("2026-09-30 18:00"))
    asked()
    one = asked()
    publish(house, "return-visits", "2026-09-15 10:00", now=OCTOBER)
    publish(house, "return-visits", "2026-10-01 10:00", now="2026-11-02 10:00")
    assert asked() == one
