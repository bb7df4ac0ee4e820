"""The migrated, empty database of which each process of a test run has a copy, and each run of `make test`.

It is made once, by the first process that asks; the others wait for it. What the runs of one `make test` share lies in
the folder and the PostgreSQL that `tools.test` names; a run of its own makes its own.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

NAME = "pattern"


def move_to_a_copy() -> None:
    """Point this process's connection at a database of its own, migrated and empty."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    if connection.vendor == "postgresql":
        use(_postgresql_copy(f"test_{worker}"))
    else:
        use(_sqlite_copy(Path(os.environ["HEMU_HOME"]) / "test.sqlite3"))


def use(name: str) -> None:
    """Let the next statement go to another database of the same kind."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _sqlite_copy(path: Path) -> str:
    with _alone() as folder:
        pattern = folder / f"{NAME}.sqlite3"
        if not pattern.exists():
            unfinished = folder / f"{NAME}.part"
            unfinished.unlink(missing_ok=True)
            _migrate(str(unfinished))
            unfinished.rename(pattern)
    shutil.copy(pattern, path)
    return str(path)


def _postgresql_copy(name: str) -> str:
    home = str(connection.settings_dict["NAME"])
    with _alone():
        if not _told("SELECT 1 FROM pg_database WHERE datname = %s", NAME):
            _told("DROP DATABASE IF EXISTS unfinished")
            _told("CREATE DATABASE unfinished")
            _migrate("unfinished")
            use(home)
            _told(f"ALTER DATABASE unfinished RENAME TO {NAME}")
        _told(f"DROP DATABASE IF EXISTS {name}")
        _told(f"CREATE DATABASE {name} TEMPLATE {NAME}")
    return name


def _told(statement: str, *values: str) -> bool:
    """Run a statement and tell whether it found a row."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return bool(cursor.description and cursor.fetchone())


def _migrate(name: str) -> None:
    use(name)
    call_command("migrate", interactive=False, verbosity=0)
    connection.close()


@contextmanager
def _alone() -> Iterator[Path]:
    """Yield the folder that the processes of a run share, to one of them at a time."""
    folder = Path(os.environ["HEMU_TEST_SHARED"])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
