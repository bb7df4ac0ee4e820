"""The supervisor's commands print the same as the pages show, as plain values."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from hemu.access.models import ReadLog
from hemu.access.tests.house import House, at
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import as_json
from hemu.service_requests.tests.desk import Desk
from hemu.supervision.management.cli import COMMANDS

NOW = "2026-10-08 10:00"


def run(name: str, *argv: str) -> Any:
    command = next(each for each in COMMANDS if each.name == name)
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    options = parser.parse_args(argv)
    options.now = at(NOW)
    return json.loads(as_json(command.run(options)))


def test_wall_morning_and_review(house: House, desk: Desk, tmp_path: Path) -> None:
    case = desk.register("complaint", "2026-10-08 09:30")
    office = ("--office", "和风管理处")
    wall = run("wall", *office)
    assert {name: wall[name] for name in ("new", "open", "waiting", "late")} == {
        "new": 1, "open": 1, "waiting": 1, "late": 0,
    }  # fmt: skip
    assert run("wall", "--office", "听涛管理处")["open"] == 0
    assert run("morning", *office)["came"] == [case.number]
    assert run("review", *office, "--by", "cs_supervisor")["left"] == 1
    with pytest.raises(RuleViolation):
        run("sign", *office, "--by", "cs_supervisor")
    run("find", case.number, "--by", "cs_supervisor", "--to", "technician", "--root", "on_track")
    assert run("sign", *office, "--by", "cs_supervisor")["cases"] == [case.number]
    reviewed = run("review", *office, "--by", "office_director")
    assert (reviewed["left"], len(reviewed["signed"])) == (0, 1)
    target = tmp_path / "list.xlsx"
    told = run("export", "--by", "cs_supervisor", "-o", str(target), "--set", "type=complaint")
    assert told == {"file": str(target), "cases": 1}
    assert ReadLog.objects.filter(what="export").count() == 1
    with pytest.raises(RuleViolation):
        run("wall", "--office", "没有的")
