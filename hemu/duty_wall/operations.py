"""Counting again what duties touched: the worker folds it into the rows that the wall shows."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Model, Q, QuerySet

from hemu.duties.models import Duty
from hemu.duties.queries import is_by_hand
from hemu.duty_wall.models import AreaStanding, Standing, Touched
from hemu.duty_wall.queries import begins
from hemu.duty_wall.rules import month_after
from hemu.infra.transaction import operation
from hemu.ledger.models import Book
from hemu.sop.register import load_register

AT_A_TIME = 300
"""Months of books in one transaction."""
NUMBERS = ("late", "open", "met", "met_late", "next_due")
_READ = 5_000
_SECOND = timedelta(seconds=1)
_Counts = dict[str, Any]
_Rows = dict[tuple[Any, ...], _Counts]


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
    since, until = begins(month), begins(month_after(month))
    clauses: _Rows = {}
    for due in (Q(due_at__gte=since, due_at__lt=until),
                Q(due_at__isnull=True, start_at__gte=since, start_at__lt=until)):  # fmt: skip
        for book, clause, counts in _counted(Duty.objects.filter(due, book__in=books), now):
            _add(clauses, (book, clause), counts)
    areas: _Rows = {}
    for (book, clause), counts in clauses.items():
        _add(areas, (book, clause[:2], _by_hand(clause)), counts)
    _write(Standing, ("book_id", "clause"), clauses, month, books)
    _write(AreaStanding, ("book_id", "area", "by_hand"), areas, month, books)


def _by_hand(clause: str) -> bool:
    """Tell whether a clause is kept by hand; one that a later register knows no more was kept somehow."""
    return clause in load_register().clauses and is_by_hand(clause)


def _counted(duties: QuerySet[Duty], now: datetime) -> Iterable[tuple[str, str, _Counts]]:
    is_open, met = Q(state=Duty.State.OPEN), Q(state=Duty.State.FULFILLED)
    past, ahead = Q(due_at__lte=now - _SECOND), Q(due_at__gt=now - _SECOND)
    found = (
        duties.exclude(state=Duty.State.VOID)
        .values_list("book_id", "clause")
        .annotate(
            late=Count("id", filter=is_open & past),
            open=Count("id", filter=is_open),
            met=Count("id", filter=met & Q(late_at__isnull=True)),
            met_late=Count("id", filter=met & Q(late_at__isnull=False)),
            next_due=Min("due_at", filter=is_open & ahead),
        )
    )
    for book, clause, *numbers in found:
        yield book, clause, dict(zip(NUMBERS, numbers, strict=True))


def _add(rows: _Rows, key: tuple[Any, ...], counts: _Counts) -> None:
    there = rows.setdefault(key, dict.fromkeys(NUMBERS, 0) | {"next_due": None})
    dues = [each for each in (there["next_due"], counts["next_due"]) if each]
    there.update({name: there[name] + counts[name] for name in NUMBERS[:-1]})
    there["next_due"] = min(dues, default=None)


def _write(
    model: type[Model], names: tuple[str, ...], rows: Mapping[tuple[Any, ...], _Counts], month: date, books: list[str]
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
