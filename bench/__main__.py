"""`make bench`: JSON lines of what the product costs, each with the floor of the same work in the same run.

python -m bench [registering] [importing] [daily] [opening] [million] [suggesting] [redaction] [book] [papers] [wall]
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import importing, million, redaction, registering, suggesting
from tests.proof.house import House
from tools import postgres

PARTS = (
    "registering",
    "importing",
    "daily",
    "opening",
    "million",
    "suggesting",
    "redaction",
    "book",
    "wall",
    "papers",
)


@contextmanager
def fresh(database: str) -> Iterator[dict[str, str]]:
    """Yield the environment of an empty database of that kind, as durable as an installation's."""
    if database == "sqlite":
        with TemporaryDirectory(prefix="hemu-bench-") as folder:
            yield {"DATABASE_URL": f"sqlite:///{Path(folder) / 'db'}"}
    else:
        with postgres.temporary_cluster(durable=True) as cluster:
            yield {"DATABASE_URL": cluster.url("postgres")}


def main() -> None:
    """Run the parts that were asked for, all by default."""
    parts = sys.argv[1:] or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        sys.exit(f"No such part: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}")
    databases = ["sqlite", *(["postgresql"] if postgres.programs() else [])]
    for part, measure in (("registering", registering.measure), ("importing", importing.measure)):
        for database in databases if part in parts else []:
            with fresh(database) as settings:
                measure(database, settings)
    for part in ("daily", "opening", "book", "wall", "papers"):
        for database in databases if part in parts else []:
            with fresh(database) as settings, TemporaryDirectory(prefix="hemu-bench-") as folder:
                house = House(Path(folder), settings)
                house.call("django", "migrate", "--verbosity", "0")
                print(house.call(f"bench.{part}"), end="", flush=True)
    for database in databases if "million" in parts else []:
        million.measure(database)
    if "suggesting" in parts:
        suggesting.measure()
    if "redaction" in parts:
        redaction.measure()


if __name__ == "__main__":
    main()
