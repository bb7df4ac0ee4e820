"""The commands of the file: file, find, print, hold, verify."""

import json
from pathlib import Path
from typing import Any

import pytest

from hemu.access.tests.house import House, found_house
from hemu.attachments.operations.storing import remove_bytes
from hemu.attachments.tests.samples import jpeg
from hemu.config.commands import main
from hemu.filing.models import Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return found_house()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code = main(["archive", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_commands_file_find_print_and_verify(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scan, contents, where = tmp_path / "scan.jpg", tmp_path / "contents.pdf", ["--community", "和风花园"]
    scan.write_bytes(jpeg())
    said = ["--title", "身份证", "--dated", "2026-01-02", "--home", "1-2-301", "--piece", "identity"]
    code, made = run(capsys, "file", str(scan), *where, *said, "--by", "steward")
    assert (code, made["class"], made["home"]) == (0, "owner", "1-2-301")
    assert [each["number"] for each in run(capsys, "list", *where, "--words", "身份证")[1]["items"]] == [
        made["number"]
    ]
    printed = run(capsys, "contents", "1-2-301", str(contents), *where, "--by", "steward")[1]
    assert (printed["items"], len(printed["missing"]), contents.read_bytes()[:5]) == (1, 5, b"%PDF-")
    held = run(capsys, "hold", made["number"], "--by", "steward", "--reason", "审计")
    assert held == (0, {"number": made["number"], "held": True})
    assert run(capsys, "verify", *where) == (
        0,
        {"ok": True, "items": 1, "files": 1, "disposed": 0, "problems": []},
    )
    assert run(capsys, "due", *where)[1] == {"items": [], "more": False}
    remove_bytes([Item.objects.get().files.get().file.original_name])  # type: ignore[union-attr]
    code, found = run(capsys, "verify")
    assert (code, [each["problem"] for each in found["problems"]]) == (1, ["missing"])
