"""Merkle trees as in RFC 9162 §2.1, the chain of their roots, and the bytes that are hashed."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256

from hemu.foundation.errors import RuleViolation

GENESIS = bytes(32)
"""The ``previous`` of the first chain head."""
SALT_BYTES = 16


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def leaf_hash(data: bytes) -> bytes:
    """Return SHA-256(0x00 || data)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over the leaves' data, in order; of no leaves, SHA-256 of nothing."""
    if not leaves:
        return sha256(b"").digest()
    level = [leaf_hash(data) for data in leaves]
    while len(level) > 1:
        level = _level_above(level)
    return level[0]


def proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the inclusion proof of leaf ``index`` (0-based), lowest sibling first.

    Raises:
        RuleViolation: ``merkle.no_such_leaf``.
    """
    return proofs(leaves, [index])[0]


def proofs(leaves: Sequence[bytes], indexes: Sequence[int]) -> list[list[bytes]]:
    """Return the inclusion proofs of several leaves of one tree, which is built once.

    Raises:
        RuleViolation: ``merkle.no_such_leaf``.
    """
    for index in indexes:
        if not 0 <= index < len(leaves):
            raise RuleViolation("merkle.no_such_leaf", index=index, size=len(leaves))
    levels = [[leaf_hash(data) for data in leaves]]
    while len(levels[-1]) > 1:
        levels.append(_level_above(levels[-1]))
    return [
        [level[at] for depth, level in enumerate(levels) if (at := index >> depth ^ 1) < len(level)]
        for index in indexes
    ]


def verify(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected_root: bytes) -> bool:
    """Tell whether ``leaf`` (its data) stands at ``index`` in a tree of ``size`` leaves with that root."""
    if not 0 <= index < size:
        return False
    node, last, siblings = leaf_hash(leaf), size - 1, iter(path)
    while last:
        if index % 2 or index < last:
            sibling = next(siblings, None)
            if sibling is None:
                return False
            node = node_hash(sibling, node) if index % 2 else node_hash(node, sibling)
        index, last = index // 2, last // 2
    return node == expected_root and next(siblings, None) is None


def chain_head(previous: bytes, tree_root: bytes, size: int, at: datetime) -> bytes:
    """Return SHA-256(0x02 || previous || root || size, 8 bytes big-endian || ``at`` in UTC, ISO 8601, µs).

    ``previous`` is the head before, ``GENESIS`` for the first; ``size`` the leaves of this tree.
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds").encode()
    return sha256(b"\x02" + previous + tree_root + size.to_bytes(8, "big") + moment).digest()


def canonical_json(value: object) -> bytes:
    """Return the one spelling of a JSON value: keys sorted by code point, no spaces, UTF-8 unescaped.

    Raises:
        RuleViolation: ``canonical.unsupported`` (at: where) for anything but None, bool, int, str, list and
            dict with str keys, and for strings with NUL or surrogates, which databases refuse.
    """
    _check(value, "$")
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def commitment(salt: bytes, words: Mapping[str, object]) -> str:
    """Return hex SHA-256(salt || canonical JSON of the words): the ``closed`` of an entry.

    Raises:
        RuleViolation: ``commitment.salt`` unless the salt has 16 bytes; ``canonical.unsupported``.
    """
    if len(salt) != SALT_BYTES:
        raise RuleViolation("commitment.salt", bytes=len(salt))
    return sha256(salt + canonical_json(dict(words))).hexdigest()


def _level_above(level: list[bytes]) -> list[bytes]:
    pairs = zip(level[::2], level[1::2], strict=False)
    above = [node_hash(left, right) for left, right in pairs]
    # A node without a sibling rises unchanged.
    return above + level[-1:] if len(level) % 2 else above


def _check(value: object, place: str) -> None:
    if value is None or isinstance(value, bool | int):
        return
    if isinstance(value, str):
        if _UNSTORABLE.search(value):
            raise RuleViolation("canonical.unsupported", at=place)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            _check(item, f"{place}[{number}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise RuleViolation("canonical.unsupported", at=place)
            _check(key, f"{place} key")
            _check(item, f"{place}.{key}")
    else:
        raise RuleViolation("canonical.unsupported", at=place)
