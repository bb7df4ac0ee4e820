"""The wall of duties at 3,000 communities: each level as a leader of the company asks for it.

python -m bench.wall     prints figures; the database is migrated and empty before

It fills 150 offices and 3,000 communities, for each every clause that can open a duty in each of twelve months, and for
one community the duties of a day that is counted again. The cost is what `bench.scopes` measures: blocks on PostgreSQL,
hundreds of steps on SQLite, beside the rows that the level reads.
"""

import time
from datetime import date, timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench import dialects  # noqa: E402
from bench.figures import figure  # noqa: E402
from hemu.access.operations import make_account  # noqa: E402
from hemu.duties.models import Duty  # noqa: E402
from hemu.duties.queries import is_by_hand, watched_clauses  # noqa: E402
from hemu.duty_wall.models import AreaStanding, Standing  # noqa: E402
from hemu.duty_wall.operations import fold  # noqa: E402
from hemu.duty_wall.rules import first_of_month, month_after  # noqa: E402
from hemu.estate.models import Community, Office  # noqa: E402
from hemu.estate.operations import employ, found_company, give_post  # noqa: E402
from hemu.infra import clock  # noqa: E402
from hemu.infra.identity import new_id  # noqa: E402
from hemu.infra.moments import parse_moment  # noqa: E402
from hemu.ledger.models import Book  # noqa: E402

NOW = parse_moment("2026-11-23 08:30")
OFFICES, COMMUNITIES, MONTHS, TRIES, LIMIT = 150, 3_000, 12, 7, 1_000
LATE_EACH = 40
"""Every so many rows of the months gone by has one open and late."""


