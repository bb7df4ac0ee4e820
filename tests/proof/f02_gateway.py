"""F2: the worker is killed while the gateway for text messages refuses, hangs, breaks, cuts lines and calls back.

A gateway that can be asked: no text lost, none twice. One that cannot: what is unclear is *unknown* and shown to a
person. In-app messages: exactly one each.
"""

import json
import random
from collections import Counter
from threading import Event
from typing import Any

from tests.proof.clients import CLIENTS, Clients
from tests.proof.faults import Fault, Outcome, Run
from tests.proof.gateway import CLIENT_PATIENCE_SECONDS, SECRET, FaultyGateway, running
from tests.proof.ground import prepared
from tests.proof.house import House, kill_group

PHONE = "19900001234"
HALF_DAY = 12 * 60
SETTLED_AFTER = 16
"""So many half-days: five tries and five questions lie within them."""
ARRIVES_WITHIN_SECONDS = 5


def gateways(run: Run) -> Outcome:
    """Try a gateway that can be asked and one that cannot."""
    found = Outcome()
    for can_ask in (True, False):
        with running(run.seed) as gateway:
            one = kill_between(run, gateway, can_ask=can_ask)
        name = "asked" if can_ask else "not_asked"
        found.problems += [f"{name}: {text}" for text in one.problems]
        found.counts[name] = one.counts
    found.counts["disturbances"] = 2 * run.size
    found.counts["texts"] = sum(found.counts[name]["texts"] for name in ("asked", "not_asked"))
    return found


def kill_between(run: Run, gateway: FaultyGateway, *, can_ask: bool) -> Outcome:
    """Kill the worker right after the gateway got something, so often; then let everything be settled."""
    settings = {
        "HEMU_SMS_URL": f"{gateway.url}/send",
        "HEMU_SMS_SECRET": SECRET,
        "HEMU_GATEWAY_TIMEOUT": str(CLIENT_PATIENCE_SECONDS),
    } | ({"HEMU_SMS_STATUS_URL": f"{gateway.url}/status"} if can_ask else {})
    with prepared(run.database, settings=settings) as (house, who):
        if run.control:
            house.background = ("tests.proof.without_doubt", "worker")
            house.settings["HEMU_PROOF_HASTY"] = "1"
        house.start()
        clients = Clients(house, who | {"phone": PHONE}, run.seed)
        clients.work_calmly()
        chance, pause, unheard = random.Random(run.seed), Event(), 0
        with clients.at_work():
            for _ in range(run.size):
                gateway.arrived.clear()
                gateway.arrived.wait(ARRIVES_WITHIN_SECONDS)
                pause.wait(chance.random() * 0.02)
                let_time_pass(house, 60)
                house.start_worker()
                unheard += gateway.tell(house.url)
                clients.wait_for_answers(CLIENTS)
        let_time_pass(house, HALF_DAY, SETTLED_AFTER)
        unheard += gateway.tell(house.url)  # late: long after all was settled
        texts = let_time_pass(house, 1)
        house.start_worker()
        problems, counts = clients.judged()
        problems += judge(texts, gateway, can_ask=can_ask)
        problems += [f"{unheard} receipts were not taken"] if unheard else []
        states = Counter(text["state"] for text in texts)
        if not run.control:
            problems += shown_to_a_person(clients, [text for text in texts if text["state"] == "unknown"])
        return Outcome(
            problems, {"texts": len(texts), "states": states, "manners": dict(gateway.manners), **counts}
        )


def let_time_pass(house: House, minutes: int, rounds: int = 0) -> list[dict[str, Any]]:
    """Kill the worker and move its appointments into the past, with the background at work after each time.

    Returns the texts as they then stand.
    """
    assert house.worker
    kill_group(house.worker)
    texts: list[dict[str, Any]] = json.loads(house.call("tests.proof.later", str(minutes), str(rounds)))
    return texts


def judge(texts: list[dict[str, Any]], gateway: FaultyGateway, *, can_ask: bool) -> list[str]:
    """Compare each text with the gateway's own journal."""
    problems = []
    for text in texts:
        got, state = gateway.accepted[text["id"]], text["state"]
        fits = {
            "delivered": got == 1,
            "sent": got == 1,
            "failed": got == 0,
            "unknown": not can_ask and got <= 1,
        }
        if not fits.get(state, False):
            problems.append(f"text {text['id']} of {text['subject']}: {state}, got {got} times")
    return problems


def shown_to_a_person(clients: Clients, unknown: list[dict[str, Any]]) -> list[str]:
    """Look at the case of each text in doubt: a person must see it there, with the choice to send it again."""
    desk = clients.desk()
    problems = []
    for number in sorted({text["subject"].partition(":")[2] for text in unknown}):
        page = desk.send("GET", f"/requests/{number}/messages/").text
        if 'value="again"' not in page:
            problems.append(f"{number}: a text in doubt is not shown")
    return problems


FAULT = Fault(
    "F2",
    "worker killed at a gateway that refuses, hangs, breaks, cuts and calls back twice and late: in-app exactly once,"
    " asked none lost none twice, not asked shown as unknown",
    "an unclear answer is taken for a refusal and sent again",
    gateways,
    small=12,
    full=100,
    again=4,
)
