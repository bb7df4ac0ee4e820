"""Every byte of an archive is covered: one that turned over is found, wherever it lies."""

import json
import zipfile
from pathlib import Path

from hemu.config.archive_digest import LENGTH, MARK, METHOD, has_digest, keep_place, write_digest


def archive_at(path: Path, *, digest: bool) -> bytes:
    """Write a small archive: packed rows, a file kept as it is, the manifest."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("estate.home.jsonl", '{"written": "1栋1单元101"}\n' * 20)
        archive.writestr(zipfile.ZipInfo("files/picture"), bytes(range(64)), zipfile.ZIP_STORED)
        archive.writestr("manifest.json", json.dumps({"digest": METHOD} if digest else {}))
        if digest:
            keep_place(archive)
    if digest:
        write_digest(path)
    return path.read_bytes()


def taken(path: Path, content: bytes) -> bool:
    """Tell whether a file passes for an archive with a digest, or for an older one that had none."""
    path.write_bytes(content)
    try:
        if has_digest(path):
            return True
        with zipfile.ZipFile(path) as archive:
            return "digest" not in json.loads(archive.read("manifest.json"))
    except (ValueError, KeyError, OSError, EOFError, RuntimeError, zipfile.BadZipFile):
        return False


def turned(content: bytes, place: int, bit: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]


def test_each_bit_of_each_byte_is_found(tmp_path: Path) -> None:
    content, copy = archive_at(tmp_path / "whole", digest=True), tmp_path / "copy"
    assert taken(copy, content)
    through = [
        (place, bit)
        for place in range(len(content))
        for bit in range(8)
        if taken(copy, turned(content, place, bit))
    ]
    assert through == []


def test_without_the_digest_bytes_go_through_that_nothing_covers(tmp_path: Path) -> None:
    content, copy = archive_at(tmp_path / "older", digest=False), tmp_path / "copy"
    moment = 10  # the time of day in the first local header
    assert [taken(copy, content), taken(copy, turned(content, moment, 0))] == [True, True]


def test_what_is_longer_or_shorter_is_found(tmp_path: Path) -> None:
    content = archive_at(tmp_path / "whole", digest=True)
    spoilt = {
        "the last byte cut off": content[:-1],
        "a byte behind it": content + b"\n",
        "the digest cut off": content[: -len(MARK) - LENGTH],
        "a byte lost": content[:40] + content[41:],
        "the digest spelled otherwise": content[:-LENGTH] + content[-LENGTH:].upper(),
        "nothing": b"",
    }
    assert [name for name, bytes_ in spoilt.items() if taken(tmp_path / "copy", bytes_)] == []
