"""The wall's levels, read from the rows that are kept behind the duties."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet, Sum
from django.db.models.functions import Coalesce

from hemu.access.actors import Actor
from hemu.duties.queries import watched_clauses
from hemu.duty_wall.models import AreaStanding, Standing
from hemu.duty_wall.rules import Cell, Counts, cell_of, first_of_month, month_after, months_shown, together
from hemu.estate.models import Community, Company, Office
from hemu.infra.moments import OFFICE_ZONE, office_day

COMPANY = "company"
"""The place of what the company itself owes."""
NUMBERS = ("late", "open", "met", "met_late")


@dataclass
class Line:
    """One line of a level: what it is about, its cells by column, and what of them is kept by hand."""

    cells: dict[Any, Cell] = field(default_factory=dict)
    by_hand: Cell = field(default_factory=Cell)

    def add(self, column: Any, cell: Cell, *, by_hand: bool = False) -> None:
        """Count a cell into a column."""
        self.cells[column] = self.cells.get(column, Cell()) + cell
        if by_hand:
            self.by_hand += cell

    @property
    def all(self) -> Cell:
        """The whole line as one cell."""
        return together(self.cells.values())


def begins(month: date) -> datetime:
    """Return the first moment of a month at the offices."""
    return datetime.combine(month, time.min, OFFICE_ZONE)


def end_of_day(now: datetime) -> datetime:
    """Return the last second of today at the offices."""
    return datetime.combine(office_day(now), time.max, OFFICE_ZONE).replace(microsecond=0)


def offices_in(actor: Actor) -> list[Office]:
    """Return the offices whose duties somebody may see, by name."""
    held = actor.offices_with("duty.view")
    rows = Office.objects.all() if held is None else Office.objects.filter(id__in=held)
    return list(rows.order_by("name"))


def offices_level(offices: Sequence[Office], *, company: bool, now: datetime) -> dict[UUID | str, Line]:
    """Return how the duties of this month, and those left open from before, stand: office → area.

    Args:
        company: every office, and what the company itself owes (`COMPANY`).
    """
    place = Coalesce("book__community__office_id", "book__office__id")
    found: dict[UUID | str, Line] = {}
    for rows in _of_now(AreaStanding.objects.annotate(place=place), now):
        if not company:
            rows = rows.filter(place__in=[each.id for each in offices])
        for (office, area, by_hand), cell in _summed(rows, ("place", "area", "by_hand"), now):
            found.setdefault(office or COMPANY, Line()).add(area, cell, by_hand=by_hand)
    return found


def communities_level(books: Collection[str], *, now: datetime) -> dict[str, Line]:
    """Return how the duties of this month, and those left open from before, stand: book → area."""
    found: dict[str, Line] = {}
    for rows in _of_now(AreaStanding.objects.filter(book__in=books), now):
        for (book, area, by_hand), cell in _summed(rows, ("book_id", "area", "by_hand"), now):
            found.setdefault(book, Line()).add(area, cell, by_hand=by_hand)
    return found


def clauses_level(book: str, *, last: date, now: datetime) -> tuple[list[date], dict[str, Line]]:
    """Return the months up to ``last``, twelve or fewer, and how the duties of a book stand in them: clause → month.

    What is still open from before those months stands under the month None.
    """
    months = months_shown(last, clauses=len(watched_clauses()))
    found: dict[str, Line] = {}
    rows = Standing.objects.filter(book=book)
    shown = rows.filter(month__gte=months[0], month__lte=last)
    for month, clause, cell in _cells(shown, now):
        found.setdefault(clause, Line()).add(month, cell)
    for _, clause, cell in _cells(rows.filter(month__lt=months[0], open__gt=0), now):
        found.setdefault(clause, Line()).add(None, Cell(late=cell.late, open=cell.open, today=cell.today))
    return months, found


def year_of_clause(
    clause: str, *, books: Collection[str] | None, year: int, now: datetime
) -> dict[str, Line]:
    """Return how a clause's duties stand in the months of a year: book → month.

    Args:
        books: only these; None for all.
    """
    rows = Standing.objects.filter(clause=clause, month__gte=date(year, 1, 1), month__lte=date(year, 12, 1))
    found: dict[str, Line] = {}
    for book, month, cell in _cells(
        rows if books is None else rows.filter(book__in=books), now, "book_id", "month"
    ):
        found.setdefault(book, Line()).add(month, cell)
    return found


def trend_of(
    clause: str, *, books: Collection[str] | None, last: date, months: int, now: datetime
) -> dict[date, Cell]:
    """Return how a clause's duties stood in each of so many months up to ``last``."""
    first = month_after(last, 1 - months)
    rows = Standing.objects.filter(clause=clause, month__gte=first, month__lte=last)
    if books is not None:
        rows = rows.filter(book__in=books)
    found = {month: cell for (month,), cell in _summed(rows, ("month",), now)}
    return {month: found.get(month, Cell()) for month in (month_after(first, n) for n in range(months))}


def places_of(office: Office) -> dict[str, Community | Office]:
    """Return the books of an office: its own, then its communities' by name."""
    communities = Community.objects.filter(office=office).order_by("name")
    return {office.book_id: office} | {each.book_id: each for each in communities}


def company_book() -> str:
    """Return the book of the company; empty where there is none yet."""
    return Company.objects.values_list("book_id", flat=True).first() or ""


def _of_now(rows: QuerySet[Any], now: datetime) -> Iterable[QuerySet[Any]]:
    """Yield the rows of this month, then those of earlier ones in which something is still open."""
    month = first_of_month(office_day(now))
    return rows.filter(month=month), rows.filter(month__lt=month, open__gt=0)


def _summed(
    rows: QuerySet[Any], names: tuple[str, ...], now: datetime
) -> Iterable[tuple[tuple[Any, ...], Cell]]:
    sums = {f"all_{name}": Sum(name) for name in NUMBERS}
    found = rows.order_by().values_list(*names).annotate(**sums, first_due=Min("next_due"))
    ends = end_of_day(now)
    for *key, late, is_open, met, met_late, due in found:
        yield tuple(key), cell_of(Counts(late, is_open, met, met_late, due), now=now, ends=ends)


def _cells(
    rows: QuerySet[Any], now: datetime, *names: str
) -> Iterable[tuple[Any, Any, Cell]]:  # fmt: skip
    ends = end_of_day(now)
    for first, second, *numbers in rows.values_list(*(names or ("month", "clause")), *NUMBERS, "next_due"):
        yield first, second, cell_of(Counts(*numbers), now=now, ends=ends)
