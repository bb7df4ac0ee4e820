"""The steps of a meeting, who may move it, where its minutes stand."""

from datetime import date, datetime
from itertools import product
from typing import Any

import pytest

from hemu.foundation.errors import RuleViolation
from hemu.foundation.tests.clock import at, office
from hemu.meetings.rules import (
    STEPS,
    State,
    check_collecting,
    minutes_stand,
    needs_consent,
    next_at_latest,
    opinions_open,
)

TIME = office()
ALLOWED = {
    "planned": {"move", "ask", "prepare", "record", "hold"},
    "asked": {"put_off", "call_off", "refuse", "prepare"},
    "held": {"record", "report"},
    "cancelled": set(),
}


@pytest.mark.parametrize(("state", "name"), sorted(product(State, {row.name for row in STEPS.rows})))
def test_every_step_that_the_table_does_not_say_is_refused(state: str, name: str) -> None:
    if name in ALLOWED[state]:
        assert STEPS.find(name, state).name == name
        return
    with pytest.raises(RuleViolation, match=r"step\.not_allowed"):
        STEPS.find(name, state)


@pytest.mark.parametrize(
    ("was", "to", "kind", "told", "needs"),
    [
        ("2027-03-10 15:00", "2027-03-25 15:00", "routine", False, False),
        ("2027-03-10 15:00", "2027-01-25 15:00", "routine", False, False),
        ("2027-03-10 15:00", "2027-04-01 15:00", "routine", False, True),
        ("2027-03-10 15:00", "2027-03-11 15:00", "routine", True, True),
        ("2027-03-10 15:00", "", "routine", False, True),
        ("2027-03-10 15:00", "2027-06-10 15:00", "half_year_visit", False, False),
        ("2027-06-20 15:00", "2027-07-02 15:00", "half_year_visit", False, True),
    ],
)
def test_out_of_its_period_or_told_already_a_meeting_moves_with_the_leaders_consent_only(
    was: str, to: str, kind: str, told: bool, needs: bool
) -> None:
    asked: datetime | None = at(to) if to else None
    assert needs_consent(at(was), asked, kind=kind, told=told, time=TIME) is needs


@pytest.mark.parametrize(
    ("paper", "approved", "returned", "published", "stands"),
    [
        ("", False, False, False, "unwritten"),
        ("submitted", False, False, False, "with_leader"),
        ("refused", False, False, False, "sent_back"),
        ("draft", False, False, False, "sent_back"),
        ("approved", False, False, False, "with_chair"),
        ("approved", False, True, False, "sent_back"),
        ("approved", True, False, False, "to_seal"),
        ("issued", False, False, False, "with_chair"),
        ("issued", True, False, False, "to_publish"),
        ("issued", True, False, True, "published"),
        ("void", False, False, False, "unwritten"),
    ],
)
def test_the_minutes_go_from_the_leader_to_the_chair_to_the_owners(
    paper: str, approved: bool, returned: bool, published: bool, stands: str
) -> None:
    assert minutes_stand(paper, approved=approved, returned=returned, published=published) == stands


@pytest.mark.parametrize(
    ("today", "told_on", "is_open"),
    [
        ("2027-02-27", date(2027, 2, 28), False), ("2027-02-28", date(2027, 2, 28), True),
        ("2027-03-10", date(2027, 2, 28), True), ("2027-03-11", date(2027, 2, 28), False), ("2027-03-01", None, False),
    ],
)  # fmt: skip
def test_owners_write_within_ten_days_of_the_notice(today: str, told_on: date | None, is_open: bool) -> None:
    day, until = date.fromisoformat(today), date(2027, 3, 10)
    assert opinions_open(day, told_on=told_on, until=until, meets_on=date(2027, 3, 20)) is is_open


@pytest.mark.parametrize(
    ("today", "told_on", "code"),
    [
        (date(2027, 3, 9), date(2027, 2, 28), "meeting.still_open"), (date(2027, 3, 10), date(2027, 2, 28), ""),
        (date(2027, 3, 12), None, "meeting.not_told"),
    ],
)  # fmt: skip
def test_opinions_are_collected_on_their_last_day_or_later(
    today: date, told_on: date | None, code: str
) -> None:
    asked: dict[str, Any] = {"told_on": told_on, "until": date(2027, 3, 10)}
    if not code:
        check_collecting(today, **asked)
        return
    with pytest.raises(RuleViolation) as refused:
        check_collecting(today, **asked)
    assert refused.value.code == code


def test_what_was_decided_is_reported_back_by_the_end_of_the_next_quarter_while_no_meeting_is_planned() -> (
    None
):
    assert next_at_latest(at("2027-03-20 15:00"), TIME) == at("2027-06-30 23:59:59")
