"""A change of the database's shape gives way: it waits shortly for its lock, tries again, and says so in the end."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction

from hemu.foundation.errors import RuleViolation
from hemu.infra import locks
from hemu.infra.locks import in_turn, waiting_at_most

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer, who waits at BEGIN"),
]
TABLE = "infra_heartbeat"


def change() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {TABLE} IN ACCESS EXCLUSIVE MODE")


def patience() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return str(cursor.fetchone()[0])


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """Yield a connection of somebody else who reads the table in a transaction."""
    monkeypatch.setattr(locks, "WAIT_MILLISECONDS", 20)
    known = connection.get_connection_params()
    other = psycopg.connect(
        **{name: known[name] for name in ("dbname", "user", "password", "host", "port") if name in known}
    )
    other.execute(f"SELECT 1 FROM {TABLE}")
    yield other
    other.close()


def test_it_gives_way_and_is_done_when_the_other_has_gone(
    other: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            other.rollback()

    in_turn(change, pause=pause)
    assert (pauses, patience()) == ([locks.PAUSE_SECONDS] * 2, "0")


def test_somebody_who_never_goes_is_told_of_in_the_end(
    other: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    with pytest.raises(RuleViolation) as refusal:
        in_turn(change, pause=lambda seconds: None)
    assert (refusal.value.code, refusal.value.params) == ("database.busy", {"tries": locks.TRIES})


def test_what_keeps_nobody_waiting_takes_as_long_as_it_takes() -> None:
    with waiting_at_most(2_000):
        with waiting_at_most(0):
            assert patience() == "0"
        assert patience() == "2s"
    assert patience() == "0"
