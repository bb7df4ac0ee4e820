"""`hemu-verify`: what was changed under a published code is found, and rubbish is told from a package."""

import json
import random
from collections.abc import Callable
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import hemu_verify
from hemu.foundation.merkle import GENESIS, canonical_json, chain_head, proofs, root
from hemu.infra.moments import parse_moment
from hemu.ledger.rules import first_digits, line, manifest, read_code, root_code

TRIALS, PER_SEAL = 1_000, 2
SEALED = (
    parse_moment("2026-11-02 10:00"),
    parse_moment("2026-11-02 11:00"),
    parse_moment("2026-11-03 09:00"),
)
FILES = ("entries.jsonl", "proofs.jsonl", "seals.jsonl", "manifest.json")
Rows = list[list[dict[str, Any]]]


def entry(number: int) -> dict[str, Any]:
    at = f"2026-11-02T01:{number:02}:00.000000Z"
    return {
        "v": 1, "id": f"00000000-0000-7000-8000-{number:012}", "book": "cm-1", "kind": "request.replied",
        "subject": f"request:HHY-2026-{number:05}", "actor": "staff:a", "at": at, "recorded_at": at, "proof": "word",
        "clause": "", "facts": {"count": number}, "closed": sha256(bytes([number])).hexdigest(),
    }  # fmt: skip


def book() -> Rows:
    """Return the entries of three seals and some that wait for the fourth."""
    return [[entry(PER_SEAL * seal + number) for number in range(PER_SEAL)] for seal in range(4)]


