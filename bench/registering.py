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

ROUNDS = 5
SECONDS = 3.0
WARM_UP_SECONDS = 1.5
BARE = "/tickets/"


def measure(database: str, settings: dict[str, str]) -> None:
    """Print rate and processor time of both views in turns, and the statements of registering."""
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
    """Let eight desks register, each in a community of its own and then all in one, and the bare view's clients."""
    cookies = {cookie.name: cookie.value or "" for cookie in Desk(house.url, who).session.cookies}
    desks = [place_of(who, place) for place in who["places"].split()]
    views = {
        "bare": (bare, BARE, lambda client, _: {"text": registration(desks[client])["text"]}),
        "rate": (house, REGISTER, lambda client, _: registration(desks[client])),
        "rate_in_one_community": (house, REGISTER, lambda *_: registration(who)),
    }
    loads: dict[str, list[Load]] = {name: [] for name in views}
    spent = dict.fromkeys(views, 0.0)
    for server, path, form in views.values():
        burst(server.url, path, cookies, form, WARM_UP_SECONDS)
    for _ in range(ROUNDS):
        for name, (server, path, form) in views.items():
            before = processor_seconds(server)
            loads[name].append(burst(server.url, path, cookies, form, SECONDS))
            spent[name] += processor_seconds(server) - before
    report(database, loads, spent)


def place_of(who: dict[str, str], place: str) -> dict[str, str]:
    community, _, home = place.partition("/")
    return who | {"community": community, "home": home}


def registration(who: dict[str, str]) -> dict[str, str]:
    return form_of_registration(who, marker="bench", type="repair_public", key=str(uuid4()))


def report(database: str, loads: dict[str, list[Load]], spent: dict[str, float]) -> None:
    """Print medians over the rounds, in which the views take turns."""
    floors = loads.pop("bare")
    for name, values in loads.items():
        figure(
            f"register.{database}.{name}",
            median(load.rate for load in values),
            "requests/s",
            median(load.rate for load in floors),
            median_ratio_of_pairs=round(
                median(own.rate / floor.rate for own, floor in zip(values, floors, strict=True)), 3
            ),
            pairs=len(values),
            clients=CLIENTS,
            refused=sum(load.refused for load in (*values, *floors)),
        )
    each, floor_each = (1000 * spent[name] for name in ("rate", "bare"))
    figure(
        f"register.{database}.processor",
        each / answers(loads["rate"]),
        "ms/request",
        floor_each / answers(floors),
    )
    figure(f"register.{database}.p50", 1000 * p50(loads["rate"]), "ms", 1000 * p50(floors))


def answers(loads: list[Load]) -> int:
    return sum(len(load.latencies) for load in loads)


def p50(loads: list[Load]) -> float:
    return median(second for load in loads for second in load.latencies)


def processor_seconds(house: House) -> float:
    """Return the processor time that a web and its children have used so far."""
    assert house.web
    ticks = 0
    for pid in (house.web.pid, *children_of(house.web.pid)):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
