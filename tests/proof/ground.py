"""The ground on which a fault is tried: a database of its own with the house on it.

The empty house is made once a run and copied: migrating anew for each scenario would take most of the time.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import psycopg

from tests.pattern import sqlite_pattern as migrated
from tests.proof.house import House
from tools import postgres
from tools.postgres import Cluster

MEMORY = Path("/dev/shm")  # the pattern is made there, where writing is quick; what is tried lies on the disk
PATTERN = "pattern"
_to_the_end = ExitStack()
_numbers = count(1)


@contextmanager
def prepared(
    database: str,
    *,
    settings: Mapping[str, str] | None = None,
    volume: Path | None = None,
    cluster: Mapping[str, str] | None = None,
) -> Iterator[tuple[House, dict[str, str]]]:
    """Yield a house, not started yet, and the log-in of a desk; all of it ends with the block.

    Args:
        settings: environment beside the database's address.
        volume: where the database lies, if not in a temporary folder.
        cluster: settings of a PostgreSQL of its own, which may be restarted.
    """
    with ExitStack() as stack:
        house = stack.enter_context(empty(database, settings=settings, volume=volume, cluster=cluster))
        if database == "sqlite":
            pattern, who = sqlite_pattern()
            shutil.copy(pattern, house.settings["DATABASE_URL"].removeprefix("sqlite:///"))
        elif volume or cluster is not None:
            who = prepare(house)
        else:
            who = postgresql_pattern()
            assert house.cluster
            name = f"proof_{next(_numbers)}"
            create(house.cluster, name, PATTERN)
            house.settings["DATABASE_URL"] = house.cluster.url(name)
        yield house, who


@contextmanager
def empty(
    database: str,
    *,
    settings: Mapping[str, str] | None = None,
    volume: Path | None = None,
    cluster: Mapping[str, str] | None = None,
) -> Iterator[House]:
    """Yield a house on a database without a table; arguments as of ``prepared``."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hemu-proof-")))
        server = None
        if database == "sqlite":
            url = f"sqlite:///{(volume or folder) / 'db'}"
        elif volume or cluster is not None:
            server = stack.enter_context(
                postgres.temporary_cluster(durable=True, volume=volume, more=cluster)
            )
            url = server.url("postgres")
        else:
            server = shared_cluster()
            name = f"proof_{next(_numbers)}"
            create(server, name, "template1")
            url = server.url(name)
        house = House(folder, {"DATABASE_URL": url, **(settings or {})}, cluster=server)
        stack.callback(house.stop)
        yield house


def prepare(house: House) -> dict[str, str]:
    found: dict[str, str] = json.loads(house.call("tests.proof.prepare"))
    return found


@cache
def sqlite_pattern() -> tuple[Path, dict[str, str]]:
    """Return the file of a prepared database and the log-in of its desk."""
    place = MEMORY if MEMORY.is_dir() else None
    folder = Path(_to_the_end.enter_context(tempfile.TemporaryDirectory(prefix="hemu-pattern-", dir=place)))
    path = folder / "db"
    if "HEMU_TEST_SHARED" in os.environ:  # among the tests, which have migrated one already
        shutil.copy(migrated(), path)
    return path, prepare(House(folder, {"DATABASE_URL": f"sqlite:///{path}"}))


@cache
def shared_cluster() -> Cluster:
    """Return the PostgreSQL that serves all scenarios of this run which do not break it."""
    return _to_the_end.enter_context(postgres.temporary_cluster(durable=True))


@cache
def postgresql_pattern() -> dict[str, str]:
    """Prepare the database that others are copied from; return the log-in of its desk."""
    server = shared_cluster()
    create(server, PATTERN, "template1")
    with tempfile.TemporaryDirectory(prefix="hemu-pattern-") as folder:
        return prepare(House(Path(folder), {"DATABASE_URL": server.url(PATTERN)}))


def create(server: Cluster, name: str, pattern: str) -> None:
    """Create a database as a copy of another at which nobody is at work."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {pattern}")


def clear_away() -> None:
    """End what served all scenarios; the next one begins anew."""
    _to_the_end.close()
    for each in (sqlite_pattern, shared_cluster, postgresql_pattern):
        each.cache_clear()
