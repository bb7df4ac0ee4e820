"""Writing down what a run of a fault came to: one JSON file a run, and one line for the terminal."""

import json
import os
import platform
import subprocess
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.proof.faults import Fault, Outcome, Run
from tools import postgres

REPORTS = Path(__file__).resolve().parents[2] / "proof"
PACKAGES = ("Django", "gunicorn", "psycopg", "pysqlite3")


def carried_out(fault: Fault, run: Run) -> dict[str, Any]:
    """Carry a fault out and return its report; one that breaks has not held."""
    start, at = time.monotonic(), datetime.now(UTC)
    broke = ""
    try:
        outcome = fault.run(run)
    except Exception as error:  # the other faults are still tried; a control that breaks has found nothing
        broke = f"{type(error).__name__}: {error}"
        outcome = Outcome([broke])
    tries = outcome.counts.get("disturbances", run.size)
    held = not outcome.problems
    return {
        "id": fault.id,
        "says": fault.says,
        "control": fault.control if run.control else None,
        "at": at.isoformat(timespec="seconds"),
        "commit": commit(),
        "versions": versions(),
        "processors": os.cpu_count(),
        "database": run.database,
        "seed": run.seed,
        "size": run.size,
        "as_expected": not broke and held is not run.control,
        "upper_bound_each": round(3 / tries, 4) if held and tries else None,
        "seconds": round(time.monotonic() - start, 1),
        "counts": outcome.counts,
        "problems": outcome.problems,
    }


def versions() -> dict[str, str]:
    """Return what the house stands on."""
    found = {"python": platform.python_version(), "system": platform.platform(terse=True)}
    import sqlite3

    found["sqlite"] = sqlite3.sqlite_version
    for package in PACKAGES:
        found[package.lower()] = version(package)
    programs = postgres.programs()
    if programs:
        said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True)
        found["postgresql"] = said.stdout.strip().rpartition(") ")[2] or said.stdout.strip()
    return found


def commit() -> str:
    found = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True)
    return found.stdout.strip()


def write(report: dict[str, Any]) -> Path:
    """Write a report in the place of the one before of the same kind; return where."""
    REPORTS.mkdir(exist_ok=True)
    control = "-control" if report["control"] else ""
    path = REPORTS / f"{report['id']}-{report['database']}{control}.json"
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def say(report: dict[str, Any]) -> None:
    """Print what a run came to: as expected or not, what was counted, the first problems."""
    mark = "ok    " if report["as_expected"] else "FAILED"
    what = f"control: {report['control']}" if report["control"] else report["says"]
    counts = ", ".join(
        f"{name} {value}" for name, value in report["counts"].items() if not isinstance(value, dict)
    )
    print(f"{mark} {report['id']} {report['database']} ({what})", flush=True)
    print(
        f"       {counts}; {len(report['problems'])} problems, {report['seconds']} s, seed {report['seed']}",
        flush=True,
    )
    for problem in report["problems"][: 2 if report["as_expected"] else 10]:
        print(f"         {problem[:300]}", flush=True)
