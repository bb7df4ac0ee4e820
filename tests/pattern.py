"""The migrated, empty database of which each process of a test run has a copy, and each run of `make test`.

It is made once, by the first process that asks; the others wait for it. What the runs of one `make test` share lies in
the folder and the PostgreSQL that `tools.test` names; a run of its own makes its own.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

NAME = "pattern"


def move_to_a_copy() -> None:
    """Point this process's connection at a database of its own, migrated and empty."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    if connection.vendor == "postgresql":
        use(_postgresql_copy(f"test_{worker}_{os.getpid()}"))  # the run before may have left one
    else:
        use(_sqlite_copy(Path(os.environ["HEMU_HOME"]) / "test.sqlite3"))


def use(name: str) -> None:
    """Let the next statement go to another database of the same kind."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def sqlite_pattern() -> Path:
    """Return the file of the pattern on SQLite, whatever database this run is on."""
    with _alone() as folder:
        pattern = folder / f"{NAME}.sqlite3"
        if not pattern.exists():
            unfinished = folder / f"{NAME}.part"
            unfinished.unlink(missing_ok=True)
            _migrate(f"sqlite:///{unfinished}", folder)
            unfinished.rename(pattern)
    return pattern


def _sqlite_copy(path: Path) -> str:
    shutil.copy(sqlite_pattern(), path)
    return str(path)


def _postgresql_copy(name: str) -> str:
    with _alone() as folder:
        if not _told("SELECT 1 FROM pg_database WHERE datname = %s", NAME):
            _told("DROP DATABASE IF EXISTS unfinished")
            _told("CREATE DATABASE unfinished")
            _migrate(os.environ["DATABASE_URL"].rpartition("/")[0] + "/unfinished", folder)
            _told(f"ALTER DATABASE unfinished RENAME TO {NAME}")
        _told(f"CREATE DATABASE {name} TEMPLATE {NAME}")
    return name


def _told(statement: str, *values: str) -> bool:
    """Run a statement and tell whether it found a row."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return bool(cursor.description and cursor.fetchone())


def _migrate(url: str, home: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "hemu.config.settings",
        "HEMU_HOME": str(home),
        "HEMU_DATABASE_URL": url,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0"]
    subprocess.run(command, env=environment, check=True)


@contextmanager
def _alone() -> Iterator[Path]:
    """Yield the folder that the processes of a run share, to one of them at a time."""
    folder = Path(os.environ["HEMU_TEST_SHARED"])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
