"""Clients at work: they register cases and take them along their path, and repeat with the same key until answered."""

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Event, Thread
from typing import Any

from tests.proof.desk import PATH, Desk, Failed, Refused, Unreachable
from tests.proof.house import House
from tests.proof.journal import Case, Journal

CLIENTS = 6
CALM_TYPES = ("complaint", "repair_home")
PROGRESS_WITHIN_SECONDS = 120
TRIES = 1200
PAUSE_SECONDS = 0.05
ENOUGH_FAILURES = 3

Answer = tuple[str, int]
"""The number of the case and its version."""


class Clients:
    """So many desks with one journal.

    Args:
        seed: what they do follows from it, though not when.
        gives_up: in a control: leave a case alone after some failures, half done as it is.
        fresh: a connection of its own for each request, as a reverse proxy asks.
    """

    def __init__(
        self, house: House, who: dict[str, str], seed: int, *, gives_up: bool = False, fresh: bool = False
    ) -> None:
        self.house, self.who, self.seed = house, who, seed
        self.gives_up, self.fresh = gives_up, fresh
        self.journal = Journal()
        self.failed: Counter[str] = Counter()
        self.longest = 0.0
        self._answered = Condition()
        self._ending = Event()

    def work_calmly(self) -> None:
        """Make one case of each type for each length of its path, for the others to be compared with."""
        desk = self.desk()
        for kind in CALM_TYPES:
            for length in range(len(PATH) + 1):
                case = Case(f"calm-{kind}-{length}", kind, calm=True)
                self.journal.cases.append(case)
                self._register(desk, case)
                for step in PATH[:length]:
                    self._step(desk, case, step)

    def desk(self) -> Desk:
        return Desk(self.house.url, self.who, fresh=self.fresh)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let them work until the block ends, and each finish what it has begun."""
        desks = [self.desk() for _ in range(CLIENTS)]
        threads = [Thread(target=self._work, args=each) for each in enumerate(desks)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._ending.set()
            for thread in threads:
                thread.join()

    def wait_for_answers(self, count: int) -> None:
        """Wait until so many more acts were acknowledged."""
        with self._answered:
            wanted = self.journal.acknowledged + count
            if not self._answered.wait_for(
                lambda: self.journal.acknowledged >= wanted, PROGRESS_WITHIN_SECONDS
            ):
                self.journal.refusals.append(f"no progress for {PROGRESS_WITHIN_SECONDS} s")

    def judged(self) -> tuple[list[str], dict[str, Any]]:
        """Return the problems that the verdict finds and what was counted."""
        path = self.house.folder / "journal.json"
        self.journal.write(path)
        verdict = json.loads(self.house.call("tests.proof.verdict", str(path)))
        counts = {
            "clients": CLIENTS,
            "cases": sum(bool(case.number) for case in self.journal.cases),
            "acknowledged": self.journal.acknowledged,
            "repeats": self.journal.repeats,
            "failures": dict(self.failed),
            "rows": verdict["counts"],
        }
        return verdict["problems"], counts

    def _work(self, number: int, desk: Desk) -> None:
        chance = random.Random(f"{self.seed}-{number}")
        open_cases: list[Case] = []
        serial = 0
        while not self._ending.is_set():
            if not open_cases or chance.random() < 0.3:
                serial += 1
                case = Case(f"{self.seed}-{number}-{serial}", chance.choice(CALM_TYPES))
                with self._answered:
                    self.journal.cases.append(case)
                done = self._register(desk, case)
            else:
                case = open_cases.pop(chance.randrange(len(open_cases)))
                done = self._step(desk, case, PATH[len(case.steps)])
            if done and len(case.steps) < len(PATH):
                open_cases.append(case)

    def _register(self, desk: Desk, case: Case) -> bool:
        case.pending = "register"
        key = f"{case.marker}-r"
        return self._note(
            case, self._until_answered(lambda: desk.register(key=key, marker=case.marker, type=case.type))
        )

    def _step(self, desk: Desk, case: Case, step: str) -> bool:
        case.pending = step
        key = f"{case.marker}-{len(case.steps)}"
        return self._note(
            case,
            self._until_answered(
                lambda: desk.step(key=key, number=case.number, step=step, version=case.version)
            ),
        )

    def _note(self, case: Case, answer: Answer | None) -> bool:
        """Write an acknowledgement into the journal; only what was answered counts."""
        if answer is None:
            return False
        with self._answered:
            number, case.version = answer
            if case.pending == "register":
                case.number = number
            else:
                case.steps.append(case.pending)
            case.pending = ""
            self._answered.notify_all()
        return True

    def _until_answered(self, ask: Callable[[], Answer]) -> Answer | None:
        """Ask again with the same key until there is an answer, as a person's browser or program would."""
        pause, failures, start = Event(), 0, time.monotonic()
        for _ in range(TRIES):
            try:
                answer = ask()
            except Unreachable as trouble:
                self.journal.repeats += 1
                self.failed[trouble.kind] += 1
                failures += isinstance(trouble, Failed)
                if self.gives_up and failures >= ENOUGH_FAILURES:
                    return None  # half of it is done, and no repeating will mend that
                pause.wait(PAUSE_SECONDS)
            except Refused as refusal:
                self.journal.refusals.append(str(refusal))
                return None
            else:
                self.longest = max(self.longest, time.monotonic() - start)
                return answer
        return None
