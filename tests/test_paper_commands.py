"""`hemu paper`: a form of a case, of some days, and blank; what it refuses."""

import json
from typing import Any
from unittest.mock import ANY

import pytest

from hemu.access.tests.house import found_house
from hemu.config.commands import main
from hemu.infra import clock
from hemu.infra.moments import iso_local
from hemu.request_papers.tests.test_printing import done
from hemu.request_papers.tests.test_reply_letter import answered, texts, word
from hemu.service_requests.tests.desk import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(found_house())


def test_the_command(desk: Desk, tmp_path: Any, capsys: Any) -> None:
    case = done(desk)
    file = tmp_path / "slip.pdf"
    assert main(["paper", "维修单", "--case", case.number, "--by", "frontdesk", "-o", str(file)]) == 0
    assert file.read_bytes()[:5] == b"%PDF-"
    assert (
        main(
            [
                "paper",
                "f-04",
                "--community",
                "和风花园",
                "--from",
                "2026-09-30",
                "--to",
                "2026-10-01",
                "-o",
                str(file),
            ]
        )
        == 0
    )
    assert main(["paper", "F-12", "--community", "和风花园", "--blank", "-o", str(file)]) == 0
    assert main(["paper", "F-99", "--blank", "--community", "和风花园", "-o", str(file)]) == 1
    assert (
        main(["paper", "F-12", "--blank", "--community", "和风花园", "-o", str(tmp_path / "no" / "x.pdf")])
        == 1
    )
    assert main(["paper", "F-12", "-o", str(file)]) == 2
    capsys.readouterr()


def test_the_commands_of_letters(desk: Desk, tmp_path: Any, capsys: Any) -> None:
    case, file = answered(desk), tmp_path / "letter.docx"
    assert main(["paper", "letter", "--case", case.number, "--by", "frontdesk", "-o", str(file)]) == 0
    assert texts(file.read_bytes())[1] == "编号：HFHY-2026-00001"
    file.write_bytes(word("{{编号}}{{答复}}"))
    template = ["letter", "template", "--office", "和风管理处", "--by"]
    assert main([*template, "office_director", str(file)]) == 0
    assert main([*template, "frontdesk", str(file)]) == 1
    assert main([*template, "office_director", "--house"]) == 0
    assert main(["paper", "letter", "--blank", "--community", "和风花园", "-o", str(file)]) == 1
    capsys.readouterr()


def test_pads_by_command(desk: Desk, tmp_path: Any, capsys: Any) -> None:
    file = tmp_path / "pad.pdf"

    def run(*words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = main(["request", *words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    reserve = ("pad", "--community", "和风花园", "--by", "frontdesk")
    code, pad = run(*reserve, "--count", "3", "-o", str(file))
    assert (code, len(pad["open"]), file.read_bytes()[:5]) == (0, 3, b"%PDF-")
    enter = (
        "pad-enter",
        "--community",
        "和风花园",
        "--by",
        "frontdesk",
        "--reason",
        "停电",
        "--type",
        "inquiry",
    )
    now = iso_local(clock.now())
    code, made = run(*enter, "--at", str(now), "--text", "几点开门？", "1")
    assert (code, made["number"]) == (0, pad["first"])
    assert run("pad-return", pad["pad"], "2", "--reason", "写坏了", "--by", "frontdesk")[1]["open"] == [
        pad["last"]
    ]
    assert run("pads", "--community", "和风花园")[1]["items"][0]["open"] == [pad["last"]]
    assert run(*enter, "--at", str(now), "--text", "几点开门？", "1") == (
        1,
        {"error": "pad.already_used", "message": ANY},
    )
    assert run(*reserve, "-o", str(tmp_path / "no" / "x.pdf"))[1]["error"] == "paper.unwritable"
    assert run("pads")[1]["items"] == [run("pads", "--print", pad["pad"])[1]]
