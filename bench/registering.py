"""Registering through the form with all that it writes, against the bare view; and the statements it takes."""

import json
import os
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import uuid4

from bench.clients import CLIENTS, Load, burst
from bench.figures import figure
from tests.proof.desk import REGISTER, Desk, form_of_registration
from tests.proof.house import House, children_of

PAIRS = 5
SECONDS = 3.0
WARM_UP_SECONDS = 1.5
BARE = "/tickets/"


def measure(database: str, settings: dict[str, str]) -> None:
    """Print rate and processor time of both views in alternating pairs, and the statements of registering."""
    with TemporaryDirectory(prefix="hemu-bench-") as folder:
        house = House(Path(folder), dict(settings))
        bare = House(Path(folder), {**settings, "DJANGO_SETTINGS_MODULE": "bench.bare.settings"})
        who = json.loads(house.call("tests.proof.prepare"))
        bare.call("django", "migrate", "--run-syncdb", "--verbosity", "0")
        statements = json.loads(house.call("bench.statements", "register", json.dumps(who)))
        figure(f"register.{database}.statements", statements["statements"], "statements", limit=20)
        try:
            house.start_web()
            bare.start_web()
            house.wait_for_web()
            bare.wait_for_web()
            compare(database, house, bare, who)
        finally:
            house.stop()
            bare.stop()


def compare(database: str, house: House, bare: House, who: dict[str, str]) -> None:
    cookies = {cookie.name: cookie.value or "" for cookie in Desk(house.url, who).session.cookies}
    pairs: list[tuple[Load, Load]] = []
    spent = {"product": 0.0, "bare": 0.0}

    def register(seconds: float) -> Load:
        return burst(house.url, REGISTER, cookies, lambda *_: registration(who), seconds)

    def create(seconds: float) -> Load:
        return burst(bare.url, BARE, cookies, lambda *_: {"text": registration(who)["text"]}, seconds)

    register(WARM_UP_SECONDS)
    create(WARM_UP_SECONDS)
    for _ in range(PAIRS):
        before = processor_seconds(bare), processor_seconds(house)
        pair = create(SECONDS), register(SECONDS)
        spent["bare"] += processor_seconds(bare) - before[0]
        spent["product"] += processor_seconds(house) - before[1]
        pairs.append(pair)
    report(database, pairs, spent)


def registration(who: dict[str, str]) -> dict[str, str]:
    return form_of_registration(who, marker="bench", type="repair_public", key=str(uuid4()))


def report(database: str, pairs: list[tuple[Load, Load]], spent: dict[str, float]) -> None:
    """Print medians over the pairs, whose members ran one after the other."""
    floors, values = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    figure(
        f"register.{database}.rate",
        median(load.rate for load in values),
        "requests/s",
        median(load.rate for load in floors),
        median_ratio_of_pairs=round(median(own.rate / floor.rate for floor, own in pairs), 3),
        pairs=len(pairs),
        clients=CLIENTS,
        refused=sum(load.refused for pair in pairs for load in pair),
    )
    figure(
        f"register.{database}.processor",
        1000 * spent["product"] / sum(len(load.latencies) for load in values),
        "ms/request",
        1000 * spent["bare"] / sum(len(load.latencies) for load in floors),
    )
    figure(
        f"register.{database}.p50",
        1000 * median(second for load in values for second in load.latencies),
        "ms",
        1000 * median(second for load in floors for second in load.latencies),
    )


def processor_seconds(house: House) -> float:
    """Return the processor time that a web and its children have used so far."""
    assert house.web
    ticks = 0
    for pid in (house.web.pid, *children_of(house.web.pid)):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
