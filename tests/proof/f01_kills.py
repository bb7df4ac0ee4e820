"""F1: web and worker are killed while people work. Nothing acknowledged is lost, nothing is there twice."""

import random
from threading import Event

from tests.proof.clients import CLIENTS, Clients
from tests.proof.faults import Fault, Outcome, Run
from tests.proof.ground import prepared

ANSWERS_BETWEEN_KILLS = (2, 12)
LONGEST_PAUSE_SECONDS = 0.05
WITHOUT = "tests.proof.without_transaction:application"


def kills(run: Run) -> Outcome:
    """Kill after a random number of answers, a random moment into the next ones."""
    with prepared(run.database) as (house, who):
        house.application = WITHOUT if run.control else house.application
        house.start()
        clients = Clients(house, who, run.seed, gives_up=run.control)
        clients.work_calmly()
        chance, pause = random.Random(run.seed), Event()
        with clients.at_work():
            for _ in range(run.size):
                clients.wait_for_answers(chance.randint(*ANSWERS_BETWEEN_KILLS))
                pause.wait(chance.random() * LONGEST_PAUSE_SECONDS)
                house.kill(chance)
            clients.wait_for_answers(CLIENTS)
        problems, counts = clients.judged()
        if run.control:  # what a control is caught by must lie in the data, not in a client that gave up
            problems = [text for text in problems if "no answer" not in text and "refused" not in text]
        return Outcome(problems, {"disturbances": sum(house.kills.values()), "killed": house.kills, **counts})


FAULT = Fault(
    "F1",
    "web and worker killed while people work: nothing acknowledged lost, nothing twice",
    "each statement is committed on its own",
    kills,
    small=60,
    full=500,
    again=15,
)
