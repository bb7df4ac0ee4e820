"""Opening a day of duties for 10,000 communities against a plain insert of the same rows; memory for a tenth beside it.

python -m bench.opening     prints figures; the database is migrated and empty before
"""

import resource
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from bench.figures import figure  # noqa: E402
from hemu.duties.models import Duty  # noqa: E402
from hemu.duties.operations import Births, open_between  # noqa: E402
from hemu.estate.models import ClauseSwitch, Community, CommunityFact, Office  # noqa: E402
from hemu.estate.operations import found_company  # noqa: E402
from hemu.infra.identity import new_id  # noqa: E402
from hemu.infra.moments import parse_moment  # noqa: E402
from hemu.ledger.models import Book  # noqa: E402
from hemu.sop.profiles import facts_known  # noqa: E402
from hemu.sop.watching import PACKAGES  # noqa: E402

COMMUNITIES, A_TENTH, OFFICES = 10_000, 1_000, 500
BEFORE = parse_moment("2026-12-01 08:30")
DAY = date(2027, 2, 1)
"""A Monday and the first of a month: weeks, months and days begin."""
LIMIT = 3
SLICE = 2_000


def measure() -> None:
    """Print how a day is opened: seconds against the floor, statements left to the tests, memory."""
    name = connection.vendor
    _company()
    few = Community.objects.order_by("id")[:A_TENTH].values("id")
    _opened(Community.objects.filter(id__in=list(few.values_list("id", flat=True))))
    small = _peak()
    _empty()
    start = time.perf_counter()
    births = _opened(None)
    seconds = time.perf_counter() - start
    large = _peak()
    floor = _plainly()
    figure(
        f"opening.{name}.day", seconds, "s", floor,
        communities=COMMUNITIES, duties=births.opened, limit_ratio=LIMIT,
    )  # fmt: skip
    figure(f"opening.{name}.memory", large, "MB", small, communities=COMMUNITIES, floor_communities=A_TENTH)
    start = time.perf_counter()
    again = _opened(None)
    figure(
        f"opening.{name}.again", time.perf_counter() - start, "s", opened=again.opened, already=again.already
    )


def _opened(communities: object) -> Births:
    return open_between(first=DAY, last=DAY, now=BEFORE, communities=communities)  # type: ignore[arg-type]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _empty() -> None:
    Duty.objects.all()._raw_delete(Duty.objects.db)


def _plainly() -> float:
    """Insert the same rows by the driver alone, in one transaction of many-rowed statements, and return the seconds."""
    columns = [str(field.column) for field in Duty._meta.concrete_fields]
    fields = Duty._meta.concrete_fields
    rows: list[list[Any]] = [
        [field.get_db_prep_save(getattr(duty, field.attname), connection) for field in fields]
        for duty in Duty.objects.iterator()
    ]
    _empty()
    names = ", ".join(columns)
    marks = f"({', '.join(['%s'] * len(columns))})"
    start = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for some in _sliced(rows):
            values = ", ".join([marks] * len(some))
            cursor.execute(
                f"INSERT INTO {Duty._meta.db_table} ({names}) VALUES {values}",
                [each for row in some for each in row],
            )
    return time.perf_counter() - start


def _sliced(rows: list[list[Any]]) -> Iterator[list[list[Any]]]:
    for begin in range(0, len(rows), SLICE):
        yield rows[begin : begin + SLICE]


def _company() -> None:
    """Enter the company in rows: 500 offices, 10,000 communities with every package on and every fact confirmed."""
    company = found_company(now=BEFORE)
    offices = [_office(number, company.book_id) for number in range(OFFICES)]
    Book.objects.bulk_create([book for book, _ in offices], batch_size=SLICE)
    Office.objects.bulk_create([office for _, office in offices], batch_size=SLICE)
    made = [_community(number, *offices[number % OFFICES]) for number in range(COMMUNITIES)]
    Book.objects.bulk_create([book for book, _ in made], batch_size=SLICE)
    communities = Community.objects.bulk_create([each for _, each in made], batch_size=SLICE)
    since = BEFORE.date()
    ClauseSwitch.objects.bulk_create(
        (
            ClauseSwitch(community=each, what=what, since=since, on=True)
            for each in communities
            for what in PACKAGES
        ),
        batch_size=SLICE,
    )
    CommunityFact.objects.bulk_create(
        (
            CommunityFact(
                id=new_id(BEFORE), community=each, fact=fact, since=since, on=True, stated_by="a", confirmed_by="b"
            )
            for each in communities
            for fact in facts_known()
        ),
        batch_size=SLICE,
    )  # fmt: skip


def _office(number: int, parent: str) -> tuple[Book, Office]:
    book = Book(id=f"of-{new_id(BEFORE).hex}", level=Book.Level.OFFICE, parent_id=parent)
    return book, Office(id=new_id(BEFORE), name=f"量{number}处", book=book)


def _community(number: int, parent: Book, office: Office) -> tuple[Book, Community]:
    book = Book(id=f"cm-{new_id(BEFORE).hex}", level=Book.Level.COMMUNITY, parent=parent)
    return book, Community(
        id=new_id(BEFORE), name=f"量{number}区", code=f"L{number}", office=office, book=book
    )


if __name__ == "__main__":
    measure()
