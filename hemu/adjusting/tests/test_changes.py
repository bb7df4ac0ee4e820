"""A number is proposed by one, seen with what it moves, confirmed by another; both acts stand in the book."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at, client, found_house
from hemu.adjusting.models import RuleProposal
from hemu.adjusting.operations import confirm_change, propose, withdraw_change
from hemu.duties.models import DueMoved, Duty
from hemu.duties.operations import apply_rules, open_between
from hemu.estate.models import Office, OfficeDay, Post, ProfileValue
from hemu.estate.operations import switch_clauses
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.moments import iso_local
from hemu.ledger.models import Entry

NOW = at("2026-11-23 10:00")
MONDAY = date(2026, 11, 23)


@pytest.fixture
def house(db: None) -> Iterator[House]:
    with clock.standing_at(NOW):
        house = found_house()
        switch_clauses(community=house.community, what=["RQ-11", "RV-06"], since=MONDAY, on=True, now=NOW)
        open_between(first=MONDAY, last=date(2026, 12, 13), now=NOW)
        yield house


def proposed(house: House, login: str = "office_director", **said: Any) -> RuleProposal:
    by = house.by(login)
    asked: dict[str, Any] = {
        "office": house.office, "key": "RQ-11", "value": "day 4 of the week",
        "since": date(2026, 11, 30), "words": "周五人少。",
    } | said  # fmt: skip
    return propose(**asked, by=by, act=by.act(now=NOW))


def confirmed(house: House, found: RuleProposal, login: str = "quality") -> Entry:
    by = house.by(login)
    return confirm_change(proposal=found.id, by=by, act=by.act(now=NOW))


def follow() -> None:
    while apply_rules(now=NOW):
        pass


def test_it_counts_once_another_confirms_it_and_both_stand_in_the_book(house: House) -> None:
    found = proposed(house)
    assert not ProfileValue.objects.exists()
    with pytest.raises(RuleViolation, match=r"rules\.own_word"):
        confirmed(house, found, "office_director")
    entry = confirmed(house, found)
    first, second = Entry.objects.order_by("seq")
    assert (first.kind, first.book_id, first.actor) == (
        "rules.change_proposed",
        house.office.book_id,
        house.by("office_director").key,
    )
    assert first.facts == {
        "key": "RQ-11",
        "value": '"day 4 of the week"',
        "was": '"last working day of the week"',
        "since": "2026-11-30",
    }
    assert (second, second.actor) == (entry, house.by("quality").key)
    assert second.facts == {
        "key": "RQ-11", "value": '"day 4 of the week"', "since": "2026-11-30",
        "proposed": str(found.id), "independent": True,
    }  # fmt: skip
    follow()
    found.refresh_from_db()
    assert found.stamp == Office.objects.get(id=house.office.id).times_stamp
    moves = DueMoved.objects.filter(stamp=found.stamp).order_by("id")
    assert [str(iso_local(each.due_at))[:10] for each in moves] == ["2026-12-03", "2026-12-10"]
    with pytest.raises(RuleViolation, match=r"rules\.ended"):
        confirmed(house, found)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"since": date(2026, 11, 22)}, "rules.in_past"),
        ({"words": " "}, "duty.no_words"),
        ({"key": "XX-01"}, "profile.unknown_setting"),
        ({"value": "soon"}, "rules.bad_value"),
        ({"value": "last working day of the week"}, "rules.same"),
        ({"key": "day", "value": "rests", "since": date(2026, 11, 28)}, "rules.same"),
        ({"office": None}, "access.denied"),
    ],
)
def test_a_refusal_writes_nothing(house: House, said: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        proposed(house, **said)
    assert refusal.value.code == code
    assert not Entry.objects.exists()
    assert not RuleProposal.objects.exists()


@pytest.mark.parametrize("role", sorted(r for r in PERMISSIONS_OF if "rules.change" not in PERMISSIONS_OF[r]))
def test_others_may_not(house: House, role: str) -> None:
    with pytest.raises(RuleViolation, match=r"access\.denied"):
        proposed(house, role)
    found = proposed(house)
    with pytest.raises(RuleViolation, match=r"rules\.not_found"):
        confirmed(house, found, role)


def test_the_same_change_waits_once_and_can_be_taken_back(house: House) -> None:
    found, by = proposed(house), house.by("office_director")
    with pytest.raises(RuleViolation, match=r"rules\.waits_already"):
        proposed(house, value="day 3 of the week")
    withdraw_change(proposal=found.id, by=by, act=by.act(now=NOW), words="想错了。")
    proposed(house, value="day 3 of the week")
    assert Entry.objects.filter(kind="rules.change_withdrawn").count() == 1


def test_a_change_whose_day_passed_is_proposed_anew(house: House) -> None:
    found, by = proposed(house, since=MONDAY), house.by("quality")
    with pytest.raises(RuleViolation, match=r"rules\.day_passed"):
        confirm_change(proposal=found.id, by=by, act=by.act(now=at("2026-11-24 09:00")))


def test_where_nobody_else_is_there_it_is_done_and_not_independent(house: House) -> None:
    Post.objects.filter(role__in=("general_manager", "company_leader", "operations", "quality")).delete()
    found = proposed(house)
    entry = confirmed(house, found, "office_director")
    found.refresh_from_db()
    assert (entry.facts["independent"], found.independent) == (False, False)


def test_a_day_of_the_work_calendar_goes_the_same_way(house: House) -> None:
    found = proposed(house, key="day", value="rests", since=date(2026, 12, 4))
    confirmed(house, found)
    follow()
    assert OfficeDay.objects.values_list("office", "date", "working").get() == (
        house.office.id,
        date(2026, 12, 4),
        False,
    )
    moved = DueMoved.objects.get(duty__clause="RQ-11")
    assert (iso_local(moved.was), iso_local(moved.due_at)) == (
        "2026-12-04T23:59:59+08:00",
        "2026-12-03T23:59:59+08:00",
    )


def test_on_the_pages_one_sees_what_would_move_and_another_confirms(house: House) -> None:
    browser = client("office_director")
    body = {
        "office": str(house.office.id),
        "key": "RQ-11",
        "value": "day 4 of the week",
        "since": "2026-11-30",
    }
    shown = browser.get("/rules/try/", body).content.decode()
    assert "2 件还没到期的会换期限" in shown
    made = browser.post("/rules/propose/", body | {"words": "周五人少。", "key_once": "k1"})
    found = RuleProposal.objects.get()
    assert (made.status_code, made["Location"]) == (302, f"/rules/{found.id}/")
    own = browser.post(f"/rules/{found.id}/decide/", {"act": "confirm", "key_once": "k2"})
    assert (own.status_code, "另一个人" in own.content.decode()) == (422, True)
    quality = client("quality")
    assert "等人确认" in quality.get(f"/rules/?office={house.office.id}").content.decode()
    assert "周五人少。" in quality.get(f"/rules/{found.id}/").content.decode()
    done = quality.post(f"/rules/{found.id}/decide/", {"act": "confirm", "key_once": "k3"})
    assert done.status_code == 302
    follow()
    found.refresh_from_db()
    for url in (f"/rules/{found.id}/", f"/rules/moved/{found.stamp}/"):
        assert browser.get(url).content.decode().count("RQ-11") >= 2
    duty = DueMoved.objects.order_by("id").first()
    assert duty is not None
    assert client("elsewhere").get(f"/rules/moved/{found.stamp}/").status_code == 404


def test_the_pages_ask_as_much_for_three_as_for_one(house: House) -> None:
    browser = client("quality")
    urls = [f"/rules/?office={house.office.id}", "/rules/try/"]
    body = {
        "office": str(house.office.id),
        "key": "RQ-11",
        "value": "day 4 of the week",
        "since": "2026-11-23",
    }

    def asked(url: str) -> int:
        browser.get(url, body)
        with CaptureQueriesContext(connection) as found:
            assert browser.get(url, body).status_code == 200
        return len(found)

    Duty.objects.exclude(id=Duty.objects.order_by("id")[:1].get().id).delete()
    proposed(house)
    one = [asked(url) for url in urls]
    open_between(first=MONDAY, last=date(2026, 12, 20), now=NOW)
    for day in (7, 14):
        proposed(house, since=date(2026, 12, day))
    assert [asked(url) for url in urls] == one
