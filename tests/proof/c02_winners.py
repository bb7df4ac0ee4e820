"""C2: twenty at once send one case somewhere, withdraw it, make it void: one of them wins, the others are told."""

from collections import Counter
from functools import partial

from tests.proof.at_once import all_at_once
from tests.proof.clients import Clients
from tests.proof.desk import Desk
from tests.proof.faults import Fault, Outcome, Run
from tests.proof.ground import prepared
from tests.proof.journal import Case

AT_ONCE = 20
STEPS = ("dispatch",) * 14 + ("withdraw",) * 3 + ("void",) * 3


def winners(run: Run) -> Outcome:
    """In each round twenty take a step with one sorted case, all having seen the same version."""
    with prepared(run.database) as (house, who):
        if run.control:
            house.application = "tests.proof.without_lock:application"
        house.start()
        clients = Clients(house, who, run.seed)
        clients.work_calmly()
        first = clients.desk()
        desks = [first, *(first.twin() for _ in range(AT_ONCE - 1))]
        problems, won = list[str](), Counter[str]()
        for number in range(run.size):
            case, version = a_sorted_case(first, f"c2-{number}")
            told = all_at_once(desks, partial(step, case, version))
            winner = [STEPS[each] for each, answer in enumerate(told) if answer == str(version + 1)]
            stale = sum("409" in answer for answer in told)
            if len(winner) != 1 or stale != AT_ONCE - 1:
                problems.append(f"{case.number}: {len(winner)} won, {stale} were told that it changed")
            case.steps, case.version = ["classify", *winner[:1]], version + 1
            won.update(winner[:1])
            clients.journal.cases.append(case)
        found, counts = clients.judged()
        return Outcome(problems + found, {"disturbances": run.size, "at_once": AT_ONCE, "won": won, **counts})


def a_sorted_case(desk: Desk, marker: str) -> tuple[Case, int]:
    """Register and sort a case; return it with its version."""
    number, version = desk.register(key=f"{marker}-r", marker=marker, type="complaint")
    _, version = desk.step(key=f"{marker}-c", number=number, step="classify", version=version)
    return Case(marker, "complaint", number), version


def step(case: Case, version: int, each: int, desk: Desk) -> str:
    key = f"{case.marker}-{each}"
    return str(desk.step(key=key, number=case.number, step=STEPS[each], version=version)[1])


FAULT = Fault(
    "C2",
    "twenty send, withdraw or void one case at once: one wins, the others are told 409, the book is straight",
    "each process trusts what it once read",
    winners,
    small=10,
    full=200,
    again=3,
)
