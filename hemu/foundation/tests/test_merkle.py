from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemu.foundation.errors import RuleViolation
from hemu.foundation.merkle import GENESIS, canonical_json, chain_head, commitment, proof, root, verify

LEAVES = [
    bytes.fromhex(text)
    for text in [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The published example tree of Certificate Transparency, which RFC 9162 shares."""
BATCHES = st.lists(st.binary(max_size=8), min_size=1, max_size=40)


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_published_tree(size: int) -> None:
    assert root(LEAVES[:size]).hex() == ROOTS[size]


@given(BATCHES, st.data())
def test_every_leaf_proves_its_place_and_no_other_does(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    size, tree, path = len(leaves), root(leaves), proof(leaves, index)
    assert verify(leaves[index], index, size, path, tree)
    assert not verify(leaves[index] + b"!", index, size, path, tree)
    assert not verify(leaves[index], index, size, [*path, GENESIS], tree)
    assert not verify(leaves[index], size, size, path, tree)
    if path:
        assert not verify(leaves[index], index, size, path[:-1], tree)


def test_there_is_no_proof_of_a_leaf_that_is_not_there() -> None:
    with pytest.raises(RuleViolation, match=r"merkle\.no_such_leaf"):
        proof(LEAVES, 8)


def test_heads_chain_root_size_and_time() -> None:
    moment = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
    text = (
        b"\x02"
        + GENESIS
        + bytes.fromhex(ROOTS[8])
        + b"\0\0\0\0\0\0\0\x08"
        + b"2026-11-22T02:00:00.000000+00:00"
    )
    head = chain_head(GENESIS, bytes.fromhex(ROOTS[8]), 8, moment)
    assert head == sha256(text).digest()
    assert (
        chain_head(GENESIS, bytes.fromhex(ROOTS[8]), 8, moment.astimezone(timezone(timedelta(hours=8))))
        == head
    )
    assert chain_head(head, bytes.fromhex(ROOTS[8]), 8, moment) != head


def test_json_has_one_spelling() -> None:
    value = {"乙": [1, True, None], "b": '水\n"管"', "B": {}, "a": -7}
    assert canonical_json(value) == '{"B":{},"a":-7,"b":"水\\n\\"管\\"","乙":[1,true,null]}'.encode()


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (1.0, "$"),
        ({"a": [0, 0.5]}, "$.a[1]"),
        ({"a": "x\x00"}, "$.a"),
        ("\ud83d", "$"),
        ({"\x00": 1}, "$ key"),
        ({1: 1}, "$"),
        ((1, 2), "$"),
        (b"x", "$"),
        ({"at": datetime(2026, 1, 1, tzinfo=UTC)}, "$.at"),
    ],
)
def test_what_has_no_one_spelling_is_refused(value: object, place: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        canonical_json(value)
    assert (refused.value.code, refused.value.params) == ("canonical.unsupported", {"at": place})


def test_a_commitment_hides_words_behind_a_salt() -> None:
    salt = bytes(range(16))
    assert commitment(salt, {"text": "漏水"}) == sha256(salt + '{"text":"漏水"}'.encode()).hexdigest()
    assert commitment(bytes(16), {"text": "漏水"}) != commitment(salt, {"text": "漏水"})
    with pytest.raises(RuleViolation, match=r"commitment\.salt"):
        commitment(b"short", {})
