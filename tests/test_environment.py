"""The database that a test runs on is the one that was asked for."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_run_on_the_database_that_was_asked_for() -> None:
    assert connection.vendor == os.environ.get("HEMU_TEST_DB", "sqlite")
