"""The commands as an outside checker calls them: JSON shapes, exit codes, an empty HEMU_HOME, backup and restore."""

import json
import uuid
import zipfile
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from hemu.attachments.tests.samples import jpeg
from hemu.config.tests.commands import hemu

REGISTER = [
    "request",
    "register",
    "--json",
    "--community",
    "和风花园",
    "--home",
    "1栋2单元301",
    "--type",
    "complaint",
]
CALLED = "2026-09-30 16:00"
pytestmark = pytest.mark.django_db  # they run once on each database


def test_a_front_desk_by_command(tmp_path: Path) -> None:
    text = ["--text", "电梯又停了𠮷", "--at", CALLED, "--phone", "19900001234", "--name", "示例"]
    first, again, other, second, listed, older, shown, due, communities, verified, settings, unknown = hemu(
        tmp_path / "new" / "home",
        [*REGISTER, *text, "--key", "k1"],
        [*REGISTER, *text, "--key", "k1"],
        [*REGISTER, "--text", "别的话", "--key", "k1"],
        [*REGISTER[:-1], "inquiry", "--text", "停水吗", "--at", "2026-09-30 17:00"],
        ["request", "list", "--json", "--limit", "1"],
        ["request", "list", "--json", "--limit", "1", "--after", "HFHY-2026-00002"],
        ["request", "show", "--json", "hfhy-2026-00001"],
        ["duties", "due", "--json", "--on", "2026-10-01"],
        ["community", "list", "--json"],
        ["ledger", "verify", "--json"],
        ["settings", "--json"],
        ["request", "list", "--json", "--late", "--type", "inquiry", "--to", "2030-01-01"],
        from_nothing=True,
    )
    year = first.json["number"].split("-")[1]
    assert (first.code, first.json | {"number": ""}) == (0, {
        "number": "", "state": "received", "version": 1,
        "duties": [
            {"clause": "RQ-03", "due": "2026-09-30T16:30:00+08:00"},
            {"clause": "RQ-18", "due": "2026-10-01T16:00:00+08:00"},
            {"clause": "RQ-06", "due": "2026-10-10T23:59:59+08:00"},
            {"clause": "RQ-07", "due": None}, {"clause": "RQ-12", "due": None},
        ],
    })  # fmt: skip
    assert first.err != ""  # no roster is there yet: said on stderr, not on stdout
    assert (again.code, again.json) == (0, first.json)
    assert (other.code, other.json["error"], set(other.json)) == (1, "key.other_body", {"error", "message"})
    assert second.json["number"] == f"HFHY-{year}-00002"
    assert [item["number"] for item in listed.json["items"]] == [second.json["number"]]
    assert listed.json["next"] == second.json["number"]
    if year == "2026":
        assert [item["number"] for item in older.json["items"]] == [first.json["number"]]
        assert older.json["next"] is None
        assert shown.json["timeline"][0].keys() >= {
            "id", "kind", "at", "recorded_at", "by", "proof", "facts", "clause", "hash",
        }  # fmt: skip
        assert (shown.json["text"], shown.json["place"]) == ("电梯又停了𠮷", "1栋2单元301")
        clauses = ["RQ-03", "RQ-06", "RQ-07", "RQ-12", "RQ-18"]
        assert sorted({item["clause"] for item in shown.json["duties"]}) == clauses
    assert [(item["clause"], item["due"]) for item in due.json["items"]] == [
        ("RQ-03", "2026-09-30T16:30:00+08:00"), ("RQ-03", "2026-09-30T17:30:00+08:00"),
        ("RQ-18", "2026-10-01T16:00:00+08:00"),
    ]  # fmt: skip
    assert all(
        item.keys() == {"clause", "book", "subject", "due", "state", "owed_by"} for item in due.json["items"]
    )
    assert communities.json == [{"name": "和风花园", "homes": 0, "occupied": 0}]
    assert (verified.code, verified.json) == (
        0, {"ok": True, "entries": 2, "seals": 0, "unsealed": 2, "root": "", "code": "", "published": 0, "problems": []},
    )  # fmt: skip
    assert settings.json["home"] == str(tmp_path / "new" / "home")
    assert [item["number"] for item in unknown.json["items"]] == [second.json["number"]]


