"""Copies of a house's database, to do the same thing to each from the same start."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from tests.proof.ground import create
from tests.proof.house import House


def copy_of(house: House, name: str) -> House:
    """Return a house, not started, on a copy of another's database; nobody may be at work on that one."""
    folder = house.folder / name
    folder.mkdir()
    url = house.settings["DATABASE_URL"]
    if house.cluster:
        source_name = url.rpartition("/")[2]
        create(house.cluster, f"{source_name}_{name}", source_name)
        copied = house.cluster.url(f"{source_name}_{name}")
    else:
        path = folder / "db"
        with (
            closing(sqlite3.connect(Path(url.removeprefix("sqlite:///")))) as source,
            closing(sqlite3.connect(path)) as target,
        ):
            source.backup(target)
        copied = f"sqlite:///{path}"
    return replace(
        house, folder=folder, settings={**house.settings, "DATABASE_URL": copied}, web=None, worker=None
    )
