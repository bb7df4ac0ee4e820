"""Who switches clauses, what becomes of open duties, what stands in the book."""

from datetime import date
from typing import Any

import pytest

from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at, found_house
from hemu.duties.models import Duty
from hemu.duties.operations import confirm, copy_switches, open_between, state, switch
from hemu.estate.models import CommunityFact
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry

NOW = at("2026-11-23 10:00")
MONDAY = date(2026, 11, 23)


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def switched(
    house: House, *what: str, since: date = MONDAY, on: bool = True, login: str = "quality"
) -> Entry:
    by = house.by(login)
    return switch(community=house.community, what=what, since=since, on=on, by=by, act=by.act(now=NOW))


def test_who_switched_what_stands_in_the_book(house: House) -> None:
    entry = switched(house, "visits", "rq-11")
    assert (entry.kind, entry.book_id) == ("clause.switched", house.community.book_id)
    assert entry.facts == {"what": ["visits", "RQ-11"], "since": "2026-11-23", "on": True}
    assert entry.actor == house.by("quality").key


@pytest.mark.parametrize(
    "role", sorted(r for r in PERMISSIONS_OF if "clause.switch" not in PERMISSIONS_OF[r])
)
def test_others_may_not(house: House, role: str) -> None:
    with pytest.raises(RuleViolation, match=r"access\.denied"):
        switched(house, "desk", login=role)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("what", "since", "code"),
    [
        ((), MONDAY, "clause.none_named"),
        (("XX-01",), MONDAY, "clause.unknown"),
        (("desk",), date(2026, 11, 22), "clause.in_past"),
    ],
)
def test_a_refusal_writes_nothing(house: House, what: tuple[str, ...], since: date, code: str) -> None:
    with pytest.raises(RuleViolation, match=code.replace(".", r"\.")):
        switched(house, *what, since=since)
    assert not Entry.objects.exists()


def test_switching_off_voids_the_periods_to_come_and_no_other(house: House) -> None:
    switched(house, "RQ-11")
    open_between(first=MONDAY, last=date(2026, 12, 14), now=NOW)
    entry = switched(house, "RQ-11", since=date(2026, 12, 7), on=False)
    states = {each.key[-3:]: (str(each.state), each.ended_by) for each in Duty.objects.all()}
    assert states == {
        "W48": ("open", None), "W49": ("open", None),
        "W50": ("void", entry.id), "W51": ("void", entry.id),
    }  # fmt: skip


def test_a_pilot_is_copied(house: House) -> None:
    switched(house, "visits", "RQ-11")
    switched(house, "VS-02", on=False)
    by = house.by("quality")
    copied = copy_switches(
        source=house.community, to=house.second, since=date(2026, 12, 1), by=by, act=by.act(now=NOW)
    )
    assert [(each.facts["what"], each.facts["on"]) for each in copied] == [
        (["visits", "RQ-11"], True),
        (["VS-02"], False),
    ]
    assert {each.book_id for each in copied} == {house.second.book_id}


def test_a_fact_takes_two_and_its_end_voids_what_it_asked(house: House) -> None:
    first, other = house.by("office_director"), house.by("quality")
    known: dict[str, Any] = {"community": house.community, "fact": "committee_in_office", "since": MONDAY}
    stated = state(**known, on=True, by=first, act=first.act(now=NOW))
    with pytest.raises(RuleViolation, match=r"fact\.stated_already"):
        state(**known, on=True, by=other, act=other.act(now=NOW))
    with pytest.raises(RuleViolation, match=r"fact\.own_word"):
        confirm(stated=stated.id, by=first, act=first.act(now=NOW))
    confirm(stated=stated.id, by=other, act=other.act(now=NOW))
    switched(house, "OC-04")
    open_between(first=MONDAY, last=date(2027, 1, 1), now=NOW)
    assert Duty.objects.filter(state="open").count() == 2
    over = state(**{**known, "since": date(2026, 12, 15)}, on=False, by=first, act=first.act(now=NOW))
    entry = confirm(stated=over.id, by=other, act=other.act(now=NOW))
    ended = {each.key[-7:]: each.ended_by for each in Duty.objects.all()}
    assert ended == {"2026-12": None, "2027-01": entry.id}
    assert CommunityFact.objects.count() == 2
