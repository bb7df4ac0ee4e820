"""Very many cases: what every page asks at a smaller and a larger size, as three readers; one table at the end.

Ten thousand and, with FULL=1, a million cases on PostgreSQL (a hundred thousand without it); ten and a hundred thousand
on SQLite. The larger may cost half as much again as the smaller, and two blocks for each community in scope.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from tests.proof.house import House
from tools import postgres

SMALLER = 10_000
LARGER = {"sqlite": 100_000, "postgresql": 1_000_000 if os.environ.get("FULL") else 100_000}
GROWS, A_COMMUNITY, THIRTY = 1.5, 2, 30
RARE, RARE_IN_ALL = "search_rare", 500
UNIT = {"sqlite": "hundreds of steps", "postgresql": "blocks"}
WRITTEN = Path(__file__).resolve().parents[1] / "build" / "bench"
"""Beside what is built: no part of the project."""


@dataclass(frozen=True)
class Line:
    """One measure at both sizes against its bound."""

    database: str
    scope: str
    page: str
    statements: int
    smaller: int
    larger: int
    bound: float
    ok: bool

    @property
    def ratio(self) -> float:
        return round(self.larger / self.smaller, 2) if self.smaller else 0.0


def measure(database: str) -> None:
    """Fill two databases, measure both, print the table and write it as JSON."""
    with TemporaryDirectory(prefix="hemu-bench-") as folder, _server(database, folder) as address:
        sizes = SMALLER, LARGER[database]
        smaller, larger = (_measured(Path(folder), address(size), size) for size in sizes)
    lines = _lines(database, smaller, larger)
    _print(database, lines, sizes)
    WRITTEN.mkdir(parents=True, exist_ok=True)
    told = {"smaller": sizes[0], "larger": sizes[1], "unit": UNIT[database]}
    rows = [asdict(line) | {"ratio": line.ratio} for line in lines]
    path = WRITTEN / f"million-{database}.json"
    path.write_text(json.dumps(told | {"lines": rows}, indent=1))


@contextmanager
def _server(database: str, folder: str) -> Iterator[Any]:
    """Yield what gives the address of a new database for a size; nothing of it need reach the disk."""
    if database == "sqlite":
        yield lambda size: f"sqlite:///{Path(folder) / f'cases-{size}'}"
        return
    with postgres.temporary_cluster() as cluster:

        def address(size: int) -> str:
            with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE cases_{size}")
            return cluster.url(f"cases_{size}")

        yield address


def _measured(folder: Path, address: str, size: int) -> dict[str, Any]:
    house = House(folder, {"DATABASE_URL": address})
    house.call("django", "migrate", "--verbosity", "0")
    asked = json.loads(house.call("bench.filling", str(size)))
    found: dict[str, Any] = json.loads(house.call("bench.scopes", json.dumps(asked)))
    return {"asked": asked, "found": found}


def _lines(database: str, smaller: dict[str, Any], larger: dict[str, Any]) -> list[Line]:
    communities = larger["asked"]["communities"]
    seen = {"one": 1, "thirty": min(THIRTY, communities), "all": communities}
    lines = []
    for scope, pages in larger["found"].items():
        for page, (statements, cost) in pages.items():
            before = smaller["found"][scope][page][1]
            bound = GROWS * before + (A_COMMUNITY * seen[scope] if database == "postgresql" else 0)
            if page == RARE and database == "postgresql":
                bound = max(bound, RARE_IN_ALL)
            lines.append(Line(database, scope, page, statements, before, cost, bound, cost <= bound))
    return lines


def _print(database: str, lines: list[Line], sizes: tuple[int, int]) -> None:
    print(f"\n{database}, {UNIT[database]}, {sizes[0]:,} and {sizes[1]:,} cases")
    print(
        f"{'scope':8}{'measure':22}{'statements':>11}{'smaller':>9}{'larger':>9}{'ratio':>7}{'bound':>9}  ok"
    )
    for line in lines:
        print(
            f"{line.scope:8}{line.page:22}{line.statements:11}{line.smaller:9}{line.larger:9}"
            f"{line.ratio:7.2f}{line.bound:9.0f}  {'ok' if line.ok else 'NO'}",
            flush=True,
        )
