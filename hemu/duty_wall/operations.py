"""Counting again what duties touched: the worker folds it into the rows that the wall shows."""

from datetime import date, datetime, timedelta

from django.db.models import Model

from hemu.duty_wall.models import AreaStanding, Standing, Touched
from hemu.duty_wall.queries_counting import NUMBERS, Rows, by_area, counted
from hemu.infra.transaction import operation
from hemu.ledger.models import Book

AT_A_TIME = 300
"""Months of books in one transaction."""
_READ = 5_000
_SECOND = timedelta(seconds=1)


@operation
def fold(*, now: datetime) -> int:
    """Count again at most 300 months of books in which a duty changed or became late; return how many.

    What is written while it counts keeps its row in ``touched`` and is counted by the next call. Several workers may
    call it: each locks the books that it counts, so that an older count never overwrites a newer one.
    """
    rows = list(Touched.objects.order_by("id").values_list("id", "book", "month")[:_READ])
    keys = dict.fromkeys((book, month) for _, book, month in rows)
    chosen = set(list(keys)[:AT_A_TIME])
    if len(chosen) < AT_A_TIME:
        past = Standing.objects.filter(next_due__lte=now - _SECOND).order_by("next_due")
        chosen |= set(past.values_list("book_id", "month")[: AT_A_TIME - len(chosen)])
    if not chosen:
        return 0
    books = sorted({book for book, _ in chosen})
    # Locked before it counts; `no_key` lets entries of these books be written meanwhile.
    list(
        Book.objects.select_for_update(no_key=True)
        .filter(id__in=books)
        .order_by("id")
        .values_list("id", flat=True)
    )
    months: dict[date, list[str]] = {}
    for book, month in sorted(chosen):
        months.setdefault(month, []).append(book)
    for month, some in months.items():
        _count(month, some, now)
    Touched.objects.filter(id__in=[id for id, book, month in rows if (book, month) in chosen]).delete()
    return len(chosen)


def _count(month: date, books: list[str], now: datetime) -> None:
    clauses = counted(month, books, now=now)
    _write(Standing, ("book_id", "clause"), clauses, month, books)
    _write(AreaStanding, ("book_id", "area", "by_hand"), by_area(clauses), month, books)


def _write(
    model: type[Model], names: tuple[str, ...], rows: Rows, month: date, books: list[str]
) -> None:  # fmt: skip
    """Let these rows stand for a month of these books and no others; those that say the same are not written."""
    there = model._default_manager.filter(month=month, book__in=books)
    known = {
        tuple(values[: len(names)]): (values[-1], dict(zip(NUMBERS, values[len(names) : -1], strict=True)))
        for values in there.values_list(*names, *NUMBERS, "pk")
    }
    gone = [pk for key, (pk, _) in known.items() if key not in rows]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    changed = [
        model(**dict(zip(names, key, strict=True)), month=month, **counts)
        for key, counts in rows.items()
        if key not in known or known[key][1] != counts
    ]
    model._default_manager.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=[*(name.removesuffix("_id") for name in names), "month"],
        update_fields=list(NUMBERS),
        batch_size=1_000,
    )
