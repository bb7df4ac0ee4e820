"""F3: PostgreSQL is broken off and started again while people work; web and worker go on without a restart."""

import time

from tests.proof.clients import CLIENTS, Clients
from tests.proof.faults import Fault, Outcome, Run
from tests.proof.ground import prepared

ANSWERS_BETWEEN = 20
BACK_WITHIN_SECONDS = 5
FORGETFUL = {"synchronous_commit": "off", "wal_writer_delay": "10s", "wal_writer_flush_after": "1GB"}


def restarts(run: Run) -> Outcome:
    """Restart at once, again and again; each time the next answers must come."""
    with prepared(run.database, cluster=FORGETFUL if run.control else {}) as (house, who):
        assert house.cluster
        house.start()
        clients = Clients(house, who, run.seed, gives_up=run.control)
        clients.work_calmly()
        before, waits = set(house.pids()), []
        with clients.at_work():
            for _ in range(run.size):
                clients.wait_for_answers(ANSWERS_BETWEEN)
                house.cluster.restart_at_once()
                ready = time.monotonic()
                clients.wait_for_answers(1)
                waits.append(time.monotonic() - ready)
            clients.wait_for_answers(CLIENTS)
        after = set(house.pids())
        problems, counts = clients.judged()
        problems += [f"process {pid} did not live through it" for pid in before - after]
        problems += [f"{clients.failed['500']} answers 500 instead of 503"] if clients.failed["500"] else []
        slow = [wait for wait in waits if run.strict and wait > BACK_WITHIN_SECONDS]
        problems += [f"writes came back after {wait:.1f} s" for wait in slow]
        return Outcome(
            problems, {"disturbances": run.size, "slowest_back_seconds": round(max(waits), 2), **counts}
        )


FAULT = Fault(
    "F3",
    "PostgreSQL restarted at once under load: nothing lost, web and worker live on, writes back within 5 s",
    "PostgreSQL acknowledges before it has written (synchronous_commit off)",
    restarts,
    small=5,
    full=20,
    again=3,
    databases=("postgresql",),
)
