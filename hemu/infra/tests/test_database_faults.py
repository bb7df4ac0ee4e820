"""The database away or its disk full: a clear page instead of an error, and nothing said to be done that is not."""

from errno import ENOSPC

import pytest
from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from hemu.infra.database import fault_behind
from hemu.infra.web.errors import server_error


class FromPostgres(Exception):
    """An error as psycopg raises it: with the five characters of the SQL standard, or none where the line is cut."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("words of the server")
        self.sqlstate = sqlstate


def raised(kind: type[Exception], words: str, cause: Exception) -> Exception:
    error = kind(words)
    error.__cause__ = cause
    return error


CASES = [
    ("full", OperationalError, "database or disk is full", Exception()),
    ("away", OperationalError, "database is locked", Exception()),
    ("away", OperationalError, "disk I/O error", Exception()),
    ("away", OperationalError, "unable to open database file", Exception()),
    (None, OperationalError, "no such column: x", Exception()),
    (None, IntegrityError, "UNIQUE constraint failed", Exception()),
    ("full", OperationalError, "", FromPostgres("53100")),
    ("away", OperationalError, "", FromPostgres("53300")),
    ("away", OperationalError, "", FromPostgres("57P01")),
    ("away", OperationalError, "", FromPostgres("57P03")),
    ("away", OperationalError, "", FromPostgres("08006")),
    ("away", OperationalError, "", FromPostgres(None)),
    ("away", InterfaceError, "", FromPostgres(None)),
    (None, ProgrammingError, "", FromPostgres("42703")),
    (None, ProgrammingError, "", FromPostgres(None)),
    (None, DatabaseError, "", FromPostgres("40P01")),
]


@pytest.mark.parametrize(("fault", "kind", "words", "cause"), CASES)
def test_what_an_error_says_of_the_database(
    fault: str | None, kind: type[Exception], words: str, cause: Exception
) -> None:
    assert fault_behind(raised(kind, words, cause)) == fault
    assert fault_behind(raised(RuntimeError, "wrapped", raised(kind, words, cause))) == fault


def test_a_disk_without_room_is_found_behind_a_file_too() -> None:
    assert (fault_behind(OSError(ENOSPC, "")), fault_behind(OSError(2, "")), fault_behind(None)) == (
        "full",
        None,
        None,
    )


def page_of(error: Exception) -> HttpResponse:
    try:
        raise error
    except Exception:
        with translation.override("zh-hans"):
            return server_error(RequestFactory().post("/requests/register/"))


@pytest.mark.parametrize(
    ("error", "status", "retry_after", "words"),
    [
        (OperationalError("database is locked"), 503, "5", "已经办成的不会办两遍"),
        (OperationalError("database or disk is full"), 507, "60", "磁盘满了，没有存下"),
        (ValueError("something else"), 500, None, "我们这边出错了"),
    ],
)
def test_the_page_says_what_to_do(error: Exception, status: int, retry_after: str | None, words: str) -> None:
    page = page_of(error)
    assert (page.status_code, page.headers.get("Retry-After")) == (status, retry_after)
    assert words in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ends_is_a_database_that_is_away() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server that could end a connection")
    with pytest.raises(OperationalError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    connection.close()
    assert fault_behind(caught.value) == "away"
