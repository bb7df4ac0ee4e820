"""By what a list is narrowed: as an address says it."""

from datetime import date

import pytest

from hemu.foundation.errors import RuleViolation
from hemu.service_requests.rules import OPEN, State
from hemu.supervision.rules import STATE_GROUPS, Filters

SOMEBODY = "00000000-0000-7000-8000-000000000000"


def test_an_address_is_read() -> None:
    given = {
        "state": "waiting",
        "type": "complaint",
        "building": " 3栋 ",
        "since": "2026-09-30",
        "after": "x",
        "late": "1",
    }
    filters = Filters.of(given)
    assert filters.chosen() == {
        "state": "waiting", "type": "complaint", "building": "3栋", "since": "2026-09-30", "late": "1",
    }  # fmt: skip
    assert filters.states == {State.RECEIVED, State.CLASSIFIED, State.DISPATCHED}
    assert (filters.houses, filters.first_day, filters.last_day) == ("3", date(2026, 9, 30), None)
    assert Filters.of({}) == Filters()
    assert Filters().states == frozenset()
    assert Filters(state="closed").states == {State.CLOSED}


@pytest.mark.parametrize(
    "given",
    [{"state": "gone"}, {"type": "noise"}, {"trade": "x"}, {"channel": "pigeon"}, {"since": "tomorrow"}, {"since": "0287-02-15"},
     {"until": "9999-12-31"},
     {"until": "2026-13-01"}, {"person": "somebody"}, {"community": "1"}],
)  # fmt: skip
def test_what_nobody_can_choose_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(RuleViolation) as refusal:
        Filters.of(given)
    assert refusal.value.code in ("request.unknown_value", "request.unreadable_date")
    assert refusal.value.params["field"] == next(iter(given))


def test_persons() -> None:
    assert Filters.of({"person": "nobody"}).person == "nobody"
    assert Filters.of({"person": SOMEBODY}).person == SOMEBODY


def test_the_groups_are_open_and_do_not_overlap() -> None:
    groups = [STATE_GROUPS[name] for name in ("waiting", "at_work", "unconfirmed")]
    assert sum(map(len, groups)) == len(frozenset().union(*groups))
    assert frozenset().union(*groups) < OPEN
    assert STATE_GROUPS["open"] == OPEN
