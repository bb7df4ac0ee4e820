"""A database that a version before has made: saved as it stands, brought up, and back by the archive."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from hemu.config import commands
from hemu.config.tests.commands import hemu

AS_BEFORE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "hemu.config.settings"
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
graph = executor.loader.graph
leaves = graph.leaf_nodes()
before = {
    leaf: parent.key
    for leaf in leaves
    for parent in graph.node_map[leaf].parents
    if parent.key[0] == leaf[0] and not graph.node_map[leaf].children
}
last = sorted(before)[0]
executor.migrate([before.get(leaf, leaf) if leaf == last else leaf for leaf in leaves])
print(".".join(last))
"""
NEWER = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "hemu.config.settings"
import django
django.setup()
from django.db.migrations.recorder import MigrationRecorder
from django.db import connection
MigrationRecorder(connection).record_applied("infra", "9999_from_tomorrow")
"""


def run(home: Path, script: str) -> str:
    keep = {
        name: value for name, value in os.environ.items() if not name.startswith(("HEMU_", "DATABASE_URL"))
    }
    environment = {**keep, "HEMU_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def manifest(archive: Path) -> dict[str, Any]:
    with zipfile.ZipFile(archive) as file:
        found: dict[str, Any] = json.loads(file.read("manifest.json"))
        return found


def test_a_database_behind_is_saved_before_it_is_brought_up(tmp_path: Path) -> None:
    home, before, after = tmp_path / "home", tmp_path / "before.zip", tmp_path / "after.zip"
    lacking = run(home, AS_BEFORE)
    refused, saved, checked, brought_up, again = hemu(
        home,
        ["request", "list", "--json"],
        ["backup", "--json", str(before)],
        ["check", "--json"],
        ["migrate", "--json"],
        ["backup", "--json", str(after)],
    )
    assert (refused.code, refused.json["error"]) == (1, "database.behind")
    assert (saved.code, saved.json["ok"], saved.json["missing"]) == (0, True, [])
    assert [each["code"] for each in checked.json["problems"]] == ["server.behind"]
    assert (brought_up.code, again.code) == (0, 0)
    assert lacking not in manifest(before)["migrations"]
    assert set(manifest(after)["migrations"]) - set(manifest(before)["migrations"]) == {lacking}


def test_an_archive_of_another_version_is_for_that_version(tmp_path: Path) -> None:
    archive, older = tmp_path / "archive.zip", tmp_path / "older.zip"
    hemu(tmp_path / "home", ["backup", "--json", str(archive)])
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(older, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "manifest.json":
                told = {name: what for name, what in json.loads(data).items() if name != "digest"}
                data = json.dumps(told | {"migrations": ["infra.0001_initial"]}).encode()
            target.writestr(name, data)
    refused, good = hemu(
        tmp_path / "new",
        ["restore", "--json", str(older)],
        ["restore", "--json", str(archive)],
        empty=True,
    )
    assert (refused.code, refused.json["error"]) == (1, "restore.other_version")
    assert (good.code, good.json["ok"]) == (0, True)


def test_a_database_that_a_newer_version_used_is_left_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    hemu(home, ["migrate", "--json"])
    run(home, NEWER)
    refused, saved = hemu(home, ["request", "list", "--json"], ["backup", "--json", str(tmp_path / "x.zip")])
    assert [(each.code, each.json["error"]) for each in (refused, saved)] == [(1, "database.ahead")] * 2


def test_a_database_that_is_away_is_said_to_be_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(commands, "schema", away)
    assert commands.main(["community", "list", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"] == "server.database"
