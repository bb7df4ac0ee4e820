"""C1: the same key from twenty connections at once, with another body, of another account, over a kill."""

import random

from tests.proof.at_once import all_at_once, until_answered
from tests.proof.clients import Clients
from tests.proof.desk import Desk
from tests.proof.faults import Fault, Outcome, Run
from tests.proof.ground import prepared
from tests.proof.house import children_of, kill_process
from tests.proof.journal import Case

AT_ONCE = 20
KILL_EVERY = 5


def keys(run: Run) -> Outcome:
    """In each round one word is registered by twenty with one key; then the key is tried where it must not fit."""
    with prepared(run.database) as (house, who):
        if run.control:
            house.application = "tests.proof.without_keys:application"
        house.start()
        assert house.web
        clients = Clients(house, who, run.seed)
        clients.work_calmly()
        first, other = clients.desk(), Desk(house.url, who | {"login": who["other"]})
        desks = [first, *(first.twin() for _ in range(AT_ONCE - 1))]
        chance, problems = random.Random(run.seed), list[str]()
        for number in range(run.size):
            workers = children_of(house.web.pid)
            if number % KILL_EVERY == KILL_EVERY - 1 and workers:
                kill_process(chance.choice(workers))
            problems += one_round(f"c1-{number}", desks, other, clients)
        found, counts = clients.judged()
        return Outcome(problems + found, {"disturbances": run.size, "at_once": AT_ONCE, **counts})


def one_round(key: str, desks: list[Desk], other: Desk, clients: Clients) -> list[str]:
    """Use a key by all at once, then once more for the same, for something else, and by another account."""

    def told(desk: Desk, marker: str) -> str:
        return until_answered(lambda: desk.register(key=key, marker=marker, type="complaint")[0])

    numbers = set(all_at_once(desks, lambda _, desk: told(desk, key)))
    again, differs = told(desks[0], key), told(desks[0], f"{key}-differs")
    theirs = told(other, f"{key}-theirs")
    problems = [] if numbers == {again} else [f"{key}: told {sorted(numbers)}, and repeated {again}"]
    problems += [] if "422" in differs else [f"{key}: with another body told {differs}"]
    problems += [f"{key}: another account was told {theirs}"] if theirs in numbers else []
    for marker, number in ((key, again), (f"{key}-theirs", theirs)):
        clients.journal.cases.append(Case(marker, "complaint", number, 1))
    return problems


FAULT = Fault(
    "C1",
    "one key from twenty connections at once, over kills: one case; another body refused; another account's apart",
    "keys are not kept",
    keys,
    small=10,
    full=200,
    again=2,
)
