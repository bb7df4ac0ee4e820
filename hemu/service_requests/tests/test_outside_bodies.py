"""A case of an outside body: its own number, once; its own due time, which rules where it is the earlier one."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemu.access.models import Account
from hemu.access.tests.house import House, at
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.service_requests.models import Request
from hemu.service_requests.operations.outside import Outside
from hemu.service_requests.tests.desk import Desk, duties, entries, written

SOON, LONG = "2026-09-30 20:00", "2026-11-30 12:00"


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (SOON, "2026-09-30T20:00:00+08:00"),
        (LONG, "2026-10-01T16:00:00+08:00"),
        ("", "2026-10-01T16:00:00+08:00"),
    ],
    ids=["theirs is earlier", "ours is earlier", "they set none"],
)
def test_the_earlier_due_time_rules(desk: Desk, due: str, expected: str) -> None:
    case = desk.register(outside=Outside.read("hotline", "G-1", due))
    assert duties(case)["RQ-18"] == ("open", expected)
    desk.step(case, "frontdesk classify", "2026-09-30 16:10", urgency="urgent")
    assert duties(case)["RQ-18"] == ("open", expected)


def test_noted_later_it_shortens_what_is_open_and_outlives_a_new_sorting(desk: Desk) -> None:
    case = desk.register("inquiry")
    before = duties(case)["RQ-06"]
    desk.step(
        case,
        "frontdesk outside",
        "2026-09-30 16:05",
        body="hotline",
        outside_number="G-1",
        outside_due_at=SOON,
    )
    assert before == ("open", "2026-10-10T23:59:59+08:00")
    assert duties(case)["RQ-06"] == ("open", "2026-09-30T20:00:00+08:00")
    desk.step(case, "frontdesk classify", "2026-09-30 16:10", type="complaint")
    desk.step(case, "frontdesk resort", "2026-09-30 16:20", type="repair_public", limit="fitting")
    assert duties(case, "open")["RQ-06"] == ("open", "2026-09-30T20:00:00+08:00")


def test_a_number_of_theirs_is_known_once(desk: Desk) -> None:
    first = desk.register(outside=Outside.read("hotline", "G-1", ""))
    desk.register(outside=Outside.read("street", "G-1", ""))
    second = desk.register(outside=Outside.read("hotline", "", ""))
    before = written()
    with pytest.raises(RuleViolation) as refused:
        desk.register(outside=Outside.read("hotline", "G-1", ""))
    assert (refused.value.code, refused.value.params) == ("outside.duplicate", {"number": first.number})
    with pytest.raises(RuleViolation, match=r"outside\.duplicate"):
        desk.step(second, "frontdesk outside", "2026-09-30 16:05", body="hotline", outside_number="G-1")
    with pytest.raises(RuleViolation, match=r"outside\.no_body"):
        Outside.read("", "G-2", "")
    assert written() == before


def test_a_case_that_names_the_writer_is_not_named_to_them(desk: Desk) -> None:
    desk.register("complaint", outside=Outside.read("hotline", "G-1", ""), named=["frontdesk"])
    with pytest.raises(RuleViolation) as refused:
        desk.register(outside=Outside.read("hotline", "G-1", ""))
    assert (refused.value.code, refused.value.params) == ("outside.duplicate_elsewhere", {})


def test_referring_names_the_body(desk: Desk) -> None:
    case = desk.step(desk.register(), "frontdesk classify", "2026-09-30 16:10")
    with pytest.raises(RuleViolation, match=r"refer\.no_body"):
        desk.step(case, "steward refer", "2026-09-30 16:20")
    desk.step(case, "steward refer", "2026-09-30 16:20", to="街道办")
    words = entries(case)[-1].words_row.words
    assert words == {"reason": "写明。", "to": "街道办"}


def test_judged_not_valid_needs_its_reason(desk: Desk) -> None:
    case = desk.register()
    with pytest.raises(RuleViolation, match=r"judge\.needs_reason"):
        desk.step(case, "steward judge", "2026-09-30 16:20", words="", valid="false")
    desk.step(case, "steward judge", "2026-09-30 16:20", words="", valid="true")


def test_at_the_desk_and_in_the_list(desk: Desk, house: House) -> None:
    desk.register()
    browser = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    browser.force_login(Account.objects.get(login="frontdesk"))
    with clock.standing_at(at("2026-09-30 17:00")):
        form: dict[str, Any] = {
            "community": str(house.community.id), "type": "complaint", "text": "热线转来：夜里施工", "channel": "phone",
            "outside_body": "hotline", "outside_number": "G-9", "outside_due_at": "2026-10-01T12:00", "key": "a",
        }  # fmt: skip
        made = browser.post(reverse("register"), form)
        case = Request.objects.get(outside_number="G-9")
        assert made.url == reverse("request", args=[case.number])  # type: ignore[attr-defined]
        assert (case.outside_body, case.outside_due_at) == ("hotline", at("2026-10-01 12:00"))
        again = browser.post(reverse("register"), form | {"key": "b"})
        assert (again.status_code, "已经登记过" in again.content.decode()) == (422, True)
        for body, found in (("hotline", True), ("any", True), ("street", False)):
            html = browser.get(f"{reverse('requests')}?body={body}").content.decode()
            assert ("12345 热线 G-9" in html) is found
        assert "12345 热线" in browser.get(reverse("request", args=[case.number])).content.decode()


def test_the_command_prints_it(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    from hemu.service_requests.queries import summary_of

    case = desk.register(outside=Outside.read("court", "(2026)粤01", LONG))
    printed = json.loads(json.dumps(summary_of(case)))["outside"]
    assert printed == {"body": "court", "number": "(2026)粤01", "due": "2026-11-30T12:00:00+08:00"}
