#!/usr/bin/env python3
"""核对和睦台账的一份核验包，不必信任出包的服务器 · Check a package of Hemu's book without trusting who made it.

    python hemu_verify.py PACKAGE [--root CODE]...

Nothing but Python is needed. Get this file from elsewhere than the package: one who forges a package could forge
the checker beside it.

In a package, where every line is JSON in its one spelling (keys sorted, no spaces, UTF-8):
    manifest.json   what the package is, the SHA-256 of each other file, and its own
    entries.jsonl   the entries, one a line, without words and names
    proofs.jsonl    for the entry on the same line: its seal, its place there, the digests on its way to the root
    seals.jsonl     every seal from the first one on

How it hangs together (SHA-256 and the trees of RFC 9162; "," puts bytes side by side):
    digest of an entry = SHA-256(its line without the line end)
    leaf = SHA-256(00, digest)     node = SHA-256(01, left, right)     up to the root of a seal
    head of a seal = SHA-256(02, head before, root, size in 8 bytes, time)     before the first: 32 zero bytes
    code of a seal = the first 80 bits of its head in 16 letters and digits, as the office publishes it

So a code that you have on paper fixes a head, a head fixes its root and every head before it, and each root fixes
its entries: whoever changes, drops, adds or moves one of them gets other heads and another code.

Exit code: 0 all fits, 1 something does not (the reason on one line), 2 not a package or not a code.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

FORMAT = "hemu book package 1"
FILES = {"entries.jsonl", "proofs.jsonl", "seals.jsonl"}
ENTRY = {"v", "id", "book", "kind", "subject", "actor", "at", "recorded_at", "proof", "clause", "facts", "closed"}  # fmt: skip
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs, 5 bits each; no 0, O, 1, I
CHINA = timezone(timedelta(hours=8))


class Altered(Exception):
    """Something does not fit; says what, in Chinese and English."""


class NotAPackage(Exception):
    """There is nothing here that could be checked."""


def main(arguments: list[str] | None = None) -> int:
    """Check the package that the arguments name, say what was found, return the exit code."""
    parser = argparse.ArgumentParser(
        prog="hemu-verify", description="核对台账核验包 · check a package of the book"
    )
    parser.add_argument("package", type=Path, metavar="PACKAGE")
    parser.add_argument(
        "--root", action="append", default=[], metavar="CODE", help="公布过的封存码 · a published code"
    )
    asked = parser.parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")  # Chinese comes out right in any locale
    try:
        print(verdict(asked.package, [read_code(code) for code in asked.root]))
    except NotAPackage as nothing:
        print(nothing)
        return 2
    except Altered as reason:
        print(f"对不上 · Does not fit: {reason}")
        return 1
    return 0


def verdict(folder: Path, codes: list[str]) -> str:
    """Return what can be said of a package under the codes known from outside; raise where it does not fit."""
    manifest = read_manifest(folder)
    try:
        check_files(folder, manifest)
        seals = check_seals(folder)
        counts = check_entries(folder, manifest, seals)
    except (
        OSError,
        ValueError,
        TypeError,
        AttributeError,
        LookupError,
        OverflowError,
        RecursionError,
    ) as error:
        # The files are as the manifest says and still make no sense: somebody wrote both.
        raise Altered(f"内容读不懂 · contents make no sense ({type(error).__name__})") from error
    newest = 0
    for code in codes:
        numbers = [seal["number"] for seal in seals if code in (code_of(seal["head"]), seal["head"])]
        if not numbers:
            raise Altered(
                f"没有哪次封存的码是 {code}：台账改过，或者这个码比核验包（{local(manifest['made_at'])}）新"
                f" · no seal has the code {code}: the book was altered, or the code is younger than the package"
            )
        newest = max(newest, *numbers)
    under = sum(count for number, count in counts.items() if 0 < number <= newest)
    unsealed, younger = counts.get(0, 0), sum(count for number, count in counts.items() if number > newest)
    lines = [
        "自身一致；没有公布过的封存码能证明它没有改过 · Consistent in itself; no published code vouches for it."
    ]
    if newest and (under or not counts):
        since = local(seals[newest - 1]["sealed_at"])
        lines = [f"自 {since} 起没有改动 · Unaltered since {since}: {under} 条记录 entries."]
    if codes and younger:
        lines.append(
            f"{younger} 条晚于所给的码，只是自身一致 · {younger} sealed later: consistent in themselves only."
        )
    if unsealed:
        lines.append(
            f"{unsealed} 条还没有封存，无法证明 · {unsealed} not sealed yet: nothing vouches for them."
        )
    lines.append(
        "只证明包里有的，不证明没有漏出去的 · It vouches for what is in it, not for what was left out."
    )
    return "\n".join(lines)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest; it carries the SHA-256 of its own spelling without that field."""
    try:
        raw = (folder / "manifest.json").read_bytes()
        manifest = json.loads(raw)
        if manifest["format"] != FORMAT or set(manifest["files"]) != FILES:
            raise ValueError
        own = {name: value for name, value in manifest.items() if name != "sha256"}
        whole = own | {"sha256": sha256(spelled(own)).hexdigest()}
        times = [manifest[name] for name in ("from", "to", "made_at")]
        fits = spelled(whole) + b"\n" == raw and all(local(time) for time in times)
    except (OSError, ValueError, TypeError, AttributeError, LookupError, OverflowError, RecursionError):
        raise NotAPackage("这不是核验包 · Not a package of Hemu's book.") from None
    if not fits:
        raise Altered("manifest.json 改过 · manifest.json was changed")
    return dict(manifest)


