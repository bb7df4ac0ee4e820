"""F12: the database is migrated to a later version and back while this version serves: no request fails."""

from dataclasses import replace

from tests.proof.clients import CLIENTS, Clients
from tests.proof.faults import Fault, Outcome, Run
from tests.proof.ground import prepared

ANSWERS_BETWEEN = 12
LATER = {"DJANGO_SETTINGS_MODULE": "tests.proof.next_version.settings"}
CARELESS = {"HEMU_PROOF_CARELESS": "1"}


def migration(run: Run) -> Outcome:
    """Go to the later version and back ``size`` times, with answers between."""
    with prepared(run.database) as (house, who):
        house.start()
        later = replace(house, settings=house.settings | LATER | (CARELESS if run.control else {}))
        clients = Clients(house, who, run.seed, gives_up=run.control)
        clients.work_calmly()
        with clients.at_work():
            for _ in range(run.size):
                clients.wait_for_answers(ANSWERS_BETWEEN)
                later.call("hemu", "migrate")
                if not run.control:
                    clients.wait_for_answers(ANSWERS_BETWEEN)
                later.call("django", "migrate", "next_version", "zero", "--verbosity", "0")
            clients.wait_for_answers(CLIENTS)
        problems, counts = clients.judged()
        problems += [f"{count} requests failed: {kind}" for kind, count in clients.failed.items()]
        longest = round(clients.longest, 2)
        return Outcome(problems, {"disturbances": 2 * run.size, "longest_act_seconds": longest, **counts})


FAULT = Fault(
    "F12",
    "migrated to a later version and back under load: no request fails, nothing lost",
    "a column that the running version uses gets another name",
    migration,
    small=3,
    full=20,
    again=1,
)
