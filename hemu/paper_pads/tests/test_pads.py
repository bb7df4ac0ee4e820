"""Reserved numbers: none is lost, none is used twice, each is found in the book."""

from typing import Any

import pytest
from django.db import transaction

from hemu.access.tests.house import House, at
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.paper_pads.models import Sheet
from hemu.paper_pads.operations import print_pad, return_sheets
from hemu.paper_pads.queries import late_entries_by_person, next_sheet, number_as_written, open_sheets, pads
from hemu.paper_pads.slips import pad_paper
from hemu.paper_pads.tests.conftest import ENTERED, PadDesk
from hemu.papers.typesetting import pictures
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import kinds

NOW = at(ENTERED)
ONE, TWO, THREE = (f"HFHY-2026-0000{serial}" for serial in (1, 2, 3))


def states() -> dict[str, str]:
    return dict(Sheet.objects.order_by("number").values_list("number", "state"))


def pad_entries() -> list[tuple[str, dict[str, Any]]]:
    rows = Entry.objects.filter(kind__startswith="pad.").order_by("seq").values_list("kind", "facts")
    return [(kind, {name: value for name, value in facts.items() if name != "pad"}) for kind, facts in rows]


def test_the_series_goes_on_behind_the_reserved_numbers(desk: PadDesk) -> None:
    assert desk.register().number == ONE
    pad = desk.reserve(3)
    assert [sheet.number for sheet in open_sheets(pad)] == [TWO, THREE, "HFHY-2026-00004"]
    assert desk.register().number == "HFHY-2026-00005"
    assert desk.type_in(THREE).number == THREE
    assert desk.register().number == "HFHY-2026-00006"
    assert pad_entries() == [
        ("pad.reserved", {"first": TWO, "last": "HFHY-2026-00004", "count": 3}),
        ("pad.used", {"number": THREE}),
    ]


def test_a_sheet_is_typed_in_with_both_times_and_the_reason(desk: PadDesk) -> None:
    desk.reserve()
    request = desk.type_in(ONE)
    entry = Entry.objects.select_related("words_row").get(kind="request.registered")
    assert (entry.at, entry.recorded_at) == (at("2026-09-30 10:00"), NOW)
    assert words_of(entry)["late_reason"] == "停电"
    assert (request.happened_at, request.first_asked_id) == (
        at("2026-09-30 10:00"),
        desk.house.by("frontdesk").staff_id,
    )
    assert states() == {ONE: "used", TWO: "open", THREE: "open"}
    assert Sheet.objects.get(number=ONE).request == request


def test_what_was_answered_on_the_spot_is_closed_in_one(desk: PadDesk) -> None:
    desk.reserve()
    request = desk.type_in(TWO, type="inquiry", answer="周三来。")
    assert (request.number, request.state, request.outcome) == (TWO, "closed", "told")
    assert kinds(request)[-1] == "request.closed"


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("HFHY-2026-00009", {}, "pad.unknown_number"),
    ("HFEQ-2026-00001", {}, "pad.unknown_number"),
    (ONE, {}, "pad.already_used"),
    (THREE, {}, "pad.returned"),
    (TWO, {"late_reason": " "}, "pad.needs_reason"),
    (TWO, {"when": "2026-09-30 08:59"}, "pad.before_reserved"),
    (TWO, {"when": "2026-10-08 10:00"}, "entry.in_future"),
    (TWO, {"text": " "}, "request.no_words"),
    (TWO, {"type": "repair_home", "answer": "来了。"}, "answer.needs_work"),
    (TWO, {"login": "technician"}, "access.denied"),
    (TWO, {"login": "elsewhere"}, "access.denied"),
]


@pytest.mark.parametrize(("number", "more", "code"), REFUSED)
def test_a_refused_sheet_writes_nothing(desk: PadDesk, number: str, more: dict[str, Any], code: str) -> None:
    pad, by = desk.reserve(), desk.house.by("frontdesk")
    desk.type_in(ONE)
    return_sheets(pad=pad, numbers=[THREE], reason="写坏了", by=by, act=by.act(now=NOW))
    before = (states(), Entry.objects.count(), Request.objects.count())
    with pytest.raises(RuleViolation) as refused, transaction.atomic():
        desk.type_in(number, **more)
    assert refused.value.code == code
    assert (states(), Entry.objects.count(), Request.objects.count()) == before


def test_a_number_of_another_community_is_refused(desk: PadDesk) -> None:
    desk.reserve()
    with pytest.raises(RuleViolation) as refused, transaction.atomic():
        desk.type_in(ONE, community=desk.house.second, home=None)
    assert (refused.value.code, refused.value.params["community"]) == ("pad.other_community", "和风花园")
    assert states()[ONE] == "open"


