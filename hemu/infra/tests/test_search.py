"""Words as pairs of letters, and the newest things of several scopes."""

import unicodedata
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemu.infra.models import SearchToken
from hemu.infra.newest import ONE_BY_ONE, newest_ids
from hemu.infra.search import (
    ASKED,
    TOKENS,
    add_words,
    exchange_words,
    holds,
    newest_with,
    plain,
    spread,
    tokens_of,
)

PAIRS = [
    ("楼道灯", ["楼道", "道灯"]),
    ("楼道，灯坏", ["楼道", "灯坏"]),
    ("灯", []),
    ("", []),
    ("Ａ座 b", ["a座"]),
    ("1201室", ["12", "20", "01", "1室"]),
    ("哈哈哈哈", ["哈哈"]),
    ("一_二三", ["二三"]),
    ("𠮷野家", ["𠮷野", "野家"]),
]


@pytest.mark.parametrize(("text", "pairs"), PAIRS)
def test_pairs(text: str, pairs: list[str]) -> None:
    assert tokens_of(text) == [ord(pair[0]) << 21 | ord(pair[1]) for pair in pairs]


@given(st.text(max_size=60))
def test_what_a_text_holds_has_its_pairs(text: str) -> None:
    for part in plain(text).split():
        if len(part) == 2 and part.isalnum() and unicodedata.is_normalized("NFKC", part):
            assert set(tokens_of(part)) <= set(tokens_of(text))
            assert holds(text, part)


def test_long_words_are_kept_and_asked_for_in_part() -> None:
    long = "".join(chr(0x4E00 + each) for each in range(3_000))
    tokens = tokens_of(long)
    assert len(tokens) == TOKENS
    assert spread(tokens) == [tokens[0], tokens[333], tokens[666], tokens[999]]
    assert len(spread(tokens)) == ASKED
    assert spread(tokens[:3]) == tokens[:3]


def thing(number: int) -> UUID:
    return UUID(int=number)


def found(words: str, scopes: list[int] | None = None, at_most: int = 10) -> list[int]:
    chosen = None if scopes is None else [thing(each) for each in scopes]
    return [each.int for each in newest_with(words, scopes=chosen, at_most=at_most).ids]


@pytest.mark.django_db
def test_the_newest_in_some_scopes() -> None:
    add_words((thing(number), thing(number % 3), "楼道" if number % 2 else "电梯") for number in range(1, 13))
    assert found("楼道") == [11, 9, 7, 5, 3, 1]
    assert found("楼道", [0]) == [9, 3]
    assert found("楼道", [0, 1]) == [9, 7, 3, 1]
    assert found("楼道", [0, 1], at_most=3) == [9, 7, 3]
    assert found("楼道", [7, 8]) == []
    assert found("楼道", []) == []
    assert found("道") == []
    assert found("楼道", [*range(ONE_BY_ONE + 1)]) == [11, 9, 7, 5, 3, 1]


@pytest.mark.django_db
def test_nothing_can_be_found() -> None:
    add_words((thing(number), thing(number), "楼道") for number in range(3))
    rows = SearchToken.objects.filter(token__in=[])
    assert newest_ids(rows, scope="scope", among=[thing(0), thing(1)], at_most=2, key="target") == []


@pytest.mark.django_db
def test_the_rarest_pair_is_followed() -> None:
    add_words((thing(number), thing(0), "楼道灯" if number == 4 else "楼道") for number in range(1, 8))
    assert found("楼道灯", [0]) == [4]


@pytest.mark.django_db
def test_words_put_in_twice_and_taken_out() -> None:
    words = (thing(1), thing(0), "楼道灯")
    add_words([words])
    add_words([words])
    assert SearchToken.objects.count() == 2
    exchange_words(target=thing(1), scope=thing(0), old="楼道灯", new="道灯亮")
    assert (found("楼道"), found("道灯"), found("灯亮")) == ([], [1], [1])
    exchange_words(target=thing(1), scope=thing(0), old="道灯亮", new="")
    assert SearchToken.objects.count() == 0


@pytest.mark.django_db
def test_more_scopes_than_a_statement_joins() -> None:
    add_words((thing(number), thing(number), "楼道") for number in range(ONE_BY_ONE))
    rows = SearchToken.objects.filter(token=tokens_of("楼道")[0])
    newest = newest_ids(
        rows, scope="scope", among=[thing(each) for each in range(ONE_BY_ONE)], at_most=2, key="target"
    )
    assert [each.int for each in newest] == [ONE_BY_ONE - 1, ONE_BY_ONE - 2]
