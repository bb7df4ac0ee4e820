"""One drill: clients at work, kills at random, then the verdict."""

import json
import os
import platform
import random
import secrets
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Condition, Event, Thread
from typing import Any

from tests.proof.desk import PATH, Desk, Refused, Unreachable
from tests.proof.house import House
from tests.proof.journal import Case, Journal

REPORTS = Path(__file__).resolve().parents[2] / "proof"
CLIENTS = 6
CALM_TYPES = ("complaint", "repair_home")
ANSWERS_BETWEEN_KILLS = (2, 12)
LONGEST_PAUSE_SECONDS = 0.05
PROGRESS_WITHIN_SECONDS = 60
TRIES = 400
TRIES_WITHOUT_TRANSACTION = 20


@dataclass
class Drill:
    """A drill with ``kills`` kills on the database of ``settings``.

    Args:
        without_transaction: the negative control; what it breaks must be found.
    """

    database: str
    settings: dict[str, str]
    kills: int
    seed: int
    without_transaction: bool = False
    journal: Journal = field(default_factory=Journal)
    answered: Condition = field(default_factory=Condition)
    ending: Event = field(default_factory=Event)

    def run(self) -> dict[str, Any]:
        """Carry it out and return the report; ``problems`` is empty when nothing was lost or doubled."""
        start = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="hemu-proof-") as folder:
            house = House(Path(folder), dict(self.settings))
            login = json.loads(house.call("tests.proof.prepare"))
            if self.without_transaction:
                house.application = "tests.proof.without_transaction:application"
            try:
                house.start()
                self.work_calmly(house, login)
                self.work_and_kill(house, login)
                verdict = self.judge(house)
            finally:
                house.stop()
        return self.report(house, verdict, time.monotonic() - start)

    def work_calmly(self, house: House, login: dict[str, str]) -> None:
        """Make one case of each type for each length of its path, for the others to be compared with."""
        desk = Desk(house.url, login)
        for kind in CALM_TYPES:
            for length in range(len(PATH) + 1):
                case = Case(f"calm-{kind}-{length}", kind, calm=True)
                self.journal.cases.append(case)
                self.register(desk, case)
                for step in PATH[:length]:
                    self.step(desk, case, step)

    def work_and_kill(self, house: House, login: dict[str, str]) -> None:
        desks = [Desk(house.url, login) for _ in range(CLIENTS)]
        clients = [Thread(target=self.client, args=each) for each in enumerate(desks)]
        for client in clients:
            client.start()
        try:
            self.kill_at_random(house)
        finally:
            self.ending.set()
            for client in clients:
                client.join()

    def kill_at_random(self, house: House) -> None:
        """Kill after a random number of answers, a random moment into the next ones."""
        chance = random.Random(self.seed)
        pause = Event()
        for _ in range(self.kills):
            self.wait_for_answers(chance.randint(*ANSWERS_BETWEEN_KILLS))
            pause.wait(chance.random() * LONGEST_PAUSE_SECONDS)
            house.kill(chance)
        self.wait_for_answers(CLIENTS)

    def wait_for_answers(self, count: int) -> None:
        with self.answered:
            wanted = self.journal.acknowledged + count
            if not self.answered.wait_for(
                lambda: self.journal.acknowledged >= wanted, PROGRESS_WITHIN_SECONDS
            ):
                self.journal.refusals.append(f"no progress for {PROGRESS_WITHIN_SECONDS} s")

    def client(self, number: int, desk: Desk) -> None:
        """Register cases and take them along the path, until the end of the drill; finish what was begun."""
        chance = random.Random(f"{self.seed}-{number}")
        open_cases: list[Case] = []
        serial = 0
        while not self.ending.is_set():
            if not open_cases or chance.random() < 0.3:
                serial += 1
                case = Case(f"{self.seed}-{number}-{serial}", chance.choice(CALM_TYPES))
                with self.answered:
                    self.journal.cases.append(case)
                done = self.register(desk, case)
            else:
                case = open_cases.pop(chance.randrange(len(open_cases)))
                done = self.step(desk, case, PATH[len(case.steps)])
            if done and len(case.steps) < len(PATH):
                open_cases.append(case)

    def register(self, desk: Desk, case: Case) -> bool:
        case.pending = "register"
        answer = self.until_answered(
            lambda: desk.register(key=f"{case.marker}-r", marker=case.marker, type=case.type)
        )
        return self.note(case, answer)

    def step(self, desk: Desk, case: Case, step: str) -> bool:
        case.pending = step
        key = f"{case.marker}-{len(case.steps)}"
        answer = self.until_answered(
            lambda: desk.step(key=key, number=case.number, step=step, version=case.version)
        )
        return self.note(case, answer)

    def note(self, case: Case, answer: "tuple[str, int] | None") -> bool:
        """Write an acknowledgement into the journal; only what was answered counts."""
        if answer is None:
            return False
        with self.answered:
            number, case.version = answer
            if case.pending == "register":
                case.number = number
            else:
                case.steps.append(case.pending)
            case.pending = ""
            self.answered.notify_all()
        return True

    def until_answered(self, ask: Any) -> "tuple[str, int] | None":
        """Ask again with the same key until there is an answer, as a person's browser or program would."""
        pause = Event()
        for _ in range(TRIES_WITHOUT_TRANSACTION if self.without_transaction else TRIES):
            try:
                answer: tuple[str, int] = ask()
                return answer
            except Unreachable:
                self.journal.repeats += 1
                pause.wait(0.05)
            except Refused as refusal:
                self.journal.refusals.append(str(refusal))
                return None
        return None

    def judge(self, house: House) -> dict[str, Any]:
        path = house.folder / "journal.json"
        self.journal.write(path)
        verdict: dict[str, Any] = json.loads(house.call("tests.proof.verdict", str(path)))
        return verdict

    def report(self, house: House, verdict: dict[str, Any], seconds: float) -> dict[str, Any]:
        kills = sum(house.kills.values())
        return {
            "id": "F1",
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": commit(),
            "database": self.database,
            "python": platform.python_version(),
            "processors": os.cpu_count(),
            "seed": self.seed,
            "without_transaction": self.without_transaction,
            "kills": kills,
            "killed": house.kills,
            "clients": CLIENTS,
            "cases": sum(bool(case.number) for case in self.journal.cases),
            "acknowledged": self.journal.acknowledged,
            "repeats": self.journal.repeats,
            "lost_or_doubled": len(verdict["problems"]),
            "upper_bound_per_kill": round(3 / kills, 4) if kills and not verdict["problems"] else None,
            "seconds": round(seconds, 1),
            **verdict,
        }


def commit() -> str:
    found = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True)
    return found.stdout.strip()


def new_seed() -> int:
    return secrets.randbelow(10**6)


def write_report(report: dict[str, Any]) -> Path:
    """Write the report into `proof/` under its id, database and time; return where."""
    REPORTS.mkdir(exist_ok=True)
    control = "-control" if report["without_transaction"] else ""
    time_of_it = report["at"].replace(":", "").replace("+0000", "Z")
    path = REPORTS / f"{report['id']}-{report['database']}{control}-{time_of_it}.json"
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
