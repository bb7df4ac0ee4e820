"""C7: every round of the background run twice, and killed at one of its statements and run again.

The second run changes nothing; what was broken off half-way ends as what went through.
"""

import json
import random
import subprocess
import sys
from datetime import datetime, time, timedelta
from typing import Any

from hemu.infra.moments import OFFICE_ZONE
from tests.proof.clients import Clients
from tests.proof.copies import copy_of
from tests.proof.faults import Fault, Outcome, Run
from tests.proof.ground import prepared
from tests.proof.house import House

DAYS = 7
AFTERWARDS = (3600, 4200)
"""Seconds: longer than any lease, so that what a killed worker had claimed is free again; and longer than such a piece
rests before it is tried once more."""
MODULE = "tests.proof.twice"


def rounds(run: Run) -> Outcome:
    """Break the rounds off at ``size`` statements spread over the whole of their work, each on a copy."""
    with prepared(run.database) as (house, who):
        house.start_web()
        house.wait_for_web()
        Clients(house, who, run.seed).work_calmly()
        house.stop()
        house.call(MODULE, "lay")
        at = a_working_morning()
        whole = copy_of(house, "whole")
        first = went(whole, at)
        through = went_afterwards(whole, at)
        again = went(whole, at + AFTERWARDS[-1])
        problems = (
            [] if again["everything"] == through["everything"] else ["the second run changed something"]
        )
        chance = random.Random(run.seed)
        writes = first["writes"]
        places = [1 + (writes * number + chance.randrange(writes)) // run.size for number in range(run.size)]
        for number, place in enumerate(min(place, writes) for place in places):
            problems += broken_off(house, f"broken_{number}", at, place, through["marks"], run)
        counts = {"disturbances": run.size, "writes_of_all_rounds": writes, "rows": through["marks"]}
        return Outcome(problems, counts)


def a_working_morning() -> int:
    """Return nine o'clock of a day some days ahead, so that afterwards is the same day."""
    day = datetime.now(OFFICE_ZONE).date() + timedelta(days=DAYS)
    return int(datetime.combine(day, time(9), OFFICE_ZONE).timestamp())


def went(house: House, at: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(house.call(MODULE, str(at)))
    return found


def went_afterwards(house: House, at: int) -> dict[str, Any]:
    for seconds in AFTERWARDS:
        found = went(house, at + seconds)
    return found


def broken_off(house: House, name: str, at: int, place: int, marks: dict[str, Any], run: Run) -> list[str]:
    """Kill the rounds at one statement on a copy, run them again afterwards, and compare with those that went through."""
    copy = copy_of(house, name)
    environment = copy.environment | ({"HEMU_PROOF_WITHOUT_TRANSACTION": "1"} if run.control else {})
    command = [sys.executable, "-m", MODULE, str(at), str(place)]
    killed = subprocess.run(command, env=environment, capture_output=True, text=True)
    if killed.returncode != -9:
        return [f"at statement {place}: not killed, but {killed.returncode}: {killed.stderr[-300:]}"]
    found = went_afterwards(copy, at)["marks"]
    differs = [f"{each} {found[each]}, else {marks[each]}" for each in marks if found[each] != marks[each]]
    return [f"killed at statement {place}: {'; '.join(differs)}"] if differs else []


FAULT = Fault(
    "C7",
    "every round run twice and killed at any of its statements: the second run changes nothing, half-done ends as done",
    "each statement is committed on its own",
    rounds,
    small=8,
    full=40,
    again=6,
)
