"""The ground of the tests: the database that was asked for, and a clean one after each test that commits."""

import os
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection

from hemu.ledger.models import Book, Entry
from hemu.ledger.operations import open_book
from hemu.ledger.triggers import missing_triggers


@pytest.mark.django_db
def test_tests_run_on_the_database_that_was_asked_for() -> None:
    assert connection.vendor == os.environ.get("HEMU_TEST_DB", "sqlite")


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_to_the_book_leaves_it_empty_and_guarded(time: str) -> None:
    assert (Book.objects.count(), Entry.objects.count(), missing_triggers()) == (0, 0, [])
    now = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
    book = open_book(level=Book.Level.COMPANY, parent=None, now=now)
    entry = Entry.objects.create(
        id="018f0000-0000-7000-8000-000000000000",
        book=book,
        kind="test",
        subject="test",
        actor="system",
        at=now,
        recorded_at=now,
        facts={},
    )
    with pytest.raises(DatabaseError):
        entry.delete()
