"""Runs `hemu` commands in a process of their own over an empty HEMU_HOME, as an outside checker would."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.pattern import sqlite_pattern

DRIVER = """
import contextlib, io, json, sys
from hemu.__main__ import main
answers = []
for argv in json.load(sys.stdin):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([bytes.fromhex(each[1:]).decode("utf-8", "surrogateescape") for each in argv])
    answers.append([code, out.getvalue(), err.getvalue()])
json.dump(answers, sys.stdout)
"""


DATABASE = "hemu.sqlite3"


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out)


def hemu(
    home: Path,
    *commands: Sequence[str | bytes],
    database: str = "",
    from_nothing: bool = False,
    empty: bool = False,
) -> list[Answer]:
    """Run commands one after another and return what each said.

    Args:
        home: made when it is not there.
        database: where the data lie, SQLite in ``home`` unless told.
        from_nothing: a new home has no database yet; else it has one as `hemu migrate` makes it.
        empty: it has one with tables, and nothing in them.
    """
    if not (database or from_nothing or (home / DATABASE).exists()):
        home.mkdir(parents=True, exist_ok=True)
        shutil.copy(sqlite_pattern() if empty else _migrated() / DATABASE, home / DATABASE)
    return _run(home, commands, database)


def _migrated() -> Path:
    """Return a home with a new database, made once for all the processes of all the runs."""
    home = Path(os.environ["HEMU_TEST_SHARED"]) / "migrated"
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "done").exists():
            (made,) = _run(home, [["migrate"]], "")
            assert made.code == 0, made.err
            (home / "done").touch()
    return home


def _run(home: Path, commands: Sequence[Sequence[str | bytes]], database: str) -> list[Answer]:
    keep = {
        name: value for name, value in os.environ.items() if not name.startswith(("HEMU_", "DATABASE_URL"))
    }
    environment = {**keep, "HEMU_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    if database:
        environment["HEMU_DATABASE_URL"] = database
    lines = [
        ["x" + (part.encode() if isinstance(part, str) else part).hex() for part in each] for each in commands
    ]
    done = subprocess.run(
        [sys.executable, "-c", DRIVER], input=json.dumps(lines), capture_output=True, text=True, check=False,
        env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [Answer(*each) for each in json.loads(done.stdout)]
