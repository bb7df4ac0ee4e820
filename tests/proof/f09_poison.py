"""F9: pieces of background work that always raise. The others go on, the bad ones are parked and shown to a person."""

import json
from threading import Event
from typing import Any

from tests.proof.clients import Clients
from tests.proof.faults import Fault, Outcome, Run
from tests.proof.ground import prepared
from tests.proof.house import House, kill_group

TRIES = 5
LOOKS = 240
BETWEEN_SECONDS = 0.25
CONTROL_LOOKS = 3
PAGE = "/troubles/"


def poison(run: Run) -> Outcome:
    """Lay the poison before ``size`` good messages; let hours pass; heal it and have it tried again."""
    with prepared(run.database) as (house, who):
        if run.control:
            house.background = ("tests.proof.without_parking", "worker")
        house.start_web()
        house.wait_for_web()
        clients = Clients(house, who, run.seed)
        clients.work_calmly()
        stand = looked(house, "lay", str(run.size))
        house.start_worker()
        stand = until_only_the_bad_is_left(house, CONTROL_LOOKS if run.control else LOOKS)
        problems = others_are_done(stand, run.size)
        if not run.control:
            problems += parked_and_shown(house, clients)
            problems += done_when_healed(house, clients)
        counts = {"disturbances": 2, "good_messages": run.size, "tries": TRIES}
        return Outcome(problems, counts | {"left": stand["waiting"] + stand["due_duties"]})


def looked(house: House, *arguments: str) -> dict[str, Any]:
    stand: dict[str, Any] = json.loads(house.call("tests.proof.poison", *arguments))
    return stand


def until_only_the_bad_is_left(house: House, looks: int) -> dict[str, Any]:
    pause = Event()
    for _ in range(looks):
        stand = looked(house, "look")
        if not stand["waiting"] and not stand["due_duties"]:
            break
        pause.wait(BETWEEN_SECONDS)
    return stand


def others_are_done(stand: dict[str, Any], size: int) -> list[str]:
    problems = [f"{stand['waiting']} good messages wait behind the bad one"] if stand["waiting"] else []
    problems += [f"{stand['due_duties']} good duties wait behind the bad one"] if stand["due_duties"] else []
    if not problems and stand["delivered"] != size:
        problems.append(f"{stand['delivered']} of {size} good messages are there")
    return problems


def parked_and_shown(house: House, clients: Clients) -> list[str]:
    """Let each pause pass with the worker at rest between; after five tries both must be parked, and on the page."""
    assert house.worker
    kill_group(house.worker)
    house.call("tests.proof.later", "61", str(TRIES))
    stand = looked(house, "look")
    problems = [] if stand["parked"] == ["duty", "message"] else [f"parked: {stand['parked']}"]
    problems += [f"tried: {stand['troubles']}"] if set(stand["troubles"].values()) != {TRIES} else []
    page = clients.desk().send("GET", PAGE).text
    shown = page.count('name="kind"')
    return problems + ([f"{shown} of 2 are shown to a person"] if shown != len(stand["pieces"]) else [])


def done_when_healed(house: House, clients: Clients) -> list[str]:
    """Heal both and press *try again* on each: they must be done, once."""
    desk = clients.desk()
    for kind, key in looked(house, "heal")["pieces"]:
        desk.post(PAGE, {"kind": kind, "key": key})
    house.call("hemu", "worker", "--once")
    stand = looked(house, "look")
    left = (stand["bad_delivered"], stand["bad_duties"], stand["troubles"])
    return [] if left == (1, 0, {}) else [f"healed and tried again: {left}"]


FAULT = Fault(
    "F9",
    "work that always raises: the others go on, it is parked after five tries, shown, and done once it is healed",
    "a piece that raises stops its round",
    poison,
    small=50,
    full=2000,
    again=20,
)
