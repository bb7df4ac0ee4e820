"""`make test`: every test of the house on what it needs, then one account of it all.

Pure tests run once, tests of the database and proofs with killed processes on SQLite and on a PostgreSQL started for
them, journeys in Chromium on SQLite and those of more than one person at once on PostgreSQL too. `python -m tools.test RUN … -- PYTEST ARGUMENTS` runs some of it.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tools import postgres
from tools.speech import say

SLOW_SECONDS = 5
NO_TESTS = 5
INSTALL_POSTGRESQL = "sudo apt-get install postgresql"


@dataclass(frozen=True)
class Run:
    """One call of pytest: the tests of one kind on one database, looked for everywhere or in one folder."""

    name: str
    mark: str
    database: str = "sqlite"
    parallel: bool = True
    where: tuple[str, ...] = ()


BROWSER, PROOF = ("tests/journeys",), ("tests/proof",)
"""Where all tests of these kinds lie: the others need not be read for them."""
RUNS = [
    Run("pure", "pure"),
    Run("sqlite", "db"),
    Run("postgresql", "db and not walk", "postgresql"),
    Run("browser", "browser", where=BROWSER),
    Run("browser-postgresql", "browser and both", "postgresql", where=BROWSER),
    Run("proof-sqlite", "proof", parallel=False, where=PROOF),
    Run("proof-postgresql", "proof", "postgresql", parallel=False, where=PROOF),
]


@dataclass
class Outcome:
    """What one run came to; ``skipped`` and ``slow`` are lines ready to print."""

    run: Run
    code: int
    seconds: float = 0.0
    passed: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return self.code in (0, NO_TESTS) and not self.failed


def main() -> int:
    """Run what was asked for, all by default; return 0 when nothing failed."""
    names, arguments = parse(sys.argv[1:])
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    outcomes: list[Outcome] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hemu-reports-")))
        shared = {"HEMU_TEST_SHARED": str(folder)}
        for run in (run for run in RUNS if not names or run.name in names):
            if run.database == "postgresql" and "HEMU_TEST_POSTGRESQL" not in shared and postgres.programs():
                cluster = stack.enter_context(postgres.temporary_cluster())
                shared["HEMU_TEST_POSTGRESQL"] = cluster.url("postgres")
            outcomes.append(carry_out(run, arguments, folder / f"{run.name}.xml", shared))
    return account(outcomes)


def parse(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Split the command line into names of runs and what goes to pytest, after `--`."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    names = arguments[:cut]
    unknown = set(names) - {run.name for run in RUNS}
    if unknown:
        sys.exit(
            f"No such run: {', '.join(sorted(unknown))}. There are: {', '.join(run.name for run in RUNS)}"
        )
    return names, arguments[cut + 1 :]


def carry_out(run: Run, arguments: list[str], report: Path, shared: dict[str, str]) -> Outcome:
    """Run pytest for one kind of test on one database, its output on this terminal.

    Args:
        shared: environment of what all the runs use together.
    """
    print(f"\n── {run.name} {'─' * (100 - len(run.name))}", flush=True)
    if run.database == "postgresql" and postgres.programs() is None:
        return missing_postgresql(run)
    workers = ["-n", str(min(os.cpu_count() or 1, 4))] if run.parallel else []
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", "-m", run.mark, *workers]
    command += [f"--junitxml={report}", "-o", "junit_logging=no", *(arguments or run.where)]
    start = time.monotonic()
    code = finish(subprocess.Popen(command, env={**os.environ, **shared, "HEMU_TEST_DB": run.database}))
    outcome = Outcome(run, code, time.monotonic() - start)
    for case in cases(report):
        count(case, outcome)
    return outcome


def missing_postgresql(run: Run) -> Outcome:
    say(
        f"!!! 没有找到 PostgreSQL，这一轮全部跳过。安装：{INSTALL_POSTGRESQL}",
        f"!!! PostgreSQL is not installed, so this whole run is skipped. Install it: {INSTALL_POSTGRESQL}",
    )
    return Outcome(run, 0, skipped=[f"every test on PostgreSQL: not installed ({INSTALL_POSTGRESQL})"])


def finish(process: "subprocess.Popen[bytes]") -> int:
    """Wait for pytest; when asked to stop, let it put its things away first."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        process.wait()
        raise SystemExit(130) from None


def cases(report: Path) -> Iterator[ET.Element]:
    if report.exists():
        yield from ET.parse(report).getroot().iter("testcase")  # written by our own run


def count(case: ET.Element, outcome: Outcome) -> None:
    """Add one test case of the report to its run's outcome."""
    name = f"{case.get('classname')}::{case.get('name')}"
    seconds = float(case.get("time") or 0)
    if seconds > SLOW_SECONDS:
        outcome.slow.append(f"{seconds:6.1f} s  {name}")
    skipped = case.find("skipped")
    if case.find("failure") is not None or case.find("error") is not None:
        outcome.failed += 1
    elif skipped is not None:
        outcome.skipped.append(f"{name}: {skipped.get('message')}")
    else:
        outcome.passed += 1


def account(outcomes: list[Outcome]) -> int:
    """Print what was skipped and why, what was slow, each run's figures and the sum; return the exit code."""
    for title, rows in (
        ("Skipped 跳过", [f"{each.run.name}: {row}" for each in outcomes for row in each.skipped]),
        (
            f"Over {SLOW_SECONDS} s 较慢",
            [f"{row} ({each.run.name})" for each in outcomes for row in each.slow],
        ),
    ):
        print(f"\n{title}: {len(rows)}", *rows, sep="\n  ")
    print()
    width = min(shutil.get_terminal_size().columns, 100)
    for each in outcomes:
        mark = "ok" if each.is_good else f"FAILED ({each.code})"
        figures = f"{each.passed:5} passed {each.failed:3} failed {len(each.skipped):3} skipped"
        print(f"{each.run.name:18} {figures} {each.seconds:7.1f} s  {mark}"[:width])
    passed, failed = sum(each.passed for each in outcomes), sum(each.failed for each in outcomes)
    failed += sum(not each.is_good and not each.failed for each in outcomes)
    print(
        f"\n{passed} passed, {failed} failed, {sum(len(each.skipped) for each in outcomes)} skipped",
        flush=True,
    )
    return 0 if all(each.is_good for each in outcomes) and passed else 1


if __name__ == "__main__":
    sys.exit(main())
