"""When a notice goes out: an emergency at once, what is soon at the next fitting moment, the rest in bundles."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from hemu.delivering.rules import Sending, cannot_wait, check_consent, sending_of
from hemu.foundation.errors import RuleViolation

CST = timezone(timedelta(hours=8))
SLOTS = ["10:00", "17:30"]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-10-{text}").replace(tzinfo=CST)


@pytest.mark.parametrize(
    ("now", "earliest", "how", "goes", "bundled"),
    [
        ("12 09:00", "12 00:00", "", "12 10:00", True),
        ("12 09:59:30", "12 00:00", "", "12 17:30", True),  # the bundle closes a minute before
        ("12 17:30", "12 00:00", "", "13 10:00", True),
        ("12 09:00", "15 00:00", "", "15 10:00", True),  # from the day on which it hangs
        ("12 09:00", "12 00:00", "soon", "12 09:00", False),
        ("12 22:00", "12 00:00", "soon", "13 08:00", False),  # nobody is woken
        ("12 23:30", "12 00:00", "emergency", "12 23:30", False),
        ("12 09:00", "15 00:00", "emergency", "12 09:00", False),
        ("12 09:00", "12 00:00", "no slots", "12 09:00", False),
        ("12 22:00", "12 00:00", "night slots", "13 08:00", False),
    ],
)
def test_when_it_goes_out(now: str, earliest: str, how: str, goes: str, bundled: bool) -> None:
    slots = {"no slots": [], "night slots": ["23:00", "06:00"]}.get(how, SLOTS)
    found = sending_of(
        now=at(now).astimezone(UTC), earliest=at(earliest), soon=how == "soon", emergency=how == "emergency",
        slots=slots, quiet="21:00-08:00", zone=CST,
    )  # fmt: skip
    assert found == Sending(at(goes), bundled)


@pytest.mark.parametrize(
    ("begins", "corrects", "waits"),
    [(None, False, True), ("13 09:00", False, True), ("13 08:59", False, False), (None, True, False)],
)
def test_what_waits_for_a_bundle(begins: str | None, corrects: bool, waits: bool) -> None:
    works = at(begins) if begins else None
    assert cannot_wait(now=at("12 09:00"), works_begin=works, corrects=corrects) is not waits


@pytest.mark.parametrize(
    ("heard", "code"),
    [(None, "broadcast.no_time"), ("12 09:01", "broadcast.in_future"), ("11 20:59", "broadcast.too_old")],
)
def test_consent_is_heard_before_and_not_long_before(heard: str | None, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_consent(at(heard) if heard else None, now=at("12 09:00"))
    assert refused.value.code == code
    assert check_consent(at("11 21:00"), now=at("12 09:00")) == at("11 21:00")
