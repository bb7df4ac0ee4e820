"""The measures of the owners' door, and what neighbours may know."""

from datetime import UTC, datetime, timedelta

import pytest

from hemu.foundation.errors import RuleViolation
from hemu.portal.rules import (
    check_sending,
    check_writing,
    is_for_neighbours,
    mobile_of,
    place_for_neighbours,
)

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "said", ["19900001234", "199 0000 1234", "199-0000-1234", "+8619900001234", "86 199 0000 1234"]
)
def test_a_number_however_it_is_written(said: str) -> None:
    assert mobile_of(said) == "19900001234"


@pytest.mark.parametrize(
    "said", ["", "1990000123", "199000012345", "0755-12345678", "12900001234", "１９９００００１２３４", "x"]
)
def test_what_is_no_mobile_number(said: str) -> None:
    with pytest.raises(RuleViolation, match=r"portal\.phone"):
        mobile_of(said)


@pytest.mark.parametrize(
    ("ago", "address", "code"),
    [
        ([], 0, ""),
        ([60], 0, ""),
        ([59], 0, "portal.too_soon(seconds=1)"),
        ([0], 0, "portal.too_soon(seconds=60)"),
        ([61 * number for number in range(1, 10)], 0, ""),
        ([61 * number for number in range(1, 11)], 0, "portal.too_often"),
        ([], 59, ""),
        ([], 60, "portal.too_often"),
    ],
)
def test_how_often_a_code_goes_out(ago: list[int], address: int, code: str) -> None:
    sent = [NOW - timedelta(seconds=seconds) for seconds in ago]
    try:
        check_sending(to_phone=sent, from_address=address, now=NOW)
        found = ""
    except RuleViolation as refusal:
        found = str(refusal)
    assert found == code


@pytest.mark.parametrize(
    ("written", "known", "may"), [(9, True, True), (10, True, False), (2, False, True), (3, False, False)]
)
def test_how_much_one_writes_a_day(written: int, known: bool, may: bool) -> None:
    if may:
        check_writing(written=written, known=known)
    else:
        with pytest.raises(RuleViolation, match=r"portal\.too_many_words"):
            check_writing(written=written, known=known)


@pytest.mark.parametrize(
    ("type", "trade", "state", "outcome", "shown"),
    [
        ("repair_public", "repair", "classified", "", True),
        ("repair_public", "", "accepted", "", True),
        ("complaint", "cleaning", "dispatched", "", True),
        ("suggestion", "greening", "informed", "", True),
        ("repair_public", "repair", "closed", "confirmed", True),
        ("repair_public", "repair", "received", "", False),  # nobody sorted it yet
        ("repair_public", "repair", "closed", "withdrawn", False),
        ("repair_public", "repair", "closed", "void", False),
        ("complaint", "security", "classified", "", False),  # about people
        ("complaint", "other", "classified", "", False),
        ("praise", "cleaning", "classified", "", False),
        ("repair_home", "repair", "classified", "", False),
        ("inquiry", "cleaning", "classified", "", False),
        ("help", "repair", "classified", "", False),
        ("other", "repair", "classified", "", False),
    ],
)
def test_what_neighbours_may_know_of(type: str, trade: str, state: str, outcome: str, shown: bool) -> None:
    assert is_for_neighbours(type=type, trade=trade, state=state, outcome=outcome) is shown


def test_a_place_is_one_of_the_list_never_what_was_said() -> None:
    known = frozenset({"东门"})
    assert place_for_neighbours(said="东门", known=known, building="3") == ("东门", "")
    assert place_for_neighbours(said="1201 王家门口", known=known, building="3") == ("", "3")
    assert place_for_neighbours(said="", known=known, building="") == ("", "")