def test_numbers_are_given_back_with_a_reason_and_never_used_again(desk: PadDesk) -> None:
    pad, by = desk.reserve(), desk.house.by("frontdesk")
    assert return_sheets(pad=pad, numbers=[TWO, THREE, TWO], reason="写坏了", by=by, act=by.act(now=NOW)) == 2
    assert states() == {ONE: "open", TWO: "returned", THREE: "returned"}
    assert pad_entries()[-1] == ("pad.returned", {"numbers": [TWO, THREE]})
    assert desk.register().number == "HFHY-2026-00004"
    entry = Entry.objects.select_related("words_row").get(kind="pad.returned")
    assert words_of(entry) == {"reason": "写坏了"}


RETURNS: list[tuple[list[str], str, str, str]] = [
    ([ONE], "写坏了", "frontdesk", "pad.not_open"),
    (["HFHY-2026-00009"], "写坏了", "frontdesk", "pad.not_open"),
    ([], "写坏了", "frontdesk", "pad.nothing_to_return"),
    ([TWO], "", "frontdesk", "pad.needs_reason"),
    ([TWO], "写坏了", "technician", "access.denied"),
]


@pytest.mark.parametrize(("numbers", "reason", "login", "code"), RETURNS)
def test_what_cannot_be_given_back(
    desk: PadDesk, numbers: list[str], reason: str, login: str, code: str
) -> None:
    pad, by = desk.reserve(), desk.house.by(login)
    desk.type_in(ONE)
    before = (states(), Entry.objects.count())
    with pytest.raises(RuleViolation) as refused, transaction.atomic():
        return_sheets(pad=pad, numbers=numbers, reason=reason, by=by, act=by.act(now=NOW))
    assert (refused.value.code, states(), Entry.objects.count()) == (code, *before)


@pytest.mark.parametrize("count", [0, -1, 201])
def test_how_many_sheets_a_pad_has(desk: PadDesk, count: int) -> None:
    with pytest.raises(RuleViolation) as refused:
        desk.reserve(count)
    assert refused.value.code == "pad.count"
    assert desk.register().number == ONE


@pytest.mark.parametrize("login", ["technician", "elsewhere", "quality", "finance"])
def test_who_may_not_reserve(desk: PadDesk, login: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        desk.reserve(login=login)
    assert (refused.value.code, Sheet.objects.count(), Entry.objects.count()) == ("access.denied", 0, 0)


NUMBERS = [
    ("2", TWO),
    ("00002", TWO),
    (TWO, TWO),
    (" hfhy-2026-00002 ", TWO),
    ("９", None),
    ("", None),
    ("x", None),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_numbers_as_they_are_typed(desk: PadDesk, text: str, number: str | None) -> None:
    desk.reserve()
    if number:
        assert number_as_written(desk.house.community, text) == number
        return
    with pytest.raises(RuleViolation) as refused:
        number_as_written(desk.house.community, text)
    assert refused.value.code == "pad.unknown_number"


def test_the_next_sheet_and_the_counts(desk: PadDesk, django_assert_num_queries: Any) -> None:
    pad = desk.reserve()
    desk.reserve(2)
    desk.type_in(ONE)
    assert next_sheet(desk.house.community) == TWO
    assert next_sheet(desk.house.second) == ""
    with django_assert_num_queries(1):
        found = [vars(pad) for pad in pads().order_by("first")]
    counts = [(each["open_count"], each["used_count"], each["returned_count"]) for each in found]
    assert counts == [(2, 1, 0), (2, 0, 0)]
    assert open_sheets(pad)[0].number == TWO


def test_late_entries_are_counted_for_each_person(desk: PadDesk, house: House) -> None:
    desk.reserve()
    desk.type_in(ONE)
    desk.type_in(TWO, login="steward")
    desk.type_in(THREE, entered="2026-09-30 17:00")  # the same working day: not late
    since = at("2026-10-01 00:00")
    assert sorted(late_entries_by_person([house.community], since=since)) == [
        ("示例frontdesk", 2),
        ("示例steward", 2),
    ]
    assert late_entries_by_person([house.second], since=since) == []


def test_the_printed_pad(desk: PadDesk) -> None:
    pad = desk.reserve()
    desk.type_in(ONE)
    assert print_pad(pad, now=NOW)[:5] == b"%PDF-"
    paper = pad_paper(company="示例物业", office="和风管理处", community="和风花园",
                      slips=[(f"HFHY-2026-{n:05d}", "7K2M-9QXD") for n in range(1, 8)], reserved="2026-09-30 09:00")  # fmt: skip
    numbers = [cell.text for row in paper.rows for cell in row.cells if cell.text.startswith("HFHY")]
    assert numbers == [f"HFHY-2026-{n:05d}" for n in range(1, 8)]
    assert len(pictures([paper], at=NOW, ppi=20)) == 3  # three slips a page, none of them cut
