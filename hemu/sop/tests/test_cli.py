"""``hemu sop …`` as it is called."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from hemu.sop.management.cli import main


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMU_LANG", "zh")


@pytest.fixture
def hemu(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_list_gives_every_clause(hemu: Any) -> None:
    code, out, err = hemu("list", "--json")
    items = json.loads(out)
    assert (code, err, len(items)) == (0, "", 194)
    assert items[0] == {
        "id": "OC-01",
        "title": "每季度至少与业委会开一次例行沟通会,通报一个季度的财务支出状况和工作简况,解决须业委会协助支持的问题",
        "kind": "recurring",
        "per": "community",
        "actors": ["office_director"],
        "every": "quarter",
        "due": "last day of the quarter",
        "trigger": None,
        "evidence": "committee.meeting.held[kind=routine]",
        "source": ["000 L12 一1(1)", "000 L40-41 二4.1.1", "000 L77-78 三4.1.1", "001 L161 四4.2.2.1"],
    }


def test_show_adds_what_only_some_clauses_have(hemu: Any) -> None:
    code, out, _ = hemu("show", "vs-02", "--json")
    shown = json.loads(out)
    assert code == 0
    assert shown["target"][0] == {"homes_to": 300, "rate": "0.04"}
    assert (shown["of"], shown["counts"]) == ("homes moved into", "distinct households")
    assert json.loads(hemu("show", "RQ-01", "--json")[1])["forms"] == ["来电来访记录表", "业主投诉登记表"]


@pytest.mark.parametrize(
    ("arguments", "profile", "start", "due"),
    [
        (["OC-10", "--from", "2026-09-30 16:00"], "default", "2026-09-30T16:00:00", "2026-10-10T23:59:59"),
        (["OC-10", "--from", "2026-09-30 16:00", "--profile", "kerui"], "kerui", "2026-09-30T16:00:00", "2026-10-10T23:59:59"),
        (["OC-10s", "--from", "2026-09-30 16:00"], "kerui", "2026-09-30T16:00:00", "2026-10-09T23:59:59"),
        (["RQ-18", "--from", "2024-02-28T12:00:30"], "default", "2024-02-28T12:00:30", "2024-02-29T12:00:30"),
        (["RQ-18", "--from", "2026-09-30T08:00:00+00:00"], "default", "2026-09-30T16:00:00", "2026-10-01T16:00:00"),
        (["OC-16", "--from", "2026-10-20"], "default", "2026-10-20T00:00:00", "2026-09-30T23:59:59"),
        (["SV-01", "--from", "2026-11-22", "--profile", "steward_quota"], "steward_quota", "2026-11-22T00:00:00", "2026-11-30T23:59:59"),
        (["RQ-26", "--from", "2026-09-30", "--fact", "promised_at=2026-10-02 10:00"], "default", "2026-09-30T00:00:00", "2026-10-02T10:00:00"),
        (["RQ-21", "--from", "2026-09-30", "--fact", "limit=light, door, drain"], "default", "2026-09-30T00:00:00", "2026-10-10T23:59:59"),
        (["OC-10", "--from", "2026-09-30", "--profile", "kerui", "--fact", "emergency=true"], "kerui", "2026-09-30T00:00:00", "2026-10-09T23:59:59"),
    ],
)  # fmt: skip
def test_due(hemu: Any, arguments: list[str], profile: str, start: str, due: str) -> None:
    code, out, _ = hemu("due", *arguments, "--json")
    assert code == 0
    expected = {"clause": arguments[0], "profile": profile, "from": f"{start}+08:00", "due": f"{due}+08:00"}
    assert json.loads(out) == expected


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (["due", "RQ-26", "--from", "2026-09-30"], "due.needs_fact", "promised_at"),
        (["due", "OC-18", "--from", "2026-09-30"], "due.needs_fact", "next_meeting_at"),
        (["due", "NT-07", "--from", "2026-09-30"], "due.needs_fact", "planned_at"),
        (["due", "RQ-21", "--from", "2026-09-30"], "due.needs_fact", "limit"),
        (["due", "RQ-21", "--from", "2026-09-30", "--fact", "limit=roof"], "due.unknown_limit", "light, door, drain"),
        (["due", "RQ-26", "--from", "2026-09-30", "--fact", "promised_at=soon"], "due.unreadable_fact", "soon"),
        (["due", "RQ-01", "--from", "2026-09-30"], "due.none", "RQ-01"),
        (["due", "RQ-99", "--from", "2026-09-30"], "clause.unknown", "RQ-99"),
        (["due", "OC-10s", "--from", "2026-09-30", "--profile", "default"], "clause.not_in_profile", "kerui"),
        (["due", "OC-10", "--from", "2026-09-30", "--profile", "x"], "profile.unknown", "steward_quota"),
        (["show", "RQ-99"], "clause.unknown", "RQ-99"),
        (["quota", "--homes", "300", "--occupied", "301"], "visit.more_occupied_than_homes", "301"),
        (["quota", "--homes", "0", "--occupied", "0"], "visit.no_homes", "0"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refusal_has_a_code_and_words(
    hemu: Any, monkeypatch: pytest.MonkeyPatch, language: str, arguments: list[str], error: str, words: str
) -> None:
    monkeypatch.setenv("HEMU_LANG", language)
    code, out, _ = hemu(*arguments, "--json")
    refusal = json.loads(out)
    assert (code, refusal["error"]) == (1, error)
    assert words in refusal["message"]
    code, out, err = hemu(*arguments)
    assert (code, out) == (1, "")
    assert err == refusal["message"] + "\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["due", "OC-10"],
        ["due", "OC-10", "--from", "soon"],
        ["due", "OC-10", "--from", "1026-09-30"],
        ["due", "OC-10", "--from", "2026-02-30"],
        ["due", "OC-10", "--from", "2026-09-30", "--fact", "promised_at"],
        ["quota", "--homes", "many", "--occupied", "3"],
        ["quota", "--homes", "300"],
    ],
)
def test_wrong_usage_is_told_from_a_refusal(hemu: Any, arguments: list[str]) -> None:
    code, out, err = hemu(*arguments)
    assert (code, out) == (2, "")
    assert "usage" in err


def test_an_unpublished_year_is_warned_of_beside_the_answer(hemu: Any) -> None:
    code, out, err = hemu("due", "RQ-05", "--from", "2026-12-31 10:00", "--json")
    assert (code, json.loads(out)["due"]) == (0, "2027-01-04T23:59:59+08:00")
    assert "2027" in err
    assert hemu("due", "RQ-18", "--from", "2026-12-31 10:00", "--json")[2] == ""


def test_quota(hemu: Any) -> None:
    code, out, _ = hemu("quota", "--homes", "300", "--occupied", "51", "--json")
    assert (code, json.loads(out)) == (0, {"clause": "VS-02", "rate": "0.04", "quota": 3})


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["list"], "OC-01"),
        (["show", "VS-02"], "id        VS-02"),
        (["due", "OC-10", "--from", "2026-09-30 16:00"], "OC-10"),
        (["quota", "--homes", "300", "--occupied", "51"], "VS-02"),
        (["index"], ""),
    ],
)
def test_people_get_lines(hemu: Any, arguments: list[str], first: str) -> None:
    code, out, err = hemu(*arguments)
    assert (code, err) == (0, "")
    assert out.startswith(first)


def run_alone(*arguments: str, then: str = "sys.exit(code)") -> subprocess.CompletedProcess[str]:
    """Run ``hemu`` in a process and a locale of its own, and end it with ``then``."""
    code = f"import sys; from hemu.__main__ import main; code = main(sys.argv[1:]); {then}"
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**environment, "LC_ALL": "C"},
    )


def test_groups_are_listed() -> None:
    shown = run_alone("--help")
    assert (shown.returncode, "roster" in shown.stdout) == (0, True)
    assert run_alone().returncode == 2


def test_the_group_needs_no_django() -> None:
    no_django = "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    done = run_alone("sop", "due", "OC-10", "--from", "2026-09-30 16:00", "--json", then=no_django)
    assert (done.returncode, json.loads(done.stdout)["due"]) == (0, "2026-10-10T23:59:59+08:00")
