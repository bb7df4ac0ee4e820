"""What a fault is, and the ground on which it is tried: a database of its own with the house on it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.proof.house import House
from tools import postgres

DATABASES = ("sqlite", "postgresql")


@dataclass
class Outcome:
    """What a run came to.

    Attributes:
        problems: one line for each thing that must not be; a control must have some.
        counts: what was tried and seen.
    """

    problems: list[str] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """How a fault is tried this time: so often, by that seed, whether as its own negative control.

    Attributes:
        strict: whether bounds in seconds decide; they do in `make proof`, never in `make test`.
    """

    database: str
    size: int
    seed: int
    control: bool = False
    strict: bool = True


@dataclass(frozen=True)
class Fault:
    """One scenario.

    Attributes:
        says: what disturbs, and what must hold.
        control: which protection the control takes away.
        run: tries it.
        small: how often in a few minutes; full: as often as `make proof FULL=1` asks.
        again: how often the control tries, enough to be caught.
    """

    id: str
    says: str
    control: str
    run: Callable[[Run], Outcome]
    small: int
    full: int
    again: int
    databases: tuple[str, ...] = DATABASES


@contextmanager
def prepared(
    database: str,
    *,
    settings: Mapping[str, str] | None = None,
    volume: Path | None = None,
    cluster: Mapping[str, str] | None = None,
) -> Iterator[tuple[House, dict[str, str]]]:
    """Yield a house on an empty database, not started yet, and the log-in of a desk; all of it ends with the block.

    Args:
        settings: environment beside the database's address.
        volume: where the database lies, if not in a temporary folder.
        cluster: settings of PostgreSQL.
    """
    with empty(database, settings=settings, volume=volume, cluster=cluster) as house:
        yield house, json.loads(house.call("tests.proof.prepare"))


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
        url = f"sqlite:///{(volume or folder) / 'db'}"
        server = None
        if database == "postgresql":
            server = stack.enter_context(
                postgres.temporary_cluster(durable=True, volume=volume, more=cluster)
            )
            url = server.url("postgres")
        house = House(folder, {"DATABASE_URL": url, **(settings or {})}, cluster=server)
        stack.callback(house.stop)
        yield house
