"""`hemu return-visit …`: one JSON value on stdout, 0 done, 1 refused."""

import json
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from hemu.access.tests.house import at, found_house
from hemu.config.commands import main
from hemu.infra import clock
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.tests.conftest import HEARD, Visitors


def run(*words: str) -> tuple[int, Any]:
    out = StringIO()
    with redirect_stdout(out):
        code = main([*words, "--json"])
    return code, json.loads(out.getvalue())


def test_list_step_show_open(db: None) -> None:
    desk = Visitors(found_house())
    visit = desk.visit(desk.repaired())
    with clock.standing_at(at("2026-10-08 10:00")):
        _check(visit)


def _check(visit: ReturnVisit) -> None:
    code, found = run("return-visit", "list", "--state", "waiting")
    assert (code, found["next"], len(found["items"])) == (0, None, 1)
    assert found["items"][0] == {
        "number": visit.number, "request": visit.request.number, "community": "和风花园", "class": "repair",
        "state": "open", "owed_by": "steward", "opened_at": "2026-09-30T16:30:00+08:00",
        "due": "2026-10-08T23:59:59+08:00", "tries": 0, "result": None, "attitude": None, "timely": None,
        "independent": None, "done_at": None, "version": 1,
    }  # fmt: skip
    code, found = run("return-visit", "step", visit.number, "done", "--by", "technician")
    assert (code, found["error"]) == (1, "step.not_yours")
    sets = [word for name, value in HEARD.items() for word in ("--set", f"{name}={value}")]
    code, found = run(
        "return-visit", "step", visit.number, "done", "--by", "steward", "--reason", "好。", *sets
    )
    assert (code, found) == (0, {"number": visit.number, "state": "done", "version": 2})
    code, found = run("return-visit", "show", visit.number)
    assert (code, found["independent_at"], [each["kind"] for each in found["timeline"]]) == (
        0, "office", ["return_visit.done"],
    )  # fmt: skip
    code, found = run("return-visit", "open", visit.request.number, "--by", "frontdesk")
    assert (code, found["number"]) == (0, f"{visit.request.number}-H1")
    assert run("return-visit", "show", "HHY-2026-99999-R1")[1]["error"] == "return_visit.not_found"
