"""The bytes of files in the store that the settings name: whole on the disk before a row speaks of them."""

import os
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages


def store() -> Storage:
    """Return the store of files; it lies outside what the web server serves."""
    return storages["files"]


def write_bytes(name: str, data: bytes) -> None:
    """Write bytes under a name that is new; they outlive a crash from then on."""
    place = store()
    taken = place.save(name, ContentFile(data))
    if taken != name:
        place.delete(taken)
        raise FileExistsError(name)
    try:
        path = place.path(name)
    except NotImplementedError:  # a store elsewhere keeps its own promises
        return
    _reach_the_disk(path, os.O_RDONLY)
    _reach_the_disk(os.path.dirname(path), os.O_RDONLY | os.O_DIRECTORY)


def link_bytes(name: str, *, to: str, data: bytes) -> None:
    """Give bytes that lie under one name a second one; where the store has no links they are written again."""
    place = store()
    try:
        path, there = place.path(name), place.path(to)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.link(there, path)
    except (NotImplementedError, OSError):
        write_bytes(name, data)
        return
    _reach_the_disk(os.path.dirname(path), os.O_RDONLY | os.O_DIRECTORY)


def _reach_the_disk(path: str, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_bytes(names: Iterable[str]) -> None:
    """Remove what lies under names; what is gone already is gone."""
    for name in names:
        store().delete(name)
