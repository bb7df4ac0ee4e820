"""The bytes and hashes of entries, pinned for ever. A line of golden.jsonl is never changed."""

import hashlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from hemu.foundation.merkle import canonical_json, commitment
from hemu.infra.moments import parse_moment
from hemu.ledger.models import Entry

GOLDEN = Path(__file__).with_name("golden.jsonl")
CASES: list[dict[str, Any]] = [
    json.loads(line) for line in GOLDEN.read_text("utf-8").rstrip("\n").split("\n")
]


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_an_entry_has_these_bytes_for_ever(case: dict[str, Any]) -> None:
    fields, words = case["entry"], case["words"]
    closed = commitment(bytes.fromhex(case["salt"]), words) if words else ""
    assert closed == fields["closed"]
    entry = Entry(
        **{
            name: fields[name]
            for name in ("v", "kind", "subject", "actor", "proof", "clause", "facts", "closed")
        },
        id=UUID(fields["id"]),
        book_id=fields["book"],
        at=parse_moment(fields["at"]),
        recorded_at=parse_moment(fields["recorded_at"]),
    )
    assert entry.plain() == fields
    assert entry.canonical() == case["canonical"].encode()
    assert entry.computed_digest() == case["digest"] == hashlib.sha256(case["canonical"].encode()).hexdigest()


def test_the_file_itself_is_as_it_was() -> None:
    """Add a line by adding its digest here; an old one stays."""
    digests = [case["digest"] for case in CASES]
    assert hashlib.sha256(canonical_json(digests)).hexdigest() == PINNED


PINNED = "737c1c818f7234f0b1238bf3b3d4c3d72069a669a554b7a123eeb50869e96f70"