def check_files(folder: Path, manifest: dict[str, Any]) -> None:
    """Compare each file with its digest in the manifest; one too many is as wrong as one too few."""
    there = {each.name for each in folder.iterdir() if not each.name.startswith(".")} - {"manifest.json"}
    for name in sorted(there ^ FILES):
        raise Altered(f"多出或缺少文件 · a file too many or missing: {name!r}")
    for name in sorted(FILES):
        if digest_of(folder / name) != manifest["files"][name]:
            raise Altered(f"{name} 改过 · {name} was changed")


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    found = sha256()
    with file.open("rb") as pieces:
        while piece := pieces.read(1 << 20):
            found.update(piece)
    return found.hexdigest()


def check_seals(folder: Path) -> list[dict[str, Any]]:
    """Return the seals in order, each chained to the one before."""
    seals: list[dict[str, Any]] = []
    previous, total = bytes(32), 0
    for _, seal in values(folder / "seals.jsonl"):
        number, size = len(seals) + 1, int(seal["size"])
        total += size
        heading = (
            previous + bytes.fromhex(seal["root"]) + size.to_bytes(8, "big") + seal["sealed_at"].encode()
        )
        head = sha256(b"\x02" + heading).digest()
        given = {name: seal[name] for name in ("size", "root", "sealed_at")}
        if seal != given | {"number": number, "total": total, "previous": previous.hex(), "head": head.hex()}:
            raise Altered(f"第 {number} 次封存接不上 · seal {number} does not fit the one before")
        local(seal["sealed_at"])  # raises where it is no time
        seals.append(seal)
        previous = head
    return seals


def check_entries(folder: Path, manifest: dict[str, Any], seals: list[dict[str, Any]]) -> dict[int, int]:
    """Return how many entries each seal vouches for, under 0 those without a seal."""
    counts: dict[int, int] = {}
    before: tuple[int, Any] = (0, -1)
    lines = zip(values(folder / "entries.jsonl"), values(folder / "proofs.jsonl"), strict=True)
    for number, ((line, entry), (_, proof)) in enumerate(lines, 1):
        inside = (
            manifest["from"] <= entry["recorded_at"] < manifest["to"] and entry["book"] == manifest["book"]
        )
        if set(entry) != ENTRY or not inside or set(proof) != {"id", "seal", "position", "path"}:
            raise Altered(f"第 {number} 条不属于这个包 · entry {number} does not belong into this package")
        sealed = proof["seal"] is not None
        # Sealed ones come first, by seal and position; the others after them, by time and id.
        place = (
            (proof["seal"], proof["position"])
            if sealed
            else (len(seals) + 1, [entry["recorded_at"], entry["id"]])
        )
        if proof["id"] != entry["id"] or not place > before:
            raise Altered(f"第 {number} 条的位置不对 · entry {number} stands in the wrong place")
        if sealed:
            seal: dict[str, Any] = seals[proof["seal"] - 1] if proof["seal"] > 0 else {"size": 0, "root": ""}
            digest = sha256(line).digest()
            if climbed(digest, proof["position"], seal["size"], proof["path"]) != seal["root"]:
                raise Altered(f"第 {number} 条（{entry['id']!r}）改过 · entry {number} was changed")
        counts[proof["seal"] or 0] = counts.get(proof["seal"] or 0, 0) + 1
        before = place
    if manifest["counts"] != {
        "entries": sum(counts.values()),
        "unsealed": counts.get(0, 0),
        "seals": len(seals),
    }:
        raise Altered("条数与清单不符 · the manifest counts other numbers")
    return counts


def climbed(digest: bytes, position: int, size: int, path: list[str]) -> str:
    """Return the root that a path leads to from the leaf at ``position`` of ``size`` (RFC 9162, 2.1.3.2)."""
    if not 0 <= position < size:
        raise ValueError(position)
    node, last, siblings = sha256(b"\x00" + digest).digest(), size - 1, [bytes.fromhex(each) for each in path]
    while last:
        if position % 2:
            node = sha256(b"\x01" + siblings.pop(0) + node).digest()
        elif position < last:
            node = sha256(b"\x01" + node + siblings.pop(0)).digest()
        position, last = position // 2, last // 2
    return node.hex() if not siblings else ""


def values(file: Path) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """Yield each line of a file without its end, and its value; every line in its one spelling."""
    with file.open("rb") as lines:
        for number, whole in enumerate(lines, 1):
            line = whole[:-1]
            value = json.loads(line)
            if spelled(value) + b"\n" != whole:
                raise Altered(
                    f"{file.name} 第 {number} 行写法不对 · line {number} of {file.name} is misspelled"
                )
            yield line, value


def spelled(value: object) -> bytes:
    """Return the one spelling of a JSON value."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def code_of(head: str) -> str:
    """Return the code of a head: its first 80 bits in four groups of four signs."""
    bits = int(head[:20], 16)
    signs = "".join(SIGNS[bits >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(signs[at : at + 4] for at in range(0, 16, 4))


def read_code(text: str) -> str:
    """Return a code as it is written, from what somebody typed; a whole head, 64 hexadecimal digits, stays one."""
    plain = "".join(sign for sign in text.upper() if sign not in " -－·")
    if len(plain) == 64 and not set(plain) - set("0123456789ABCDEF"):
        return plain.lower()
    if len(plain) != 16 or set(plain) - set(SIGNS):
        raise NotAPackage(
            f"{text!r} 不是封存码（16 位，没有 0、O、1、I）· not a code (16 signs, none of them 0, O, 1, I)"
        )
    return "-".join(plain[at : at + 4] for at in range(0, 16, 4))


def local(moment: str) -> str:
    """Return a moment to the minute, in China's time."""
    return datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


if __name__ == "__main__":
    sys.exit(main())
