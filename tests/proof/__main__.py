"""`make proof`: the drill on each database with its negative control; reports go into `proof/`.

python -m tests.proof [--kills 60] [--seed N] [--database sqlite|postgresql]
"""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.proof.drill import Drill, new_seed, write_report
from tools import postgres

CONTROL_KILLS = 15
DATABASES = ("sqlite", "postgresql")


def main() -> int:
    """Run the drills; return 0 when nothing was lost and every control found what it broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof")
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--database", choices=DATABASES)
    asked = parser.parse_args()
    seed = new_seed() if asked.seed is None else asked.seed
    good = True
    for database in [asked.database] if asked.database else DATABASES:
        if database == "postgresql" and postgres.programs() is None:
            print("PostgreSQL is not installed: skipped (sudo apt-get install postgresql)", flush=True)
            continue
        report = drill(database, kills=asked.kills, seed=seed)
        control = drill(database, kills=min(asked.kills, CONTROL_KILLS), seed=seed, without_transaction=True)
        for each in (report, control):
            say(each, write_report(each))
        good = good and not report["problems"] and bool(control["problems"])
    return 0 if good else 1


def drill(database: str, *, kills: int, seed: int, without_transaction: bool = False) -> dict[str, Any]:
    """Run one drill on a database of its own."""
    with ExitStack() as stack:
        if database == "postgresql":
            cluster = stack.enter_context(postgres.temporary_cluster(durable=True))
            url = cluster.url("postgres")
        else:
            url = f"sqlite:///{Path(stack.enter_context(TemporaryDirectory(prefix='hemu-proof-'))) / 'db'}"
        return Drill(database, {"DATABASE_URL": url}, kills, seed, without_transaction).run()


def say(report: dict[str, Any], path: Path) -> None:
    name = f"{report['database']}{' without its transaction' if report['without_transaction'] else ''}"
    print(
        f"F1 {name}: {report['kills']} kills, {report['acknowledged']} acknowledged in {report['cases']} cases,"
        f" {report['repeats']} repeats, {len(report['problems'])} problems, {report['seconds']} s"
        f" (seed {report['seed']}, {path.name})",
        flush=True,
    )
    for problem in report["problems"][:10]:
        print(f"    {problem}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
