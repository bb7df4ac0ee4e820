"""F5: the disk of the database is full. What cannot be stored is refused in clear words, and works again when it can.

The database lies on a tmpfs of its own (mounting needs root; elsewhere the fault is not tried, and says so); of
PostgreSQL the tables, its journal of writes lies on another disk, as the README asks.
"""

from threading import Event

from tests.proof.clients import Clients
from tests.proof.desk import CASES, Desk, Failed, Unreachable
from tests.proof.faults import Fault, Outcome, Run
from tests.proof.ground import prepared
from tests.proof.journal import Case
from tests.proof.volume import fill, small_disk

MEGABYTES = {"sqlite": 24, "postgresql": 96}
WORDS = "磁盘满了，没有存下"
REFUSED_WITHIN_TRIES = 2000
OK = 200
ANSWERS_BETWEEN = 6
WITHOUT = "tests.proof.without_refusal:application"


def disk(run: Run) -> Outcome:
    """Fill the disk while people work, see what they are told, make room, see that it works; ``size`` times."""
    with small_disk(MEGABYTES[run.database]) as volume:
        if volume is None:
            return Outcome(
                [], {"disturbances": 0, "not_tried": "mounting a small disk is not permitted here"}
            )
        with prepared(run.database, volume=volume) as (house, who):
            house.application = WITHOUT if run.control else house.application
            house.start()
            clients = Clients(house, who, run.seed, gives_up=run.control)
            clients.work_calmly()
            desk = clients.desk()
            before, problems = set(house.pids()), list[str]()
            with clients.at_work():
                for number in range(run.size):
                    clients.wait_for_answers(ANSWERS_BETWEEN)
                    filler = fill(volume)
                    told = what_is_told(clients, desk, f"full-{number}")
                    filler.unlink()
                    problems += [] if run.control else told
                clients.wait_for_answers(ANSWERS_BETWEEN)
            gone = before - set(house.pids())
            problems += [f"process {pid} did not live through it" for pid in gone]
            found, counts = clients.judged()
            others = {kind: count for kind, count in clients.failed.items() if kind != "507"}
            if not run.control:
                problems += [f"answers other than 507: {others}"] if others.get("500") else []
            return Outcome(problems + found, {"disturbances": run.size, **counts})


def what_is_told(clients: Clients, desk: Desk, marker: str) -> list[str]:
    """Register until the disk is full; return what is wrong with the answer, and whether pages can still be read."""
    pause = Event()
    for number in range(REFUSED_WITHIN_TRIES):
        case = Case(f"{marker}-{number}", "complaint")
        try:
            case.number, case.version = desk.register(key=case.marker, marker=case.marker, type=case.type)
            clients.journal.cases.append(case)
        except Failed as refusal:
            problems = [] if refusal.kind == "507" else [f"full, and answered {refusal.kind}"]
            problems += [] if WORDS in refusal.page else ["full, and not said in clear words"]
            read = desk.send("GET", CASES).status_code
            return problems + ([] if read == OK else [f"full, and the list answers {read}"])
        except Unreachable:
            pause.wait(0.05)
    return [f"the disk was full and {REFUSED_WITHIN_TRIES} words were taken"]


FAULT = Fault(
    "F5",
    "disk full under load: 507 in clear words, pages can be read, nothing acknowledged lost, works again without a restart",
    "what cannot be stored is acknowledged",
    disk,
    small=4,
    full=20,
    again=2,
)