def measure() -> None:
    """Print milliseconds, statements and rows for each level, and how long a month of every book is counted."""
    settings.ALLOWED_HOSTS = ["*"]
    name = connection.vendor
    with clock.standing_at(NOW):
        client = _company()
        _fill()
        with connection.cursor() as cursor:
            dialects.settle(cursor)
        one = Community.objects.select_related("office").order_by("id")[COMMUNITIES // 2]
        paths = {
            "offices": "/wall/duties/",
            "communities": f"/wall/duties/{one.office_id}/",
            "clauses": f"/wall/duties/book/{one.book_id}/",
            "clause_year": f"/clauses/RQ-06/?community={one.id}",
        }
        for level, path in paths.items():
            _level(f"wall.{name}.{level}", client, path)
        _counting(name)


def _level(name: str, client: Client, path: str) -> None:
    for _ in range(2):
        client.get(path)
    times = []
    for _ in range(TRIES):
        start = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - start) * 1000)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(path)
    if page.status_code != 200:
        raise RuntimeError(f"{path}: {page.status_code}")
    cells = page.content.count(b"badge tone-")
    figure(
        name, sorted(times)[TRIES // 2], "ms", statements=len(asked.captured_queries), cells=cells,
        rows=_rows_read([each["sql"] for each in asked.captured_queries]), worst_ms=round(max(times)), limit_ms=LIMIT,
    )  # fmt: skip


def _rows_read(statements: list[str]) -> int:
    """Return how many of the wall's own rows the statements read, before they are grouped."""
    found = 0
    for sql in statements:
        if "duty_wall_" not in sql or connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
            found += _scanned(cursor.fetchone()[0][0]["Plan"])
    return found


def _scanned(plan: dict[str, Any]) -> int:
    here = plan.get("Relation Name", "").startswith("duty_wall_")
    read = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"] if here else 0
    return int(read) + sum(_scanned(each) for each in plan.get("Plans", []))


def _company() -> Client:
    company = found_company(now=NOW)
    offices = [
        Book(id=f"of-{new_id(NOW).hex}", level="office", parent_id=company.book_id) for _ in range(OFFICES)
    ]
    Book.objects.bulk_create(offices)
    held = Office.objects.bulk_create(
        Office(id=new_id(NOW), name=f"量{n:03}处", book=book) for n, book in enumerate(offices)
    )
    books = [
        Book(id=f"cm-{new_id(NOW).hex}", level="community", parent=offices[n % OFFICES])
        for n in range(COMMUNITIES)
    ]
    Book.objects.bulk_create(books, batch_size=1_000)
    Community.objects.bulk_create(
        (
            Community(id=new_id(NOW), name=f"量{n:04}区", code=f"L{n}", office=held[n % OFFICES], book=book)
            for n, book in enumerate(books)
        ),
        batch_size=1_000,
    )
    return _leader()


def _leader() -> Client:
    staff = employ(name="示例领导", now=NOW)
    give_post(staff=staff, role="company_leader", office=None, since=NOW.date() - timedelta(days=30))
    account = make_account(login="leader", password="long enough 2026", staff=staff)
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    client.force_login(account)
    return client


def _fill() -> None:
    """Write the kept rows of every community by SQL: each clause in each of twelve months, and their areas."""
    last = first_of_month(NOW.date())
    months = [month_after(last, n - MONTHS + 3) for n in range(MONTHS)]
    clauses = [each.id for each in watched_clauses()]
    areas = sorted({(each[:2], is_by_hand(each)) for each in clauses})
    with connection.cursor() as cursor:
        dialects.table(
            cursor,
            "wall_months",
            "month date, past int",
            [(each.isoformat(), int(each < last)) for each in months],
        )
        dialects.table(cursor, "wall_clauses", "id int, clause text", list(enumerate(clauses)))
        dialects.table(
            cursor,
            "wall_areas",
            "id int, area text, by_hand int",
            [(n, a, int(h)) for n, (a, h) in enumerate(areas)],
        )
        start = time.perf_counter()
        for table, column, what in (
            (Standing._meta.db_table, "clause", "wall_clauses"),
            (AreaStanding._meta.db_table, "area, by_hand", "wall_areas"),
        ):
            picked = (
                "each.clause"
                if what == "wall_clauses"
                else f"each.area, each.by_hand{'' if connection.vendor == 'sqlite' else ' = 1'}"
            )
            late = f"CASE WHEN m.past = 1 AND (length(book.id) + each.id + book.n) %% {LATE_EACH} = 0 THEN 1 ELSE 0 END"
            cursor.execute(
                f"INSERT INTO {table} (book_id, month, {column}, late, open, met, met_late, next_due)"
                f" SELECT book.id, m.month, {picked}, {late}, CASE WHEN m.past = 1 THEN {late} ELSE 2 END,"
                " m.past * 3, 0, CASE WHEN m.past = 1 THEN NULL ELSE %s END"
                " FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM ledger_book WHERE level = 'community') AS book"
                f" CROSS JOIN wall_months AS m CROSS JOIN {what} AS each",
                [connection.ops.adapt_datetimefield_value(NOW + timedelta(days=3))],
            )
    figure(
        f"wall.{connection.vendor}.filled", time.perf_counter() - start, "s",
        rows=Standing.objects.count(), area_rows=AreaStanding.objects.count(),
    )  # fmt: skip


def _counting(name: str) -> None:
    """Bear ten duties in every community and let the worker count them: all at once, as after a day is opened."""
    office = Office.objects.order_by("id")[0]
    books = Community.objects.values_list("book_id", flat=True)
    start = time.perf_counter()
    Duty.objects.bulk_create(
        (
            Duty(
                id=new_id(NOW), key=f"{book}:{clause}", clause=clause, book_id=book, office=office, subject="x:y",
                role="quality", start_at=NOW, due_at=parse_moment("2027-06-10 18:00"),
            )
            for book in books for clause in [each.id for each in watched_clauses()[:10]]
        ),
        batch_size=2_000,
    )  # fmt: skip
    born = time.perf_counter() - start
    start, counted = time.perf_counter(), 0
    while some := fold(now=NOW):
        counted += some
    figure(f"wall.{name}.counted", time.perf_counter() - start, "s", months_of_books=counted,
           duties=COMMUNITIES * 10, born_s=round(born, 2), month=date(2027, 6, 1).isoformat())  # fmt: skip


if __name__ == "__main__":
    measure()