WRONG: list[tuple[list[str | bytes], int, str]] = [
    (["request", "register", "--json", "--community", "东苑", "--type", "help", "--text", "x"], 1, "community.unknown"),
    ([*REGISTER, "--text", " "], 1, "request.no_words"),
    ([*REGISTER, "--text", "长" * 1_000_000], 1, "request.too_long"),
    ([*REGISTER, "--text", "a\x00b"], 1, "canonical.unsupported"),
    ([*REGISTER, "--text", b"\xd2\xb5\xd6\xf7"], 1, "canonical.unsupported"),
    ([*REGISTER, "--text", "x", "--key", b"\xff"], 1, "canonical.unsupported"),
    ([*REGISTER, "--text", "x", "--key", "k" * 256], 1, "key.too_long"),
    ([*REGISTER, "--text", "x", "--at", "2099-01-01 00:00"], 1, "entry.in_future"),
    ([*REGISTER, "--text", "x", "--at", "9999-12-31 23:59"], 1, "entry.in_future"),
    ([*REGISTER, "--text", "x", "--at", "0002-01-01 00:00"], 1, "entry.too_long_ago"),
    ([*REGISTER, "--text", "x", "--at", "0001-01-01 00:00"], 2, ""),
    ([*REGISTER, "--text", "x", "--at", "9999-12-31T23:59:59-12:00"], 2, ""),
    ([*REGISTER, "--text", "x", "--at", "昨天"], 2, ""),
    ([*REGISTER[:-1], "war", "--text", "x"], 2, ""),
    (["request", "register", "--json"], 2, ""),
    (["request", "dance"], 2, ""),
    (["dance"], 2, ""),
    (["request", "show", "--json", "HFHY-2026-99999"], 1, "request.not_found"),
    (["request", "show", "--json", "x\x00"], 1, "canonical.unsupported"),
    (["request", "show", "--json", "'; DROP TABLE"], 1, "request.not_found"),
    (["request", "list", "--json", "--limit", "-5"], 1, "request.unknown_value"),
    (["request", "list", "--json", "--limit", "0"], 1, "request.unknown_value"),
    (["request", "list", "--json", "--limit", "99999999999999999999"], 0, ""),
    (["request", "list", "--json", "--after", "nothing"], 1, "request.not_found"),
    (["request", "list", "--json", "--state", "lost"], 2, ""),
    (["request", "list", "--json", "--from", "9999-12-31", "--to", "0002-01-01"], 0, ""),
    (["request", "step", "--json", "HFHY-2026-00001", "classify", "--by", "ghost"], 1, "access.unknown_login"),
    (["request", "step", "--json", "HFHY-2026-00001", "classify", "--by", "x", "--set", "novalue"], 2, ""),
    (["request", "step", "--json", "HFHY-2026-00001", "classify", "--by", "x", "--set", "=v"], 2, ""),
    (["request", "step", "--json", "HFHY-2026-00001", "classify", "--by", "x", "--set", b"k=\xff"], 1, "canonical.unsupported"),
    (["duties", "due", "--json", "--community", "东苑"], 1, "community.unknown"),
    (["duties", "due", "--json", "--on", "9999-12-31"], 0, ""),
    (["archive", "list", "--json", "--community", "东苑", "--after", "["], 2, ""),
    (["ledger", "export", "--json", "--community", "和风花园", "--from", "2026-10-20", "--to", "2026-10-20", "长" * 300], 1, "command.file"),
    (["restore", "--json", "/nowhere/at/all.zip"], 1, "restore.not_empty"),
    (["backup", "--json", "/proc/nobody/writes/here.zip"], 1, "backup.unwritable"),
]  # fmt: skip


def test_nothing_ends_in_a_traceback(tmp_path: Path) -> None:
    made, *answers = hemu(tmp_path, [*REGISTER, "--text", "灯不亮"], *[argv for argv, _, _ in WRONG])
    assert made.code == 0
    for (argv, code, error), answer in zip(WRONG, answers, strict=True):
        shown = [str(part)[:60] for part in argv]
        assert answer.code == code, (shown, answer.err[-500:])
        if code == 1:
            assert answer.json["error"] == error, shown
            assert answer.json["message"] not in ("", error), shown
        if code == 2:
            assert answer.out == "", shown
            assert "Traceback" not in answer.err, shown


def step(number: str, name: str, by: str, *more: str) -> list[str]:
    return ["request", "step", "--json", number, name, "--by", by, *more]


def _with_a_picture(home: Path, picture: Path, here: list[str]) -> str:
    """Register a case with a picture and return its number; without the picture nothing is registered."""
    word = [
        "request",
        "register",
        "--json",
        *here,
        "--home",
        "1-1-101",
        "--type",
        "repair_home",
        "--text",
        "水管漏水",
    ]
    picture.write_bytes(jpeg())
    made, wrong = hemu(home, [*word, "--file", str(picture)], [*word, "--file", "/no/such.jpg"])
    assert (wrong.code, wrong.json["error"]) == (1, "file.unreadable")
    return str(made.json["number"])


