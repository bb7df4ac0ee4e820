"""`hemu check --deploy`: clean on a server as README sets it up, and each thing that is missing named."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection

from hemu.access.tests.house import BEGAN
from hemu.config import readiness
from hemu.config.readiness import shortcomings
from hemu.infra.models import Heartbeat

pytestmark = pytest.mark.django_db
IDLE = {"server.not_durable", "async.E001"}
"""Of the tests themselves: their PostgreSQL does not write to the disk, and a browser's driver runs an event loop."""


@pytest.fixture
def server(settings: Any, tmp_path: Path) -> Any:
    """The settings of a server, and a worker and a backup heard of."""
    tmp_path.chmod(0o750)
    settings.HTTPS, settings.HOME, settings.LOG_FORM = True, tmp_path, "json"
    settings.ALLOWED_HOSTS = ["hemu.example", "127.0.0.1", "localhost"]
    settings.TRUSTED_PROXIES, settings.PUBLIC_URL = ["127.0.0.1"], "https://hemu.example"
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_HSTS_SECONDS = 31536000
    for name in ("worker", "backup"):
        Heartbeat.objects.create(name=name, beat_at=BEGAN)
    return settings


def codes(**more: Any) -> set[str]:
    return {code for code, _ in shortcomings(deploy=True, now=BEGAN, **more)}


def test_a_server_as_it_should_be(server: Any) -> None:
    assert codes() - IDLE == set()
    assert ("server.not_durable" in codes()) == (connection.vendor == "postgresql")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("HTTPS", False, "server.no_https"),
        ("ALLOWED_HOSTS", ["*"], "server.any_host"),
        ("ALLOWED_HOSTS", ["127.0.0.1", "localhost"], "server.any_host"),
        ("TRUSTED_PROXIES", [], "server.no_proxy"),
        ("PUBLIC_URL", "http://hemu.example", "server.no_url"),
        ("PUBLIC_URL", "", "server.no_url"),
        ("TIME_ZONE", "UTC", "server.time_zone"),
        ("LOG_FORM", "full", "server.log_words"),
        ("SECRET_KEY", "short", "security.W009"),
        ("SESSION_COOKIE_SECURE", False, "security.W012"),
        ("SECURE_HSTS_SECONDS", 0, "security.W004"),
    ],
)
def test_what_is_missing_is_named(server: Any, name: str, value: object, code: str) -> None:
    setattr(server, name, value)
    assert codes() - IDLE == {code}


def test_files_that_others_can_read(server: Any) -> None:
    (server.HOME / "secret.key").touch(mode=0o644)
    (server.HOME / "secret.key").chmod(0o644)
    (server.HOME / "demo.json").touch()
    assert codes() - IDLE == {"server.open_file", "server.demonstration"}


@pytest.mark.parametrize(
    ("name", "ago", "found"),
    [
        ("worker", timedelta(minutes=5), set()),
        ("worker", timedelta(minutes=5, seconds=1), {"server.no_worker"}),
        ("worker", None, {"server.no_worker"}),
        ("backup", timedelta(hours=26), set()),
        ("backup", timedelta(hours=26, seconds=1), {"server.no_backup"}),
        ("backup", None, {"server.no_backup"}),
    ],
)
def test_who_was_not_heard(server: Any, name: str, ago: timedelta | None, found: set[str]) -> None:
    Heartbeat.objects.filter(name=name).delete()
    if ago is not None:
        Heartbeat.objects.create(name=name, beat_at=BEGAN - ago)
    assert codes() - IDLE == found


def test_a_database_that_is_away_is_all_that_is_told_of_it(
    server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise DatabaseError

    monkeypatch.setattr(readiness, "schema", away)
    assert codes() == {"server.database"}


def test_a_trial_owes_none_of_that(settings: Any) -> None:
    settings.HTTPS = False
    assert [code for code, _ in shortcomings(deploy=False, now=BEGAN) if code not in IDLE] == []
