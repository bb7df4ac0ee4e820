"""Attained against required: the rates of a month (RQ-17, RQ-29, RQ-30), frozen when it is closed, corrected beside."""

import argparse
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at, client, found_house, standing_at
from hemu.estate.operations import switch_clauses
from hemu.figures.management.cli import COMMANDS
from hemu.figures.models import FrozenFigure
from hemu.figures.operations import freeze_closed
from hemu.figures.queries import Figure, figures_of, month_of
from hemu.figures.rules import digest_of
from hemu.infra.command import as_json
from hemu.ledger.models import Entry
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk

CLOSED = at("2026-10-06 09:00")
standing = standing_at(CLOSED)


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def complaint(desk: Desk, *, resolved: str = "", when: str = "2026-09-21 10:00") -> Request:
    case = desk.register("complaint", when)
    case = desk.step(case, "frontdesk classify", when)
    return desk.step(case, "steward resolve", resolved) if resolved else case


def figures(house: House, now: str = "2026-09-30 18:00", month: str = "2026-09") -> dict[str, Figure]:
    period = month_of(house.community, month, now=at(now))
    return {each.clause.id: each for each in figures_of(house.community, period, now=at(now))}


def said(figure: Figure) -> tuple[str, int, int, str]:
    return figure.required, figure.met, figure.cohort, figure.stands


def test_what_is_open_counts_against(house: House, desk: Desk) -> None:
    done, left = complaint(desk, resolved="2026-09-21 16:00"), complaint(desk)
    assert said(figures(house)["RQ-29"]) == ("100%", 1, 2, "running")
    assert figures(house)["RQ-29"].members == {done.subject: True, left.subject: False}
    assert said(figures(house, "2026-10-06 00:00")["RQ-29"]) == ("100%", 1, 2, "missed")
    assert said(figures(house)["RQ-30"]) == ("5%", 0, 0, "nothing")


def test_a_closed_month_is_frozen_with_its_list_and_never_changes(house: House, desk: Desk) -> None:
    done, left = complaint(desk, resolved="2026-09-21 16:00"), complaint(desk)
    assert freeze_closed("2026-09", now=at("2026-10-05 23:59")) == 0  # day 5 is not over
    assert freeze_closed("2026-09", now=CLOSED) == 1
    assert freeze_closed("2026-09", now=CLOSED) == 0
    entry = Entry.objects.get(kind="figure.frozen")
    digest = digest_of([done.subject], [left.subject])
    assert entry.facts == {"clause": "RQ-29", "period": "2026-09", "met": 1, "cohort": 2, "digest": digest}
    assert (entry.actor, entry.book_id) == ("system", house.community.book_id)
    desk.step(left, "steward resolve", "2026-10-06 10:00")
    figure = figures(house, "2026-10-06 11:00")["RQ-29"]
    assert (figure.met, figure.cohort, figure.stands, figure.changed) == (2, 2, "missed", True)
    assert figure.frozen is not None
    assert (figure.frozen.met, figure.frozen.entry) == (1, entry.id)
    assert FrozenFigure.objects.get().members == {"met": [done.subject], "unmet": [left.subject]}
    assert freeze_closed("2026-09", now=at("2026-10-07 09:00")) == 0


def test_a_quota_kept_by_hand_says_what_it_asks(house: House) -> None:
    switch_clauses(community=house.community, what=["VS-02"], since=CLOSED.date(), on=True, now=CLOSED)
    figure = figures(house, "2026-10-06 18:00", "2026-11")["VS-02"]
    assert (figure.required, figure.by_hand, figure.stands) == ("1", True, "nothing")


@pytest.mark.usefixtures("standing")
def test_pages_show_the_figure_and_the_list(house: House, desk: Desk) -> None:
    done, left = complaint(desk, resolved="2026-09-21 16:00"), complaint(desk)
    freeze_closed("2026-09", now=CLOSED)
    desk.step(left, "steward resolve", "2026-10-06 08:00")
    browser, asked = client("cs_supervisor"), f"month=2026-09&community={house.community.id}"
    page = browser.get(f"/figures/?{asked}").content.decode()
    assert ("50%" in page, "没达到" in page, "2 / 2" in page) == (True, True, True)
    page = browser.get(f"/figures/RQ-29/?{asked}").content.decode()
    assert (done.number in page, left.number in page, "定数以后的更正" in page) == (True, True, True)
    assert browser.get("/figures/RQ-01/").status_code == 404
    sheet = browser.get(f"/figures/sheet/?{asked}")
    assert (sheet.status_code, sheet.content[:2]) == (200, b"PK")


@pytest.mark.usefixtures("standing")
def test_who_is_let_in(house: House) -> None:
    for role, held in PERMISSIONS_OF.items():
        for page in ("/figures/", "/figures/RQ-29/", "/figures/evidence/"):
            assert client(role).get(page).status_code == (200 if "figure.view" in held else 403)
        assert client(role).get("/figures/recalls/").status_code == (
            200 if "evidence.recall" in held else 403
        )


@pytest.mark.usefixtures("standing")
def test_the_page_asks_the_same_of_one_and_three(house: House, desk: Desk) -> None:
    def statements() -> int:
        browser, address = client("cs_supervisor"), f"/figures/?month=2026-09&community={house.community.id}"
        browser.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        return len(seen)

    complaint(desk)
    one = statements()
    complaint(desk)
    complaint(desk)
    assert statements() == one


def test_by_command(house: House, desk: Desk) -> None:
    left = complaint(desk)
    command = next(each for each in COMMANDS if each.name == "show")
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    options = parser.parse_args(["--community", "和风花园", "--month", "2026-09"])
    options.now = CLOSED
    found: dict[str, Any] = json.loads(as_json(command.run(options)))
    item = next(each for each in found["items"] if each["clause"] == "RQ-29")
    assert (item["met"], item["cohort"], item["state"], item["unmet"]) == (0, 1, "missed", [left.subject])
