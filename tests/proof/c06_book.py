"""C6: sixteen write in the book while two seal it: every entry in exactly one seal, every seal on the one before."""

import json
import time
from functools import partial

from tests.proof.at_once import all_at_once
from tests.proof.clients import Clients
from tests.proof.desk import Desk
from tests.proof.faults import Fault, Outcome, Run
from tests.proof.ground import prepared
from tests.proof.house import House, kill_group
from tests.proof.journal import Case

WRITERS, SEALERS = 16, 2


def book(run: Run) -> Outcome:
    """Let each writer register ``size`` cases, in eight communities, with two sealers at work all the time."""
    with prepared(run.database) as (house, who):
        house.start()
        clients = Clients(house, who, run.seed)
        clients.work_calmly()
        first = clients.desk()
        places = [place.split("/") for place in who["places"].split()]
        desks = [first, *(first.twin() for _ in range(WRITERS - 1))]
        for number, desk in enumerate(desks):
            community, home = places[number % len(places)]
            desk.who = who | {"community": community, "home": home}
        sealers = [house.run("tests.proof.seal", "on") for _ in range(SEALERS)]
        start = time.monotonic()
        for number in range(run.size):
            told = all_at_once(desks, partial(register, f"c6-{number}"))
            for each, answer in enumerate(told):
                clients.journal.cases.append(Case(f"c6-{number}-{each}", "complaint", answer, 1))
        seconds = time.monotonic() - start
        for sealer in sealers:
            kill_group(sealer)
        house.call("tests.proof.seal", "once")
        if run.control:
            house.call("tests.proof.seal", "tamper")
        found, counts = clients.judged()
        state = verified(house)
        if state["unsealed"]:
            found.append(f"{state['unsealed']} entries are in no seal")
        return Outcome(
            found,
            {
                "disturbances": run.size * WRITERS,
                "writers": WRITERS,
                "sealers": SEALERS,
                "entries": state["entries"],
                "seals": state["seals"],
                "registered_a_second": round(run.size * WRITERS / seconds, 1),
                **counts,
            },
        )


def register(name: str, writer: int, desk: Desk) -> str:
    marker = f"{name}-{writer}"
    return desk.register(key=marker, marker=marker, type="complaint")[0]


def verified(house: House) -> dict[str, int]:
    found: dict[str, int] = json.loads(house.call("tests.proof.seal", "look"))
    return found


FAULT = Fault(
    "C6",
    "sixteen writers and two sealers at once: no fork, no gap, every entry in one seal",
    "one sealed entry is changed past the database's triggers",
    book,
    small=4,
    full=50,
    again=1,
)
