"""Calls taken within three rings, missed ones returned (RQ-19); the channels checked each month (RQ-27)."""

import argparse
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at, client, found_house, standing_at
from hemu.contact_channels.management.cli import COMMANDS
from hemu.contact_channels.models import Call
from hemu.contact_channels.operations import explain_call, note_call, return_call
from hemu.contact_channels.rules import CHECKED, check_findings, check_rings, rings_of
from hemu.contact_channels.tasks import look_around
from hemu.duties.models import Duty
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.moments import iso_local
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.service_requests.tests.desk import Desk

NOW = "2026-09-28 10:00"
GOOD = dict.fromkeys(CHECKED, "good")


@pytest.fixture
def house(db: None) -> House:
    return found_house()


standing = standing_at(at(NOW))


def call(house: House, login: str = "frontdesk", when: str = NOW, **more: Any) -> Call:
    by = house.by(login)
    asked = {"phone": "199 0000 1234", "rings": 2, "answered": True, "about": "问停车费。", **more}
    return note_call(office=house.office, by=by, act=by.act(now=at(NOW), at=at(when)), **asked)


def said() -> list[tuple[str, dict[str, Any], str]]:
    rows = Entry.objects.filter(kind__startswith="call.").order_by("seq")
    return [(each.kind, each.facts, each.proof) for each in rows]


@pytest.mark.parametrize(("rings", "in_time"), [(1, True), (3, True), (4, False), (99, False)])
def test_three_rings(rings: int, in_time: bool) -> None:
    assert check_rings(rings) is in_time


@pytest.mark.parametrize("rings", [0, -1, 100])
def test_what_nobody_counts(rings: int) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_rings(rings)
    assert refused.value.code == "call.rings"


@pytest.mark.parametrize(("seconds", "rings"), [(0, 1), (1, 1), (5, 1), (6, 2), (15, 3), (16, 4)])
def test_rings_of_a_time(seconds: int, rings: int) -> None:
    assert rings_of(seconds) == rings


