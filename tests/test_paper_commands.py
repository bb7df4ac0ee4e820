"""`hemu paper`: a form of a case, of some days, and blank; what it refuses."""

from typing import Any

import pytest

from hemu.access.tests.house import found_house
from hemu.config.commands import main
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
