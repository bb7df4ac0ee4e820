"""Papers to the committee and what it asks, rule by rule."""

from collections.abc import Callable
from datetime import date

import pytest

from hemu.access.tests.house import at
from hemu.correspondence.queries_inquiries import DRAFTS
from hemu.correspondence.rules import (
    check_answer,
    check_arose,
    check_delivery,
    check_matter,
    check_planned,
    state_of,
)
from hemu.correspondence.rules_inquiries import (
    GAP,
    IMPOLITE,
    STEPS,
    State,
    check_polite,
    check_way,
    impolite_in,
    judged,
)
from hemu.foundation.errors import RuleViolation

TODAY = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("paper", "delivered", "answered", "dropped", "state"),
    [
        ("draft", False, False, False, "written"),
        ("submitted", False, False, False, "written"),
        ("approved", False, False, False, "approved"),
        ("issued", False, False, False, "issued"),
        ("issued", True, False, False, "delivered"),
        ("issued", True, True, False, "answered"),
        ("draft", False, False, True, "dropped"),
        ("void", False, False, False, "dropped"),
    ],
)
def test_how_a_paper_stands(paper: str, delivered: bool, answered: bool, dropped: bool, state: str) -> None:
    assert state_of(paper, delivered=delivered, answered=answered, dropped=dropped) == state


@pytest.mark.parametrize(
    ("way", "number", "signed", "scanned", "refusal"),
    [
        ("hand", "", True, False, ""),
        ("hand", "", False, True, ""),
        ("hand", "XA123", False, False, "correspondence.needs_signature"),
        ("post", "XA123", False, False, ""),
        ("post", "", False, True, ""),
        ("post", "", True, False, "correspondence.needs_number"),
        ("page", "", True, True, "correspondence.unknown_way"),
    ],
)
def test_no_delivery_without_a_receipt(
    way: str, number: str, signed: bool, scanned: bool, refusal: str
) -> None:
    if not refusal:
        assert check_delivery(way, number=number, signed=signed, scanned=scanned) == way
        return
    with pytest.raises(RuleViolation, match=refusal):
        check_delivery(way, number=number, signed=signed, scanned=scanned)


def test_what_is_refused_at_the_beginning() -> None:
    refused: dict[str, Callable[[], object]] = {
        "correspondence.unknown_sort": lambda: check_matter("memo", "law", ("law",)),
        "correspondence.unknown_matter": lambda: check_matter("notification", "penalty", ("law",)),
        "correspondence.no_day": lambda: check_planned(None, today=TODAY),
        "correspondence.day_over": lambda: check_planned(date(2026, 10, 11), today=TODAY),
        "correspondence.too_far": lambda: check_planned(date(2028, 10, 12), today=TODAY),
        "correspondence.no_moment": lambda: check_arose(None, now=at("2026-10-12 10:00")),
        "correspondence.to_come": lambda: check_arose(at("2026-10-12 10:01"), now=at("2026-10-12 10:00")),
        "correspondence.unknown_answer": lambda: check_answer("yes"),
        "inquiry.needs_scan": lambda: check_way("paper", scanned=False),
        "inquiry.unknown_way": lambda: check_way("pigeon", scanned=True),
    }
    for code, call in refused.items():
        with pytest.raises(RuleViolation, match=code):
            call()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("感谢您的监督，账目附后。", []),
        ("你们这是无理取闹。", ["无理取闹"]),
        ("爱信\n不信，没空理。", ["爱信不信", "没空理"]),
        ("扶梯滚轮磨损，已更换；小叶榕有病虫害。", []),
        ("滚动屏每天播放。滚！", ["滚"]),
    ],
)
def test_impolite_words_are_named(text: str, found: list[str]) -> None:
    assert impolite_in(text) == found
    if found:
        with pytest.raises(RuleViolation, match=r"inquiry\.impolite") as refusal:
            check_polite(text)
        assert refusal.value.params == {"words": found}


def test_a_draft_with_its_gap_left_open_is_not_sent() -> None:
    for draft in DRAFTS.values():
        if GAP in draft:
            with pytest.raises(RuleViolation, match=r"inquiry\.unfinished"):
                check_polite(draft)
        assert impolite_in(draft) == []
    assert GAP in DRAFTS[False, True]


def test_the_table_of_impolite_words_is_short_and_has_no_word_twice() -> None:
    assert len(IMPOLITE) == len(set(IMPOLITE)) < 50


def test_nothing_ends_without_an_answer() -> None:
    ends = STEPS.states - {state for row in STEPS.rows for state in row.from_states}
    assert ends == {State.ACCEPTED}
    before = {state for row in STEPS.rows if row.to_state in ends for state in row.from_states}
    assert before == {State.ANSWERED}
    assert {row.name for row in STEPS.rows if row.to_state == State.ANSWERED} == {"answer", "pass_on"}


def test_every_step_not_in_the_table_is_refused() -> None:
    allowed = {(row.name, state) for row in STEPS.rows for state in row.from_states}
    for name in {row.name for row in STEPS.rows}:
        for state in STEPS.states:
            if (name, state) not in allowed:
                with pytest.raises(RuleViolation, match=r"step\.not_allowed"):
                    STEPS.find(name, state)


def test_what_the_office_cannot_solve_goes_up_first() -> None:
    assert judged(solvable=True) == State.JUDGED
    assert judged(solvable=False) == State.UNSOLVED
    assert {each.name for each in STEPS.allowed(State.UNSOLVED, {"office_director"})} == {"escalate"}
    assert STEPS.allowed(State.UNSOLVED, {"general_manager"}) == []
