"""The list and a case page with 10,000 and 100,000 cases: statements and blocks must not grow with the data."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import figure
from tests.proof.house import House

SIZES = (10_000, 100_000)
GROWS_AT_MOST = 1.5


def measure(settings: dict[str, str]) -> None:
    """Print statements and blocks of each page at both sizes, each against the same page at the smaller one."""
    with TemporaryDirectory(prefix="hemu-bench-") as folder:
        house = House(Path(folder), dict(settings))
        who = json.loads(house.call("tests.proof.prepare"))
        smaller: dict[str, dict[str, int]] = {}
        for size in SIZES:
            house.call("bench.filling", str(size), json.dumps(who))
            found = json.loads(house.call("bench.statements", "pages", json.dumps(who)))
            for page, counts in found.items():
                for unit, count in counts.items():
                    floor = smaller.get(page, counts)[unit]
                    figure(f"{page}.{unit}", count, unit, floor, cases=size, limit_ratio=GROWS_AT_MOST)
            smaller = smaller or found