def test_the_demonstration_and_an_archive_of_it(tmp_path: Path) -> None:
    archive = tmp_path / "archive.zip"
    home = tmp_path / "home"
    here = ["--community", "和风花园"]
    loaded, before, again, after = hemu(
        home, ["demo", "load", "--json"], ["ledger", "verify", "--json"], ["demo", "load", "--json"],
        ["ledger", "verify", "--json"],
    )  # fmt: skip
    assert loaded.json == again.json
    assert before.json == after.json
    assert (before.json["ok"], before.json["seals"] > 0) == (True, True)
    number = _with_a_picture(home, tmp_path / "pipe.jpg", here)
    classified, stale, denied, sent, due, stopped = hemu(
        home,
        step(number, "classify", "frontdesk", "--version", "1", "--set", "trade=repair"),
        step(number, "reply", "frontdesk", "--version", "1", "--reason", "好"),
        step(number, "dispatch", "finance", "--set", "to=technician"),
        step(number, "dispatch", "cs_supervisor", "--set", "to=technician"),
        ["duties", "due", "--json", *here, "--on", "2030-01-01"],
        ["worker", "--once"],
    )
    assert (classified.code, classified.json) == (0, {"number": number, "state": "classified", "version": 2})
    assert (stale.code, stale.json["error"], stale.json["version"], stale.json["state"]) == (
        1, "request.stale", 2, "classified",
    )  # fmt: skip
    assert (denied.code, denied.json["error"]) == (1, "step.not_yours")
    assert (sent.code, sent.json["state"], stopped.code) == (0, "dispatched", 0)
    assert f"request:{number}" in {item["subject"] for item in due.json["items"]}

    saved, kept, shown, listed = hemu(
        home,
        ["backup", "--json", str(archive)],
        ["files", "verify", "--json"],
        ["request", "show", "--json", number],
        ["request", "list", "--json"],
    )
    assert (saved.code, saved.json["ok"], archive.with_name("archive.zip.part").exists()) == (0, True, False)
    assert (kept.code, kept.json["files"] > 1, kept.json["strays"]) == (0, True, [])
    _restored_by_each(tmp_path, archive, number, saved=saved, kept=kept, shown=shown, listed=listed)


def _restored_by_each(tmp_path: Path, archive: Path, number: str, **before: Any) -> None:
    """Restore into each database in turn, each from the archive that the one before it made."""
    saved, kept, shown, listed = (before[each] for each in ("saved", "kept", "shown", "listed"))
    here = ["--community", "和风花园"]
    for number_, database in enumerate(_chain()):
        place = tmp_path / f"restored{number_}"
        restored, verified, kept_there, shown_there, listed_there, twice, saved_there, more = hemu(
            place,
            ["restore", "--json", str(archive)],
            ["ledger", "verify", "--json"],
            ["files", "verify", "--json"],
            ["request", "show", "--json", number],
            ["request", "list", "--json"],
            ["restore", "--json", str(archive)],
            ["backup", "--json", str(place / "archive.zip")],
            ["request", "register", "--json", *here, "--type", "help", "--text", "还在吗"],
            database=database,
            from_nothing=True,
        )
        told = ("root", "rows", "digest")
        assert (restored.code, *(restored.json[name] for name in told)) == (
            0, saved.json["root"], saved.json["rows"], "sha256",
        ), restored  # fmt: skip
        assert (verified.code, verified.json["root"]) == (0, saved.json["root"])
        assert (kept_there.code, kept_there.json) == (0, kept.json)
        assert _still(shown_there.json) == _still(shown.json)
        assert _still(listed_there.json) == _still(listed.json)
        assert (twice.code, twice.json["error"]) == (1, "restore.not_empty")
        assert saved_there.json["root"] == saved.json["root"]
        assert more.json["number"] == _following(number)
        archive = place / "archive.zip"


def _still(value: Any) -> str:
    return json.dumps(value, sort_keys=True).replace('"late": true', "").replace('"late": false', "")


def _following(number: str) -> str:
    prefix, year, serial = number.split("-")
    return f"{prefix}-{year}-{int(serial) + 1:05}"


def _chain() -> list[str]:
    """Return where the archive goes, one after the other: SQLite; on the run of PostgreSQL there, and back."""
    if connection.vendor == "sqlite":
        return [""]
    name, server = f"restored_{uuid.uuid4().hex}", connection.settings_dict
    base = f"postgresql://{server['USER']}@{server['HOST']}:{server['PORT']}"
    with psycopg.connect(f"{base}/postgres", autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name}".encode())
    return [f"{base}/{name}", ""]


def test_an_archive_that_is_none(tmp_path: Path) -> None:
    archive = tmp_path / "archive.zip"
    hemu(tmp_path / "home", [*REGISTER, "--text", "灯不亮"], ["backup", "--json", str(archive)])
    whole = archive.read_bytes()
    middle = len(whole) // 3
    broken = {
        "missing": None, "empty": b"", "text": b"not an archive", "cut": whole[:-40], "half": whole[: len(whole) // 2],
        "moment": whole[:10] + bytes([whole[10] ^ 1]) + whole[11:],  # of a header, which a zip's checksums leave out
        "bent": whole[:middle] + bytes(byte ^ 0x55 for byte in whole[middle : middle + 60]) + whole[middle + 60 :],
    }  # fmt: skip
    commands = []
    for name, content in broken.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
        commands.append(["restore", "--json", str(tmp_path / name)])
    older = without_its_digest(archive)
    *refused, good = hemu(tmp_path / "new", *commands, ["restore", "--json", str(older)], empty=True)
    assert [(answer.code, answer.json["error"]) for answer in refused] == [(1, "restore.unreadable")] * len(
        broken
    )
    assert (good.code, good.json["ok"], good.json["digest"]) == (0, True, None)


def without_its_digest(archive: Path) -> Path:
    """Return a copy as versions wrote it that knew no digest."""
    copy = archive.with_suffix(".older")
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            told = json.loads(source.read(name)) if name == "manifest.json" else {}
            told.pop("digest", None)
            target.writestr(name, json.dumps(told) if told else source.read(name))
    return copy
