"""How long items are kept, and what a home's file lacks."""

from datetime import date

import pytest

from hemu.filing.rules import BY_ITSELF, CLASSES, PIECE_CODES, kept_until, may_go, missing_in
from hemu.filing.wording import CLASSES as CLASS_WORDS
from hemu.filing.wording import PIECES as PIECE_WORDS
from hemu.sop.retention import ASSUMED, KEPT_YEARS

TO_END = date(2031, 12, 31)


@pytest.mark.parametrize(
    ("filed", "years", "until"),
    [
        (date(2026, 1, 1), 5, TO_END),
        (date(2026, 12, 31), 5, TO_END),
        (date(2028, 2, 29), 1, date(2029, 12, 31)),
        (date(2026, 6, 1), 0, None),
    ],
)
def test_kept_to_the_end_of_a_year(filed: date, years: int, until: date | None) -> None:
    assert kept_until(filed, years) == until


@pytest.mark.parametrize(
    ("until", "today", "held", "gone", "may"),
    [
        (TO_END, date(2031, 12, 31), False, False, False),
        (TO_END, date(2032, 1, 1), False, False, True),
        (TO_END, date(2032, 1, 1), True, False, False),
        (TO_END, date(2032, 1, 1), False, True, False),
        (None, date(2999, 1, 1), False, False, False),
    ],
)
def test_nothing_goes_before_its_time(
    until: date | None, today: date, held: bool, gone: bool, may: bool
) -> None:
    assert may_go(until, today=today, held=held, gone=gone) is may


def test_papers_of_a_renovation_are_missed_only_where_there_was_one() -> None:
    assert missing_in(PIECE_CODES) == []
    assert missing_in(PIECE_CODES[:6]) == []
    assert missing_in([*PIECE_CODES[:6], "renovation"]) == ["completion"]


def test_every_class_has_its_years_and_its_words() -> None:
    assert set(CLASSES) == set(KEPT_YEARS) == set(CLASS_WORDS)
    assert {code for code, years in KEPT_YEARS.items() if years == 0} >= {"committee", *BY_ITSELF}
    assert set(KEPT_YEARS) > ASSUMED
    assert set(PIECE_CODES) == set(PIECE_WORDS)
