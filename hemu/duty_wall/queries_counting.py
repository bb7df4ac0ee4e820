"""Counting duties: for the rows behind the wall, and anew for a person from whom some of them are kept."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from hemu.access.actors import Actor
from hemu.access.queries_kept import kept_from
from hemu.duties.models import Duty
from hemu.duties.queries import is_by_hand
from hemu.duty_wall.rules import Counts, first_of_month, month_after
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.sop.register import load_register

NUMBERS = ("late", "open", "met", "met_late", "next_due")
Anew = Mapping[tuple[str, date], Mapping[str, Counts]]
"""Months of books counted anew, by clause."""
NOTHING_ANEW: Anew = {}
_SECOND = timedelta(seconds=1)
_Counts = dict[str, Any]
Rows = dict[tuple[Any, ...], _Counts]


def begins(month: date) -> datetime:
    """Return the first moment of a month at the offices."""
    return datetime.combine(month, time.min, OFFICE_ZONE)


def counted(month: date, books: Collection[str], *, now: datetime, without: Collection[str] = ()) -> Rows:
    """Return how the duties of some books stand in a month: (book, clause) → numbers.

    Args:
        without: subjects whose duties are left out.
    """
    since, until = begins(month), begins(month_after(month))
    found: Rows = {}
    for due in (Q(due_at__gte=since, due_at__lt=until),
                Q(due_at__isnull=True, start_at__gte=since, start_at__lt=until)):  # fmt: skip
        rows = Duty.objects.filter(due, book__in=books).exclude(subject__in=without)
        for book, clause, counts in _counted(rows, now):
            _add(found, (book, clause), counts)
    return found


def by_area(clauses: Rows) -> Rows:
    """Return the numbers of clauses added up: (book, area, kept by hand) → numbers."""
    areas: Rows = {}
    for (book, clause), counts in clauses.items():
        _add(areas, (book, clause[:2], _by_hand(clause)), counts)
    return areas


def seen_by(actor: Actor, *, now: datetime) -> Anew:
    """Return the months of books in which duties are kept from somebody (DESIGN §5), counted without these.

    Statements: one where nothing is kept from this person.
    """
    hidden = kept_from(actor.staff_id)
    if not hidden:
        return NOTHING_ANEW
    rows = Duty.objects.filter(subject__in=hidden).exclude(state=Duty.State.VOID)
    months: dict[date, set[str]] = {}
    for book, due, start in rows.values_list("book_id", "due_at", "start_at"):
        months.setdefault(first_of_month(office_day(due or start)), set()).add(book)
    found: dict[tuple[str, date], dict[str, Counts]] = {}
    for month, books in months.items():
        found |= {(book, month): {} for book in books}
        for (book, clause), counts in counted(month, books, now=now, without=hidden).items():
            found[book, month][clause] = Counts(**counts)
    return found


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


def _add(rows: Rows, key: tuple[Any, ...], counts: _Counts) -> None:
    there = rows.setdefault(key, dict.fromkeys(NUMBERS, 0) | {"next_due": None})
    dues = [each for each in (there["next_due"], counts["next_due"]) if each]
    there.update({name: there[name] + counts[name] for name in NUMBERS[:-1]})
    there["next_due"] = min(dues, default=None)