@pytest.mark.parametrize(
    ("found", "words", "code"),
    [({}, "", "channel.not_checked"), ({**GOOD, "web": ""}, "", "channel.not_checked"),
     ({**GOOD, "web": "fine"}, "", "channel.unknown_finding"), ({**GOOD, "web": "slow"}, " ", "channel.needs_measure"),
     ({**GOOD, "web": "slow"}, "长" * 2001, "channel.too_long")],
)  # fmt: skip
def test_what_is_no_check(found: dict[str, str], words: str, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_findings(found, words)
    assert refused.value.code == code


def test_a_call_taken_is_marked_and_registered(house: House) -> None:
    request = Desk(house).register("complaint", "2026-09-28 09:55")
    call(house, request=request.number, about="")
    call(house, when="2026-09-28 09:00", phone="19900009999", rings=4)
    assert said() == [
        ("call.answered", {"rings": 2, "in_time": True, "known": True, "request": request.number}, "word"),
        ("call.answered", {"rings": 4, "in_time": False, "known": False}, "word"),
    ]


def test_a_missed_call_stays_until_somebody_is_reached(house: House) -> None:
    missed = call(house, answered=False, about="")
    by = house.by("frontdesk")
    for minutes, reached, about in ((5, False, ""), (35, True, "水管漏水。")):
        act = by.act(now=at(f"2026-09-28 10:{minutes:02}"))
        return_call(call=missed.id, by=by, act=act, reached=reached, about=about)
    assert said()[1:] == [
        ("call.returned", {"minutes": 5, "reached": False}, "word"),
        ("call.returned", {"minutes": 35, "reached": True}, "word"),
    ]
    with pytest.raises(RuleViolation) as refused:
        return_call(
            call=missed.id, by=by, act=by.act(now=at("2026-09-28 11:00")), reached=True, about="又打。"
        )
    assert refused.value.code == "call.returned_already"


def imported(house: House) -> Call:
    by = house.by("frontdesk")
    act = by.act(now=at(NOW), at=at("2026-09-28 08:00"), proof=Proof.DEVICE)
    return note_call(office=house.office, by=by, act=act, phone="19900001234", rings=2, answered=True)


def test_what_a_call_was_about_is_said_afterwards(house: House) -> None:
    case = Desk(house).register("complaint", "2026-09-28 09:55")
    named, told, missed = (
        imported(house),
        call(house, phone="19900005678", about="问停车费。"),
        call(house, phone="19900005679", answered=False, about=""),
    )
    refusals: list[tuple[str, Call, dict[str, str], str]] = [
        ("steward", named, {"about": " "}, "call.about_nothing"), ("elsewhere", named, {"about": "问路。"}, "call.not_found"),
        ("technician", named, {"about": "问路。"}, "call.not_found"), ("steward", told, {"about": "问路。"}, "call.explained_already"),
        ("steward", missed, {"about": "问路。"}, "call.not_taken"),
        ("steward", named, {"request": "HFHY-2026-00009"}, "request.not_found"),
        ("steward", named, {"about": "长" * 2001}, "channel.too_long"),
    ]  # fmt: skip
    before = len(said())
    for login, asked, given, code in refusals:
        by = house.by(login)
        with pytest.raises(RuleViolation) as refused:
            explain_call(call=asked.id, by=by, act=by.act(now=at(NOW)), **given)
        assert (refused.value.code, len(said())) == (code, before)
    by = house.by("steward")
    explain_call(call=named.id, by=by, act=by.act(now=at(NOW)), request=case.number, about="催一件事。")
    assert said()[before:] == [("call.explained", {"request": case.number}, "word")]
    named.refresh_from_db()
    assert (named.about, named.request_id, named.staff_id) == (
        "催一件事。",
        case.id,
        house.by("frontdesk").staff_id,
    )
    with clock.standing_at(at(NOW)):
        page = client("frontdesk").get("/calls/").content.decode()
    assert ("补记 示例steward" in page, "补记为什么事" in page) == (True, False)


@pytest.mark.usefixtures("standing")
def test_it_is_said_on_the_page(house: House) -> None:
    lacking, desk = imported(house), client("frontdesk")
    assert "补记为什么事" in desk.get("/calls/").content.decode()
    address, form = f"/calls/{lacking.id}/about/", {"about": "问费用。", "key": "a"}
    assert client("technician").post(address, form).status_code == 403
    assert client("elsewhere").post(address, form).status_code == 404
    assert desk.post(address, {**form, "about": " ", "key": "b"}).status_code == 422
    assert [desk.post(address, form).status_code for _again in (1, 2)] == [302, 302]
    assert [kind for kind, *_ in said()] == ["call.answered", "call.explained"]
    page = desk.get("/calls/").content.decode()
    assert ("问费用。" in page, "没有登记为什么事" in page) == (True, False)


def test_a_refusal_writes_nothing(house: House) -> None:
    refusals: list[tuple[str, dict[str, Any], str]] = [
        ("steward", {"about": " "}, "call.about_nothing"), ("technician", {}, "access.denied"),
        ("elsewhere", {}, "access.denied"), ("frontdesk", {"request": "HFHY-2026-00009"}, "request.not_found"),
        ("frontdesk", {"rings": 0}, "call.rings"),
    ]  # fmt: skip
    for login, more, code in refusals:
        with pytest.raises(RuleViolation) as refused:
            call(house, login, **more)
        assert refused.value.code == code
    assert (Call.objects.count(), Entry.objects.count()) == (0, 0)


def test_what_a_telephone_system_recorded(house: House, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    head = "时间,号码,振铃秒数,接通,坐席\n"
    lines = "2026-09-28 08:00,19900001234,12,是,steward\n2026-09-28 08:05,19900005678,40,否,\n"
    file.write_text(head + lines, encoding="utf-8")

    def read() -> Any:
        command = next(each for each in COMMANDS if each.name == "import")
        parser = argparse.ArgumentParser()
        command.arguments(parser)
        options = parser.parse_args([str(file), "--office", "和风管理处", "--by", "frontdesk"])
        options.now = at(NOW)
        return command.run(options)

    assert (read(), read()) == ({"read": 2, "new": 2}, {"read": 2, "new": 0})
    assert said() == [
        ("call.answered", {"rings": 3, "in_time": True, "known": True}, "device"),
        ("call.missed", {"rings": 8, "known": False}, "device"),
    ]
    file.write_text("时间,号码,接通\n2026-09-28 08:00,1,是\n", encoding="utf-8")
    with pytest.raises(RuleViolation) as refused:
        read()
    assert refused.value.code == "call.no_such_column"


@pytest.mark.usefixtures("standing")
def test_the_page_of_calls(house: House) -> None:
    form = {
        "office": str(house.office.id),
        "phone": "19900001234",
        "rings": "2",
        "taken": "yes",
        "about": "问费用。",
    }
    desk = client("frontdesk")
    assert desk.post("/calls/note/", {**form, "key": "a"}).status_code == 302
    assert desk.post("/calls/note/", {**form, "about": "", "phone": "", "key": "b"}).status_code == 422
    assert (
        desk.post("/calls/note/", {**form, "taken": "no", "phone": "19900005678", "key": "c"}).status_code
        == 302
    )
    missed = Call.objects.get(answered=False)
    assert "漏接，要回拨" in desk.get("/").content.decode()
    page = desk.get("/calls/").content.decode()
    assert ("示例业主" in page, "100%" in page, "19900001234" in page) == (True, True, False)
    back = {"reached": "yes", "about": "回了。", "key": "d"}
    assert client("elsewhere").post(f"/calls/{missed.id}/return/", back).status_code == 404
    assert desk.post(f"/calls/{missed.id}/return/", back).status_code == 302
    assert "漏接，已回拨" in desk.get("/calls/").content.decode()


@pytest.mark.usefixtures("standing")
def test_who_is_let_in(house: House) -> None:
    for role, held in PERMISSIONS_OF.items():
        may = 200 if "call.view" in held else 403
        assert [client(role).get(each).status_code for each in ("/calls/", "/channels/")] == [may, may]
        if "call.keep" not in held:
            assert client(role).post("/calls/note/", {}).status_code == 403
        if "channel.check" not in held:
            assert client(role).post("/channels/check/", GOOD).status_code == 403


def owed() -> list[tuple[str, str | None, str, bool]]:
    rows = Duty.objects.filter(clause="RQ-27").order_by("due_at")
    return [
        (each.subject.rpartition(":")[2], iso_local(each.due_at), str(each.state), each.is_late)
        for each in rows
    ]


def test_the_check_is_owed_where_owners_have_written(house: House) -> None:
    assert look_around(at("2026-09-01 09:00")) == 0
    Desk(house).register("inquiry", "2026-09-01 10:00")
    assert (look_around(at("2026-09-02 09:00")), look_around(at("2026-09-02 09:10"))) == (1, 0)
    assert owed() == [("2026-09", "2026-09-30T23:59:59+08:00", "open", False)]
    assert look_around(at("2026-10-31 10:00")) == 0  # the last working day is over: nothing begins red
    assert look_around(at("2026-11-02 10:00")) == 1


@pytest.mark.parametrize(("when", "late"), [("2026-09-30 23:00", False), ("2026-10-01 00:00", True)])
def test_a_check_in_time_and_late(house: House, when: str, late: bool) -> None:
    """While September's is open, it is September's that is signed, on the first of October too."""
    Desk(house).register("inquiry", "2026-09-01 10:00")
    look_around(at("2026-09-02 09:00"))
    address = f"/channels/?community={house.community.id}"
    form = {
        **GOOD,
        "community": str(house.community.id),
        "web": "slow",
        "words": "王工每天看两次。",
        "key": "a",
    }
    with clock.standing_at(at(when)):
        supervisor = client("cs_supervisor")
        assert supervisor.post("/channels/check/", {**form, "words": "", "key": "b"}).status_code == 422
        assert supervisor.post("/channels/check/", form).status_code == 302
        page = client("quality").get(address).content.decode()
    assert ("王工每天看两次。" in page, "处理不及时" in page) == (True, True)
    checked = Entry.objects.get(kind="channel.checked")
    assert checked.facts == {"period": "2026-09", "channels": {**GOOD, "web": "slow"}}
    assert owed() == [("2026-09", "2026-09-30T23:59:59+08:00", "fulfilled", late)]


@pytest.mark.usefixtures("standing")
def test_the_pages_ask_the_same_of_one_and_three(house: House) -> None:
    def statements() -> list[int]:
        browser, found = client("cs_supervisor"), []
        for address in ("/calls/", f"/channels/?community={house.community.id}"):
            browser.get(address)
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(address).status_code == 200
            found.append(len(seen))
        return found

    desk = Desk(house)
    desk.register("inquiry", "2026-09-21 10:00")
    call(house, when="2026-09-28 09:00")
    one = statements()
    for minute in (1, 2):
        desk.register("inquiry", f"2026-09-21 10:0{minute}")
        call(house, when=f"2026-09-28 09:0{minute}", answered=minute == 1)
    assert statements() == one
