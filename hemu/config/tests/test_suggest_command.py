"""`hemu request suggest`: a line of sorting for each line of words."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from hemu.config.commands import main

pytestmark = pytest.mark.django_db


def lines(tmp_path: Path, *rows: object) -> str:
    file = tmp_path / "words.jsonl"
    file.write_text(
        "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8"
    )
    return str(file)


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_command_answers_a_line_for_each_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = lines(
        tmp_path, {"id": 7, "subject": "电梯坏了", "body": "三栋，两天了"}, "", {"text": "表扬保安小李"}
    )
    assert main(["request", "suggest", file]) == 0
    assert said(capsys) == [
        {"id": 7, "type": "repair_public", "trade": "repair", "nature": "routine", "urgency": "soon"},
        {"id": 3, "type": "praise", "trade": "security", "nature": "routine", "urgency": "normal"},
    ]


def test_the_command_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["request", "suggest", lines(tmp_path, {"id": "x", "text": "水表"}), "--why"]) == 0
    assert said(capsys)[0]["why"] == {"type": [], "trade": ["水表"], "nature": [], "urgency": []}


UNREADABLE = [
    "{",
    "[]",
    "3",
    '{"id": 1}',
    '{"text": 3}',
    '{"text": "好", "id": {}}',
    '{"text": "好", "id": "\\ud800"}',
    "[" * 100_000,
]


@pytest.mark.parametrize("line", UNREADABLE)
def test_the_command_refuses_a_line_it_cannot_read_with_its_number(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["request", "suggest", lines(tmp_path, {"text": "好"}, line, {"text": "好"}), "--json"]) == 1
    first, refusal = said(capsys)
    assert (first["id"], refusal["error"]) == (1, "suggest.unreadable_line")
    assert "2" in refusal["message"]


def test_the_command_refuses_a_file_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["request", "suggest", str(tmp_path / "nothing"), "--json"]) == 1
    assert said(capsys)[0]["error"] == "suggest.no_such_file"


def test_the_command_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO('{"text": "咨询物业费"}'.encode())))
    assert main(["request", "suggest", "-"]) == 0
    assert said(capsys)[0]["type"] == "inquiry"
