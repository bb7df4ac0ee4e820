"""Shares that never flatter, digests that do not depend on order, a draw that anybody repeats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemu.figures.rules import (
    check_other_person,
    check_outcome,
    check_words,
    digest_of,
    draw_count,
    drawn,
    per_mille,
    share_words,
)
from hemu.foundation.errors import RuleViolation

IDS = st.lists(st.uuids(version=4).map(str), unique=True, max_size=80)
ROOTS = st.binary(min_size=32, max_size=32).map(bytes.hex)


@pytest.mark.parametrize(
    ("met", "cohort", "ceiling", "words"),
    [
        (0, 0, False, "–"), (0, 7, False, "0%"), (7, 7, False, "100%"), (983, 1000, False, "98.3%"),
        (97999, 100000, False, "97.9%"), (50001, 1000000, True, "5.1%"), (1, 20, True, "5%"), (2, 3, False, "66.6%"),
    ],
)  # fmt: skip
def test_a_share_never_flatters(met: int, cohort: int, ceiling: bool, words: str) -> None:
    assert share_words(per_mille(met, cohort, ceiling=ceiling)) == words


@pytest.mark.parametrize(
    ("count", "drawn_count"),
    [(0, 0), (1, 1), (3, 3), (4, 3), (60, 3), (61, 4), (100, 5), (101, 6), (2000, 100)],
)
def test_five_in_a_hundred_and_three_at_least(count: int, drawn_count: int) -> None:
    assert draw_count(count, share=0.05, at_least=3) == drawn_count


@given(ROOTS, IDS, st.randoms())
def test_anybody_draws_the_same_whatever_the_order(root: str, ids: list[str], dice: object) -> None:
    shuffled = list(ids)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    found = drawn(root, "staff:a", ids, share=0.05, at_least=3)
    assert found == drawn(root, "staff:a", shuffled, share=0.05, at_least=3)
    assert (len(set(found)), set(found) <= set(ids)) == (draw_count(len(ids), share=0.05, at_least=3), True)


@given(ROOTS, IDS)
def test_who_gives_more_evidence_changes_nothing_of_the_rank(root: str, ids: list[str]) -> None:
    """What is drawn of all is, of the rest, what was drawn of the rest or pushed out by what came in."""
    whole = drawn(root, "staff:a", ids, share=1, at_least=0)
    part = drawn(root, "staff:a", ids[1:], share=1, at_least=0)
    assert [each for each in whole if each in part] == part


def test_another_root_or_person_draws_others() -> None:
    ids = [f"{number:04}" for number in range(1000)]
    first = drawn("aa" * 32, "staff:a", ids, share=0.05, at_least=3)
    assert first != drawn("bb" * 32, "staff:a", ids, share=0.05, at_least=3)
    assert first != drawn("aa" * 32, "staff:b", ids, share=0.05, at_least=3)
    assert drawn("aa" * 32, "staff:a", ids[:4], share=0.05, at_least=3) == [
        "0003",
        "0002",
        "0001",
    ]  # pinned for ever


@given(IDS, IDS)
def test_a_list_has_one_digest(met: list[str], unmet: list[str]) -> None:
    assert digest_of(met, unmet) == digest_of(met[::-1], unmet[::-1])
    if met != unmet:
        assert digest_of(met, unmet) != digest_of([*met, "more"], unmet)


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (lambda: check_outcome("perhaps"), "recall.unknown_outcome"), (lambda: check_words("  "), "recall.no_words"),
        (lambda: check_words("长" * 2001), "recall.too_long"),
        (lambda: check_other_person(by="staff:a", giver="staff:a"), "recall.own_evidence"),
    ],
)  # fmt: skip
def test_what_is_refused(check: object, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check()  # type: ignore[operator]
    assert refused.value.code == code
