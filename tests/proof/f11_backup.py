"""F11: a backup under load, restored into the other engine: same root, nothing acknowledged before it is missing.

A flipped byte in the archive is found; the control flips one and takes the archive for whole.
"""

import json
import random
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

from tests.proof.clients import CLIENTS, Clients
from tests.proof.faults import DATABASES, Fault, Outcome, Run
from tests.proof.flips import flipped
from tests.proof.ground import empty, prepared
from tests.proof.house import House
from tests.proof.journal import Journal
from tools import postgres

ANSWERS_BEFORE = 24
FLIPS = 20
MODULE = "tests.proof.restored"


def backup(run: Run) -> Outcome:
    """Make ``size`` backups while people work; restore each into an empty database of the other engine."""
    other = next(each for each in DATABASES if each != run.database)
    if other == "postgresql" and postgres.programs() is None:
        other = run.database
    found = Outcome(counts={"disturbances": run.size, "into": other, "flips": 0, "restored_rows": []})
    with prepared(run.database) as (house, who):
        house.start()
        clients = Clients(house, who, run.seed)
        clients.work_calmly()
        archives: list[tuple[Path, dict[str, Any], Journal]] = []
        with clients.at_work():
            for number in range(run.size):
                clients.wait_for_answers(ANSWERS_BEFORE)
                known = deepcopy(clients.journal)
                path = house.folder / f"{number}.hemu"
                archives.append((path, json.loads(house.call("hemu", "backup", str(path), "--json")), known))
            clients.wait_for_answers(CLIENTS)
        problems, counts = clients.judged()
        found.problems += problems
        found.counts |= counts
        for archive in archives:
            restored_whole(other, archive, found, run)
    return found


def restored_whole(
    other: str, archive: tuple[Path, dict[str, Any], Journal], found: Outcome, run: Run
) -> None:
    """Restore one archive and judge it; then restore copies with a byte flipped, each of which must be found."""
    path, made, known = archive
    if run.control:
        path = flipped(path, random.Random(run.seed))
    with empty(other) as house:
        answer = restore(house, path)
        if not answer.get("ok") or answer.get("root") != made["root"]:
            found.problems.append(f"{path.name}: {answer}, made with root {made['root'][:12]}")
            return
        found.counts["restored_rows"].append(answer["rows"])
        journal = house.folder / "known.json"
        known.write(journal)
        found.problems += json.loads(house.call(MODULE, "whole", str(journal)))
    with empty("sqlite") as house:
        found.problems += json.loads(house.call(MODULE, "flips", str(path), str(run.seed), str(FLIPS)))
    found.counts["flips"] += FLIPS


def restore(house: House, path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "hemu", "restore", str(path), "--json"]
    done = subprocess.run(command, env=house.environment, capture_output=True, text=True)
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"error": done.stderr[-300:]}
    return answer


FAULT = Fault(
    "F11",
    "backup under load, restored into the other engine: same root, nothing missing, a flipped byte is found",
    "an archive with a flipped byte is taken for whole",
    backup,
    small=1,
    full=5,
    again=1,
)
