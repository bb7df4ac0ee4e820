"""Comparing two answers as somebody outside could: status, headers, body but for what was asked, and the work done."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemu.infra import clock
from tests.security.city import NOW

_CHANCE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}|[A-Za-z0-9_-]{64}"
)
_NUMBER = re.compile(r"[A-Z]{2,8}-20\d\d-\d{4,6}(?:-R\d+)?")
OF_ITS_OWN = ("Content-Length", "X-Request-ID", "X-Request-Id", "Expires")
"""Headers that differ from one answer to the next anyhow."""
_WRITES = ("INSERT", "UPDATE", "DELETE")
_TABLES = re.compile(r'(?:INTO|UPDATE|FROM)\s+"(\w+)"')


@dataclass(frozen=True)
class Answer:
    """What came back, without what differs by chance or by what was asked for."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    statements: int
    wrote: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_missing(self) -> bool:
        return self.status == 404


def plain(text: str, asked: str = "") -> str:
    """Return a text without tokens, ids and numbers."""
    return _NUMBER.sub("·", _CHANCE.sub("·", text.replace(asked, "·") if asked else text))


def ask(client: Client, method: str, url: str, body: dict[str, str] | None = None) -> Answer:
    """Ask, keep nothing of what it may have written, and return what came back."""
    with clock.standing_at(NOW), kept_out(), CaptureQueriesContext(connection) as statements:
        found = getattr(client, method)(url, body or {})
    return answer_of(found, [each["sql"] for each in statements.captured_queries], url)


def answer_of(found: HttpResponse, statements: list[str], url: str = "") -> Answer:
    """Return an answer as it is compared."""
    text = "" if found.streaming else found.content.decode("utf-8", "replace")
    headers = sorted(
        (name, plain(value, url)) for name, value in found.headers.items() if name not in OF_ITS_OWN
    )
    wrote = tuple(
        match[1] for sql in statements if sql.startswith(_WRITES) and (match := _TABLES.search(sql))
    )
    asked = [sql for sql in statements if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))]
    return Answer(found.status_code, tuple(headers), plain(text, url), len(asked), wrote)


@contextmanager
def kept_out() -> Iterator[None]:
    """Undo what is written inside, and count its statements from none: a full log of them drops the first."""
    connection.queries_log.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