def package(folder: Path, rows: Rows, said: Rows | None = None) -> str:
    """Write the package of a book; return the code of its newest seal.

    Args:
        rows: the entries as they were sealed, the last list not sealed yet.
        said: the entries as they stand now, where somebody changed them and left the seals alone.
    """
    folder.mkdir(exist_ok=True)
    seals: list[dict[str, Any]] = []
    entries, proven, previous = [], [], GENESIS
    for number, (batch, at) in enumerate(zip(rows[:-1], SEALED, strict=True), 1):
        leaves = [sha256(canonical_json(each)).digest() for each in batch]
        head = chain_head(previous, root(leaves), len(leaves), at)
        total = sum(len(each) for each in rows[:number])
        seals.append({
            "number": number, "size": len(batch), "total": total, "root": root(leaves).hex(), "previous": previous.hex(),
            "head": head.hex(), "sealed_at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        })  # fmt: skip
        previous = head
        for place, path in enumerate(proofs(leaves, range(len(leaves)))):
            proven.append({"seal": number, "position": place, "path": [each.hex() for each in path]})
    for batch in said or rows:
        entries += batch
    proven += [{"seal": None, "position": None, "path": []}] * len(rows[-1])
    lines = {
        "entries.jsonl": entries,
        "proofs.jsonl": [{"id": each["id"], **proof} for each, proof in zip(entries, proven, strict=False)],
        "seals.jsonl": seals,
    }
    files = {}
    for name, each_line in lines.items():
        content = b"".join(map(line, each_line))
        _write(folder / name, content)
        files[name] = sha256(content).hexdigest()
    counts = {"entries": len(entries), "unsealed": len((said or rows)[-1]), "seals": len(seals)}
    told = {"book": "cm-1", "from": "2026-11-01T00:00:00.000000Z", "to": "2026-12-01T00:00:00.000000Z",
            "made_at": "2026-11-05T00:00:00.000000Z", "counts": counts, "files": files}  # fmt: skip
    _write(folder / "manifest.json", manifest(told))
    return root_code(previous.hex())


def _write(file: Path, content: bytes) -> None:
    file.unlink(missing_ok=True)  # some file systems write a file emptied and filled anew to the disk at once
    file.write_bytes(content)


def verify(capsys: pytest.CaptureFixture[str], folder: Path, *codes: str) -> tuple[int, str]:
    code = hemu_verify.main([str(folder), *(part for each in codes for part in ("--root", each))])
    return code, capsys.readouterr().out.rstrip("\n")


# ── what somebody with the database's password may try ───────────────────────


def altered(rows: Rows, chance: random.Random) -> None:
    one = chance.choice(chance.choice(rows[:3]))
    name = chance.choice([each for each in one if each not in ("v", "book", "id")])
    value = one[name]
    one[name] = {"count": 77} if name == "facts" else value[:-1] + "9" if value.endswith("Z") else value + "x"


def back_dated(rows: Rows, chance: random.Random) -> None:
    one = chance.choice(chance.choice(rows[:3]))
    one[chance.choice(("at", "recorded_at"))] = f"2026-11-01T0{chance.randrange(9)}:00:00.000000Z"


def dropped(rows: Rows, chance: random.Random) -> None:
    batch = chance.choice(rows[:3])
    del batch[chance.randrange(len(batch))]


def inserted(rows: Rows, chance: random.Random) -> None:
    batch = chance.choice(rows[:3])
    batch.insert(chance.randrange(len(batch) + 1), entry(50 + chance.randrange(9)))


def reordered(rows: Rows, chance: random.Random) -> None:
    one, other = chance.sample([(seal, place) for seal in range(3) for place in range(PER_SEAL)], 2)
    rows[one[0]][one[1]], rows[other[0]][other[1]] = rows[other[0]][other[1]], rows[one[0]][one[1]]


TAMPERS: tuple[Callable[[Rows, random.Random], None], ...] = (
    altered,
    back_dated,
    dropped,
    inserted,
    reordered,
)


def fits(folder: Path, *codes: str) -> bool:
    try:
        return bool(hemu_verify.verdict(folder, list(codes)))
    except hemu_verify.Altered:
        return False


def test_under_a_published_root_every_change_to_a_sealed_entry_is_found(tmp_path: Path) -> None:
    """Changed rows alone contradict their seals; whoever works out all seals anew is consistent, with other codes."""
    chance, before, whole = random.Random(5), package(tmp_path, book()), book()
    assert fits(tmp_path, before)
    for trial in range(TRIALS):
        rows, tamper = book(), TAMPERS[trial % len(TAMPERS)]
        for _ in range(chance.choice((1, 1, 2))):
            tamper(rows, chance)
        if rows == whole:
            tamper(rows, chance)  # the second change took the first back
        if trial % 2:
            package(tmp_path, rows)
            assert fits(tmp_path), (trial, tamper)
        else:
            package(tmp_path, whole, rows)
        assert not fits(tmp_path, before), (trial, tamper)


# ── what it says ─────────────────────────────────────────────────────────────

ITSELF = (
    "自身一致；没有公布过的封存码能证明它没有改过 · Consistent in itself; no published code vouches for it."
)


def test_what_it_says_of_a_whole_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    newest = package(tmp_path, book())
    oldest = hemu_verify.code_of(json.loads((tmp_path / "seals.jsonl").read_bytes().split(b"\n")[0])["head"])
    unsealed = "2 条还没有封存，无法证明 · 2 not sealed yet: nothing vouches for them."
    limit = "只证明包里有的，不证明没有漏出去的 · It vouches for what is in it, not for what was left out."
    since = "自 2026-11-03 09:00 起没有改动 · Unaltered since 2026-11-03 09:00: 6 条记录 entries."
    assert verify(capsys, tmp_path) == (0, "\n".join([ITSELF, unsealed, limit]))
    assert verify(capsys, tmp_path, newest.lower().replace("-", " "), oldest) == (
        0,
        "\n".join([since, unsealed, limit]),
    )
    code, said = verify(capsys, tmp_path, oldest)
    assert (code, said.split("\n")[:2]) == (
        0,
        [
            "自 2026-11-02 10:00 起没有改动 · Unaltered since 2026-11-02 10:00: 2 条记录 entries.",
            "4 条晚于所给的码，只是自身一致 · 4 sealed later: consistent in themselves only.",
        ],
    )
    code, said = verify(capsys, tmp_path, oldest, "2345-6789-ABCD-EFGH")
    assert (code, "no seal has the code 2345-6789-ABCD-EFGH" in said) == (1, True)
    for wrong in ("", "O345-6789-ABCD-EFGH", "2345-6789-ABCD-EFG", "2345-6789-ABCD-EFGHJ", "二"):
        assert verify(capsys, tmp_path, wrong)[0] == 2


def test_a_code_is_read_as_it_was_written_and_found_again() -> None:
    head = sha256(b"head").hexdigest()
    code = root_code(head)
    assert (code, hemu_verify.code_of(head), first_digits(code)) == ("MWR8-UEX5-G7ZG-JBKP", code, head[:20])
    assert read_code(f" {code.lower().replace('-', '·')} ") == hemu_verify.read_code(code.lower()) == code
    assert hemu_verify.SIGNS == "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


# ── every byte is covered, and rubbish is no package ─────────────────────────

EVERY = 97


@pytest.mark.parametrize("name", FILES)
def test_each_changed_byte_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    package(tmp_path, book())
    whole = (tmp_path / name).read_bytes()
    for at in [*range(0, len(whole), EVERY), len(whole) - 1]:
        flipped = bytearray(whole)
        flipped[at] ^= 1 << at % 8
        (tmp_path / name).write_bytes(flipped)
        code, said = verify(capsys, tmp_path)
        assert (code in ((1, 2) if name == "manifest.json" else (1,)), said.count("\n")) == (True, 0), (
            at,
            said,
        )
    for cut in (0, 1, len(whole) // 2, len(whole) - 1):
        (tmp_path / name).write_bytes(whole[:cut])
        code, said = verify(capsys, tmp_path)
        assert (code in ((1, 2) if name == "manifest.json" else (1,)), said.count("\n")) == (True, 0), (
            cut,
            said,
        )
    (tmp_path / name).unlink()
    assert verify(capsys, tmp_path)[0] == (2 if name == "manifest.json" else 1)


RUBBISH = [
    b"", b"\x00", b"\xff\xfe\x00", b"null", b"[]", b"7", b'"x"', b"{}", b"NaN", b"[" * 100_000, b"9" * 9_999,
    b'{"format":"hemu book package 1"}', b'{"format":"hemu book package 1","files":[]}',
    b'{"format":"hemu book package 1","files":{"entries.jsonl":1,"proofs.jsonl":2,"seals.jsonl":3},"from":7}',
    b'{"format":"hemu book package 2","files":{}}',
]  # fmt: skip


def test_rubbish_is_no_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(capsys, tmp_path / "nowhere")[0] == verify(capsys, tmp_path)[0] == 2
    (tmp_path / "file").write_bytes(b"x")
    assert verify(capsys, tmp_path / "file")[0] == 2
    for content in RUBBISH:
        (tmp_path / "manifest.json").write_bytes(content)
        assert verify(capsys, tmp_path) == (2, "这不是核验包 · Not a package of Hemu's book."), content[:60]


SENSELESS: dict[str, list[bytes]] = {
    "entries.jsonl": [
        b"\n",
        b"{}\n",
        b"[]\n",
        b"7\n",
        b'{"a": 1}\n',
        b'{"recorded_at":7}\n',
        b"[" * 99_999 + b"\n",
    ],
    "proofs.jsonl": [b"{}\n", b"null\n", b'{"id":1,"path":7,"position":"x","seal":1}\n', b"\xff\n"],
    "seals.jsonl": [b"{}\n", b'{"size":"x"}\n', b'{"root":"zz","sealed_at":"now","size":-1}\n', b"1\n"],
}


@pytest.mark.parametrize("name", list(SENSELESS))
def test_a_forged_manifest_over_senseless_files_does_not_fit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    package(tmp_path, book())
    told = json.loads((tmp_path / "manifest.json").read_bytes())
    del told["sha256"]
    for content in SENSELESS[name]:
        (tmp_path / name).write_bytes(content)
        told["files"][name] = sha256(content).hexdigest()
        (tmp_path / "manifest.json").write_bytes(manifest(told))
        code, said = verify(capsys, tmp_path)
        assert (code, said.count("\n")) == (1, 0), content[:40]
    (tmp_path / "more\n.txt").write_bytes(b"")
    assert verify(capsys, tmp_path) == (
        1,
        "对不上 · Does not fit: 多出或缺少文件 · a file too many or missing: 'more\\n.txt'",
    )
