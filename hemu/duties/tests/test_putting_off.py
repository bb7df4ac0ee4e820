"""A duty is put off or excused only where the register allows it, beforehand, by the company's leaders, with the reason."""

from datetime import date, datetime
from typing import Any

import pytest

from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at, found_house
from hemu.duties.models import DueMoved, Duty
from hemu.duties.operations import apply_rules, excuse, look_after, open_between, postpone
from hemu.estate.operations import confirm_fact, set_office_day, state_fact, switch_clauses
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_local
from hemu.ledger.models import Entry
from hemu.sop.putting_off import ALLOWANCES, allowance_for
from hemu.sop.register import load_register

NOW = at("2026-10-12 10:00")


@pytest.fixture
def house(db: None) -> House:
    house = found_house()
    since = date(2026, 1, 1)
    stated = state_fact(
        community=house.community, fact="committee_in_office", since=since, on=True, by="staff:one", now=NOW
    )
    confirm_fact(stated=stated, by="staff:two", now=NOW)
    switch_clauses(
        community=house.community, what=["OC-01", "SV-01", "CM-02", "RQ-11"], since=since, on=True, now=NOW
    )
    for day in (date(2026, 1, 1), date(2026, 7, 1), date(2026, 10, 1), date(2026, 10, 12)):
        open_between(first=day, last=day, now=NOW)
    return house


def duty(clause: str, month: int = 10) -> Duty:
    return Duty.objects.get(clause=clause, start_at__month=month)


def put_off(house: House, found: Duty, login: str = "company_leader", **said: Any) -> Entry:
    by = house.by(login)
    now: datetime = said.pop("now", NOW)
    asked: dict[str, Any] = {"to": date(2027, 1, 20), "words": "业委会换届。"} | said
    return postpone(duty=found.id, by=by, act=by.act(now=now), **asked)


def excused(house: House, found: Duty, login: str = "company_leader", now: datetime = NOW) -> Entry:
    by = house.by(login)
    return excuse(duty=found.id, by=by, act=by.act(now=now), words="业委会与地产公司有纠纷。")


def test_the_meeting_of_a_quarter_is_put_off(house: House) -> None:
    found = duty("OC-01")
    entry = put_off(house, found)
    assert (entry.kind, entry.book_id, entry.subject) == (
        "duty.postponed",
        house.community.book_id,
        found.subject,
    )
    assert entry.facts == {
        "clause": "OC-01", "duty": str(found.id), "allowed_by": "OC-21",
        "moved_from": "2026-12-31T15:59:59.000000Z", "moved_to": "2027-01-20T15:59:59.000000Z",
    }  # fmt: skip
    found.refresh_from_db()
    assert (found.state, iso_local(found.due_at), iso_local(found.warn_at)) == (
        "open",
        "2027-01-20T23:59:59+08:00",
        "2027-01-19T09:00:00+08:00",
    )


def test_what_was_put_off_stays_so_when_the_rules_change(house: House) -> None:
    put_off(house, duty("OC-01"))
    set_office_day(office=house.office, day=date(2026, 12, 31), working=False, reason="", now=NOW)
    while apply_rules(now=NOW):
        pass
    assert iso_local(duty("OC-01").due_at) == "2027-01-20T23:59:59+08:00"
    assert not DueMoved.objects.filter(duty__clause="OC-01").exists()


def test_the_meeting_of_a_quarter_is_excused_and_never_late(house: House) -> None:
    found = duty("OC-01")
    entry = excused(house, found)
    found.refresh_from_db()
    assert (entry.kind, found.state, found.ended_by, found.next_at) == (
        "duty.excused",
        "excused",
        entry.id,
        None,
    )
    look_after(now=at("2027-02-01 10:00"))
    assert duty("OC-01").late_at is None


@pytest.mark.parametrize(
    ("clause", "month", "what", "code"),
    [
        ("RQ-11", 10, "postpone", "duty.not_put_off"),
        ("SV-01", 7, "postpone", "duty.not_put_off"),  # only the one of the middle of the year
        ("SV-01", 1, "excuse", "duty.due_already"),
        ("CM-02", 7, "excuse", "duty.not_excused"),
    ],
)
def test_only_what_the_register_allows(house: House, clause: str, month: int, what: str, code: str) -> None:
    count = Entry.objects.count()
    with pytest.raises(RuleViolation) as refusal:
        (put_off if what == "postpone" else excused)(house, duty(clause, month))
    assert (refusal.value.code, Entry.objects.count()) == (code, count)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"words": " "}, "duty.no_words"),
        ({"to": date(2026, 12, 31)}, "duty.not_later"),
        ({"to": date(2028, 1, 20)}, "duty.not_later"),
        ({"now": at("2027-01-01 00:00")}, "duty.due_already"),
    ],
)
def test_beforehand_with_a_reason_to_a_later_day(house: House, said: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        put_off(house, duty("OC-01"), **said)
    assert (refusal.value.code, duty("OC-01").facts) == (code, {})


@pytest.mark.parametrize("role", sorted(set(PERMISSIONS_OF) - {"company_leader", "general_manager"}))
def test_only_leaders_of_the_company_may(house: House, role: str) -> None:
    with pytest.raises(RuleViolation, match=r"access\.denied|duty\.not_found"):
        put_off(house, duty("OC-01"), role)


def test_once_excused_it_is_over(house: House) -> None:
    excused(house, duty("OC-01"), "general_manager")
    with pytest.raises(RuleViolation, match=r"duty\.not_open"):
        put_off(house, duty("OC-01"))


def test_every_allowance_rests_on_clauses_that_are_there() -> None:
    register = load_register()
    for each in ALLOWANCES:
        assert register.clause(each.by).kind == "approval"
        assert "company_leader" in each.roles
        assert all(register.clause(clause).every for clause in each.clauses)
    assert allowance_for("SV-01", month=1) is not None
    assert allowance_for("SV-01", month=7) is None
