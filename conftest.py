"""What every test of the house shares: which kind each test is, and a clean database after those that commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tests.pattern import move_to_a_copy

WRITTEN_BY_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}
settings.register_profile(
    "house",  # the same examples each time, and a busy machine is no failure
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_serialized_rollback"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by what it needs: `browser`, `proof`, `db`, or nothing (`pure`)."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "browser" in fixtures:
            if "tests/journeys/" not in item.path.as_posix():  # where `tools.test` looks for them
                raise pytest.UsageError(f"{item.nodeid} drives a browser: it belongs into tests/journeys")
            item.add_marker("browser")
        elif "tests/proof/" in item.path.as_posix():
            item.add_marker("proof")
        elif item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("db")
        else:
            item.add_marker("pure")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Work on a copy of the database that all processes of the run share, instead of migrating one for each."""
    with django_db_blocker.unblock():
        move_to_a_copy()


@pytest.fixture(scope="session", autouse=True)
def _emptying_passes_the_triggers() -> Iterator[None]:
    """Let a test that commits leave an empty database, although the ledger's triggers refuse to be emptied."""
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: empty_database())
    yield
    patch.undo()


def empty_database() -> None:
    """Delete what a test wrote, and only where it wrote: Django's own way empties every table and fills some anew."""
    tables = (
        set(connection.introspection.django_table_names(only_existing=True, include_views=False))
        - WRITTEN_BY_DJANGO
    )
    with (
        triggers_asleep(),
        connection.constraint_checks_disabled(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        for table in sorted(tables):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {name})")
            if cursor.fetchone()[0]:
                cursor.execute(f"DELETE FROM {name}")


@pytest.fixture(scope="session", autouse=True)
def _each_request_reads_for_itself() -> Iterator[None]:
    """Let a page ask for as many statements the second time as the first: what is kept has tests of its own."""
    from hemu.infra import standing  # needs the registry of models

    patch = pytest.MonkeyPatch()
    patch.setattr(standing, "stamp_of_request", lambda: None)
    yield
    patch.undo()


@contextmanager
def triggers_asleep() -> Iterator[None]:
    """Keep the database's triggers from firing for this connection."""
    if connection.vendor == "postgresql":
        with _as_replica():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers: list[tuple[Any, ...]] = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _, sql in triggers:
                cursor.execute(sql)


@contextmanager
def _as_replica() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = origin")
