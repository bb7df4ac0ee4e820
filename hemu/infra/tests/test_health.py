"""Whether the process lives, and whether everything is there."""

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from hemu.infra import clock, heartbeat
from hemu.infra.models import Heartbeat
from hemu.infra.moments import parse_moment
from hemu.infra.web import health

NOW = parse_moment("2026-03-02 09:00")


def test_a_process_that_lives_says_so_without_the_database() -> None:
    """No `db`: a query would fail."""
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})


@pytest.mark.parametrize(
    ("beat", "status", "missing"),
    [
        (None, 503, ["worker"]),
        (NOW - timedelta(minutes=5), 503, ["worker"]),
        (NOW - timedelta(minutes=4, seconds=59), 200, []),
    ],
)
def test_what_is_missing(db: None, beat: datetime | None, status: int, missing: list[str]) -> None:
    if beat:
        Heartbeat.objects.create(name=heartbeat.WORKER, beat_at=beat)
    with clock.standing_at(NOW):
        answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (status, {"ok": not missing, "missing": missing})


def test_an_unreachable_database_is_named(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone() -> bool:
        raise OperationalError

    monkeypatch.setattr(health, "_migrated", gone)
    with caplog.at_level(logging.ERROR):
        answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["database"])
    assert caplog.records == []


def test_the_migrations_are_asked_for_once(db: None, django_assert_num_queries: Any) -> None:
    Client().get("/readyz")
    with django_assert_num_queries(1):
        Client().get("/readyz")
