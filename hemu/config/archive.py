"""`hemu backup` and `hemu restore`: one archive that does not depend on the database's engine."""

import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import Error, connection, models, transaction

from hemu import __version__
from hemu.config.archive_digest import METHOD, has_digest, keep_place, write_digest
from hemu.config.archive_files import read_files, write_files
from hemu.config.schema import models_behind, of_this_version, schema
from hemu.foundation.errors import RuleViolation
from hemu.infra.models import Heartbeat
from hemu.infra.moments import iso_utc
from hemu.ledger.operations import forget_sealed
from hemu.ledger.queries import verify
from hemu.messaging.operations import hold_after_restore

FORMAT = 1
LEFT_OUT = {
    "sessions.session",
    "contenttypes.contenttype",
    "auth.permission",
    "auth.group",
    "infra.heartbeat",
    "infra.trouble",
    "infra.searchtoken",
    "infra.standing",
    "infra.searchmark",
    "ledger.unsealed",  # the entries write it again
    "duty_wall.touched",  # so do the duties this, and the worker counts them again
    "duty_wall.standing",
    "duty_wall.areastanding",
}
SLICE = 2_000
BEAT = "backup"
"""Under this name stands when the last whole backup was made."""


class _Exact(DjangoJSONEncoder):
    """Writes moments whole: Django's own encoder drops the microseconds, which the book's hashes hold."""

    def default(self, o: Any) -> Any:
        return iso_utc(o) if isinstance(o, datetime) else super().default(o)


def backup(path: Path, *, now: datetime) -> dict[str, Any]:
    """Write every table into one archive, under a temporary name until it is whole, and return what it holds.

    A database that is behind this version is written as it stands, for the version that made it to read; its book
    is then not verified.

    Raises:
        RuleViolation: ``backup.unwritable``.
    """
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        return _written(path, unfinished, now)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise RuleViolation("backup.unwritable", file=path.name, reason=error.strerror or "") from error


def _written(path: Path, unfinished: Path, now: datetime) -> dict[str, Any]:
    stands = schema()
    registry = models_behind() if stands.behind else apps
    with _snapshot():
        root, sound = _book(registry, now)
        counts: dict[str, int] = {}
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            for model in _tables(registry):
                counts[model._meta.label_lower] = _write(archive, model)
            missing = write_files(archive, registry)
            manifest = {
                "format": FORMAT,
                "made_at": iso_utc(now),
                "version": __version__,
                "migrations": stands.at,
                "root": root,
                "rows": counts,
                "missing_files": missing,
                "digest": METHOD,
            }
            archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))
            keep_place(archive)
    write_digest(unfinished)
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(path)
    ok = sound and not missing
    if ok:
        Heartbeat.objects.update_or_create(name=BEAT, defaults={"beat_at": now})
    return {"ok": ok, "file": str(path), "root": root, "rows": sum(counts.values()), "missing": missing}


def _book(registry: Apps, now: datetime) -> tuple[str, bool]:
    """Return the root of the book and whether nothing is wrong with it; of one that is behind, its last root."""
    if registry is apps:
        found = verify(now=now)
        return found.root, found.ok
    last = registry.get_model("ledger", "Seal")._default_manager.order_by("-number").first()
    return last.head if last else "", True


def restore(path: Path, *, now: datetime) -> dict[str, Any]:
    """Read an archive into an empty database, in one transaction, and verify that the book names the same root.

    ``digest`` of the answer is None for an archive of a version that wrote none: what it holds is then verified as far
    as its own checksums and the book reach.

    Raises:
        RuleViolation: ``restore.unreadable``, ``restore.not_empty``, ``restore.other_root``,
            ``restore.other_version``: it was made by a version whose database looks different.
    """
    if any(model._default_manager.exists() for model in _tables()):
        raise RuleViolation("restore.not_empty")
    try:
        covered = has_digest(path)
        with zipfile.ZipFile(path) as archive, transaction.atomic():
            manifest = _manifest(archive, path, covered=covered)
            # A table younger than the archive begins empty.
            known = [model for model in _tables() if model._meta.label_lower in manifest["rows"]]
            rows = sum(_read(archive, model) for model in known)
            with read_files(archive, manifest.get("missing_files", [])):
                forget_sealed()
                hold_after_restore()
                found = verify(now=now)
                if found.root != manifest["root"] or rows != sum(manifest["rows"].values()):
                    raise RuleViolation("restore.other_root", root=found.root, expected=manifest["root"])
    except (
        OSError,
        EOFError,
        KeyError,
        RuntimeError,  # of the zip: a way of packing that there is not
        TypeError,
        ValueError,
        Error,
        zlib.error,
        zipfile.BadZipFile,
        serializers.base.DeserializationError,
    ) as error:
        raise RuleViolation("restore.unreadable", file=path.name) from error
    _reset_sequences()
    answer = {"ok": found.ok, "root": found.root, "rows": rows, "problems": found.problems}
    return answer | {"digest": METHOD if covered else None}


def _manifest(archive: zipfile.ZipFile, path: Path, *, covered: bool) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(archive.read("manifest.json"))
    if found["format"] != FORMAT or ("digest" in found and not covered):
        raise RuleViolation("restore.unreadable", file=path.name)
    if found.get("migrations", of_this_version()) != of_this_version():
        raise RuleViolation("restore.other_version", file=path.name)
    return found


def _tables(registry: Apps = apps) -> list[type[models.Model]]:
    ordered = serializers.sort_dependencies([(app, None) for app in registry.get_app_configs()])
    return [model for model in ordered if model._meta.managed and model._meta.label_lower not in LEFT_OUT]


@contextmanager
def _snapshot() -> Iterator[None]:
    """Read one state of all tables, without keeping writers waiting."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    with connection.cursor() as cursor:  # `atomic` would begin IMMEDIATE and take the writers' lock
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _write(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    count = 0
    rows = model._default_manager.order_by("pk").iterator(chunk_size=SLICE)
    with archive.open(f"{model._meta.label_lower}.jsonl", "w") as file:
        for row in rows:
            line = serializers.serialize("jsonl", [row], ensure_ascii=False, cls=_Exact)
            file.write(line.encode())
            count += 1
    return count


def _read(archive: zipfile.ZipFile, model: type[models.Model]) -> int:
    count = 0
    with archive.open(f"{model._meta.label_lower}.jsonl") as file:
        for lines in _slices(line.decode() for line in file):
            rows = list(serializers.deserialize("jsonl", "".join(lines)))
            model._default_manager.bulk_create([each.object for each in rows])
            for row in rows:
                for name, others in (row.m2m_data or {}).items():
                    getattr(row.object, name).set(others)
            count += len(rows)
    return count


def _slices(lines: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for line in lines:
        batch.append(line)
        if len(batch) == SLICE:
            yield batch
            batch = []
    if batch:
        yield batch


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _tables()):
            cursor.execute(statement)
