"""F8: the web is renewed process by process (SIGHUP to gunicorn) while people work: no request fails."""

import os
import random
import signal
from threading import Event

from tests.proof.clients import CLIENTS, Clients
from tests.proof.faults import Fault, Outcome, Run
from tests.proof.ground import prepared
from tests.proof.house import WEB_WORKERS, House, children_of, kill_process

ANSWERS_BETWEEN = 12
RENEWED_WITHIN_SECONDS = 120


def rolling(run: Run) -> Outcome:
    """Renew the web ``size`` times; each request opens its own connection, as a reverse proxy in front of it does."""
    with prepared(run.database) as (house, who):
        house.start()
        clients = Clients(house, who, run.seed, fresh=True)
        clients.work_calmly()
        chance = random.Random(run.seed)
        with clients.at_work():
            for _ in range(run.size):
                clients.wait_for_answers(chance.randint(2, ANSWERS_BETWEEN))
                renew(house, run)
            clients.wait_for_answers(CLIENTS)
        problems, counts = clients.judged()
        problems += [f"{count} requests failed: {kind}" for kind, count in clients.failed.items()]
        longest = round(clients.longest, 2)
        return Outcome(problems, {"disturbances": run.size, "longest_act_seconds": longest, **counts})


def renew(house: House, run: Run) -> None:
    """Have every process of the web replaced; return when all are new. The control kills them instead."""
    assert house.web
    old = set(children_of(house.web.pid))
    if run.control:
        for pid in old:
            kill_process(pid)
    else:
        os.kill(house.web.pid, signal.SIGHUP)
    pause = Event()
    for _ in range(RENEWED_WITHIN_SECONDS * 20):
        now = set(children_of(house.web.pid))
        if len(now) == WEB_WORKERS and not now & old:
            return
        pause.wait(0.05)
    raise RuntimeError(f"the web was not renewed within {RENEWED_WITHIN_SECONDS} s")


FAULT = Fault(
    "F8",
    "the web renewed process by process under load: no request fails",
    "the processes are killed instead of renewed",
    rolling,
    small=10,
    full=100,
    again=3,
)
