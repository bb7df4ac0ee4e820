"""W1: on SQLite, with its one writer, the front desk is answered within two seconds whatever else goes on."""

import time
from collections.abc import Callable
from threading import Event, Thread

from tests.proof.clients import Clients
from tests.proof.desk import Desk
from tests.proof.faults import Fault, Outcome, Run
from tests.proof.ground import prepared

WITHIN_SECONDS = 2.0
BETWEEN_SECONDS = 0.1
THOUSAND = 1000
ALONE_SECONDS = 5
"""So long the desk registers with nothing beside it, to tell a slow machine from a desk that waits."""


def waiting(run: Run) -> Outcome:
    """Import a roster, seal, fan out and back up ``size`` thousand rows each, with a desk that registers all the while."""
    with prepared(run.database) as (house, who):
        house.start()
        clients = Clients(house, who, run.seed)
        desk = clients.desk()
        register(desk, "warm-up")
        many, roster = str(run.size * THOUSAND), str(house.folder / "roster.xlsx")
        house.call("tests.proof.much", "roster", roster, many)
        house.call("tests.proof.much", "entries", many)
        works: dict[str, Callable[[], object]] = {
            "import": lambda: house.call("hemu", "roster", "import", roster, "--community", "大户区"),
            "seal": lambda: house.call("tests.proof.seal", "once"),
            "fan_out": lambda: house.call("tests.proof.much", "messages", many),
            "backup": lambda: house.call("hemu", "backup", str(house.folder / "archive.hemu")),
        }
        if run.control:
            works = {"lock": lambda: house.call("tests.proof.much", "lock", "4")}
        worst = {name: slowest(desk, name, work) for name, work in works.items()}
        alone, _ = slowest(desk, "alone", lambda: Event().wait(ALONE_SECONDS))
        late = {name: wait for name, (wait, _) in worst.items() if wait > WITHIN_SECONDS}
        problems = [f"during {name} the desk waited {wait:.2f} s" for name, wait in late.items()]
        counts = {name: f"{wait:.2f} s worst of {count}" for name, (wait, count) in worst.items()}
        told = {"thousand_rows": run.size, "alone": f"{alone:.2f} s", **counts}
        return Outcome(problems if run.strict else [], told)


def slowest(desk: Desk, name: str, work: Callable[[], object]) -> tuple[float, int]:
    """Return the longest that a registration took while the work was done, and how many there were."""
    over, waits = Event(), list[float]()

    def at_the_desk() -> None:
        while not over.wait(BETWEEN_SECONDS):
            start = time.monotonic()
            register(desk, f"{name}-{len(waits)}")
            waits.append(time.monotonic() - start)

    thread = Thread(target=at_the_desk)
    thread.start()
    try:
        work()
    finally:
        over.set()
        thread.join()
    return max(waits, default=0.0), len(waits)


def register(desk: Desk, marker: str) -> None:
    desk.register(key=marker, marker=marker, type="complaint")


FAULT = Fault(
    "W1",
    "on SQLite the front desk is answered within 2 s during import, seal, fan-out and backup",
    "somebody holds the writers' lock for four seconds",
    waiting,
    small=5,
    full=50,
    again=1,
    databases=("sqlite",),
)
