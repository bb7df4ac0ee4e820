"""How agreement is measured: the figures of two small labellings, and the one line where these are missing."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.suggesting import commonest, kappa, measure

KAPPAS = [
    ("aabb", "aabb", 1.0),
    ("aaaa", "aaaa", 1.0),
    ("abab", "aabb", 0.0),
    ("aaab", "aabb", 0.5),
    ("ab", "ba", -1.0),
    ("", "", 0.0),
]


@pytest.mark.parametrize(("one", "other", "expected"), KAPPAS)
def test_kappa(one: Sequence[str], other: Sequence[str], expected: float) -> None:
    assert kappa(one, other) == expected


def test_commonest() -> None:
    assert (commonest(["a", "a", "b", "c"]), commonest([])) == (0.5, 0.0)


def write(file: Path, *lines: dict[str, object]) -> Path:
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return file


def test_what_is_missing_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    measure(tmp_path / "messages.jsonl", tmp_path)
    assert json.loads(capsys.readouterr().out) == {
        "name": "suggest",
        "skipped": "missing: messages.jsonl, a.jsonl, b.jsonl",
    }


def test_the_figures_of_an_axis(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    messages = write(
        tmp_path / "messages.jsonl",
        {"id": 1, "subject": "投诉噪音扰民", "body": ""},
        {"id": 2, "subject": "咨询物业费", "body": ""},
        {"id": 3, "subject": "表扬保安", "body": ""},
    )
    rest = {"trade": "other", "nature": "routine", "urgency": "normal"}
    write(tmp_path / "a.jsonl", {"id": 1, "type": "complaint"} | rest, {"id": 2, "type": "inquiry"} | rest)
    write(tmp_path / "b.jsonl", {"id": 1, "type": "help"} | rest, {"id": 2, "type": "inquiry"} | rest)
    measure(messages, tmp_path)
    lines = {line["name"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}
    assert lines["suggest.time"]["messages"] == 2
    assert lines["suggest.type.labellings"] == {
        "name": "suggest.type.labellings", "value": 0.5, "unit": "share", "kappa": 0.333,
    }  # fmt: skip
    assert lines["suggest.type.first.b"] == {
        "name": "suggest.type.first.b", "value": 0.5, "unit": "share", "floor": 0.5, "ratio": 1.0, "unseen": 0.0,
        "kappa": 0.333, "always_the_commonest": 0.5,
    }  # fmt: skip
    assert "suggest.type.first_three.a" in lines
    assert "suggest.urgency.first_three.a" not in lines
