"""`make proof`: each fault on each of its databases with its negative control; reports go into `proof/`.

python -m tests.proof [F1 F2 …] [--full] [--seed N] [--database sqlite|postgresql] [--size N] [--no-control]
"""

import argparse
import secrets
import sys

from tests.proof.catalogue import FAULTS
from tests.proof.faults import DATABASES, Fault, Run
from tests.proof.ground import clear_away
from tests.proof.report import carried_out, say, write
from tools import postgres


def main() -> int:
    """Run what was asked for, all by default; return 0 when all held and every control was caught."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof")
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=", ".join(FAULTS))
    parser.add_argument("--full", action="store_true", help="as often as the promise asks")
    parser.add_argument("--size", type=int, help="so often instead")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--database", choices=DATABASES)
    parser.add_argument("--no-control", action="store_true")
    asked = parser.parse_args()
    if unknown := set(asked.faults) - set(FAULTS):
        parser.error(f"no such fault: {', '.join(sorted(unknown))}; there are {', '.join(FAULTS)}")
    try:
        good = [tried(*each, asked) for each in wanted(asked)]
        return 0 if all(good) else 1
    finally:
        clear_away()


def wanted(asked: argparse.Namespace) -> list[tuple[Fault, str]]:
    """Return what is to be tried on which database."""
    databases = [asked.database] if asked.database else DATABASES
    there = [each for each in databases if is_there(each)]
    faults = [FAULTS[name] for name in asked.faults or FAULTS]
    return [(fault, database) for fault in faults for database in there if database in fault.databases]


def is_there(database: str) -> bool:
    if database == "postgresql" and postgres.programs() is None:
        print("PostgreSQL is not installed: skipped (sudo apt-get install postgresql)", flush=True)
        return False
    return True


def tried(fault: Fault, database: str, asked: argparse.Namespace) -> bool:
    """Run a fault and its control, write both down, and tell whether they came out as they must."""
    size = asked.size or (fault.full if asked.full else fault.small)
    runs = [Run(database, size, asked.seed)]
    if not asked.no_control:
        runs.append(Run(database, fault.again, asked.seed, control=True))
    good = True
    for run in runs:
        report = carried_out(fault, run)
        write(report)
        say(report)
        good &= report["as_expected"]
    return good


if __name__ == "__main__":
    sys.exit(main())
