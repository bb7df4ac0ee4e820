"""The wall's levels, read from the rows that are kept behind the duties."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet, Sum
from django.db.models.functions import Coalesce

from hemu.access.actors import Actor
from hemu.duties.queries import watched_clauses
from hemu.duty_wall.models import AreaStanding, Standing
from hemu.duty_wall.queries_counting import NOTHING_ANEW, Anew, by_area
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


def end_of_day(now: datetime) -> datetime:
    """Return the last second of today at the offices."""
    return datetime.combine(office_day(now), time.max, OFFICE_ZONE).replace(microsecond=0)


def offices_in(actor: Actor) -> list[Office]:
    """Return the offices whose duties somebody may see, by name."""
    held = actor.offices_with("duty.view")
    rows = Office.objects.all() if held is None else Office.objects.filter(id__in=held)
    return list(rows.order_by("name"))


def offices_level(
    offices: Sequence[Office], *, company: bool, now: datetime, anew: Anew = NOTHING_ANEW
) -> dict[UUID | str, Line]:
    """Return how the duties of this month, and those left open from before, stand: office → area.

    Args:
        company: every office, and what the company itself owes (`COMPANY`).
        anew: the months that are counted anew for who looks (`seen_by`); so of the other levels.
    """
    place = Coalesce("book__community__office_id", "book__office__id")
    found: dict[UUID | str, Line] = {}
    seen = [each.id for each in offices]
    for rows in _of_now(_besides(AreaStanding.objects.annotate(place=place), anew), now):
        if not company:
            rows = rows.filter(place__in=seen)
        for (office, area, by_hand), cell in _summed(rows, ("place", "area", "by_hand"), now):
            found.setdefault(office or COMPANY, Line()).add(area, cell, by_hand=by_hand)
    where = _offices_of({book for book, _month in anew}) if anew else {}
    for book, area, by_hand, cell in _areas_anew(anew, now):
        if company or where.get(book) in seen:
            found.setdefault(where.get(book, COMPANY), Line()).add(area, cell, by_hand=by_hand)
    return found


def _offices_of(books: Collection[str]) -> dict[str, UUID]:
    own = Office.objects.filter(book__in=books).values_list("book_id", "id")
    return dict([*own, *Community.objects.filter(book__in=books).values_list("book_id", "office_id")])


def communities_level(books: Collection[str], *, now: datetime, anew: Anew = NOTHING_ANEW) -> dict[str, Line]:
    """Return how the duties of this month, and those left open from before, stand: book → area."""
    found: dict[str, Line] = {}
    for rows in _of_now(_besides(AreaStanding.objects.filter(book__in=books), anew), now):
        for (book, area, by_hand), cell in _summed(rows, ("book_id", "area", "by_hand"), now):
            found.setdefault(book, Line()).add(area, cell, by_hand=by_hand)
    for book, area, by_hand, cell in _areas_anew(anew, now):
        if book in books:
            found.setdefault(book, Line()).add(area, cell, by_hand=by_hand)
    return found


def clauses_level(
    book: str, *, last: date, now: datetime, anew: Anew = NOTHING_ANEW
) -> tuple[list[date], dict[str, Line]]:
    """Return the months up to ``last``, twelve or fewer, and how the duties of a book stand in them: clause → month.

    What is still open from before those months stands under the month None.
    """
    months = months_shown(last, clauses=len(watched_clauses()))
    found: dict[str, Line] = {}
    rows = _besides(Standing.objects.filter(book=book), anew)
    shown = rows.filter(month__gte=months[0], month__lte=last)
    before = rows.filter(month__lt=months[0], open__gt=0)
    own = [(month, clause, cell) for of, month, clause, cell in _cells_anew(anew, now) if of == book]
    for month, clause, cell in [*_cells(shown, now), *_cells(before, now), *own]:
        if months[0] <= month <= last:
            found.setdefault(clause, Line()).add(month, cell)
        elif month < months[0] and cell.open:
            found.setdefault(clause, Line()).add(None, Cell(late=cell.late, open=cell.open, today=cell.today))
    return months, found


def year_of_clause(
    clause: str, *, books: Collection[str] | None, year: int, now: datetime, anew: Anew = NOTHING_ANEW
) -> dict[str, Line]:
    """Return how a clause's duties stand in the months of a year: book → month.

    Args:
        books: only these; None for all.
    """
    rows = Standing.objects.filter(clause=clause, month__gte=date(year, 1, 1), month__lte=date(year, 12, 1))
    rows = _besides(rows if books is None else rows.filter(book__in=books), anew)
    found: dict[str, Line] = {}
    for book, month, cell in _cells(rows, now, "book_id", "month"):
        found.setdefault(book, Line()).add(month, cell)
    for book, month, cell in _clause_anew(clause, anew, books, now):
        if month.year == year:
            found.setdefault(book, Line()).add(month, cell)
    return found


def trend_of(
    clause: str,
    *,
    books: Collection[str] | None,
    last: date,
    months: int,
    now: datetime,
    anew: Anew = NOTHING_ANEW,
) -> dict[date, Cell]:
    """Return how a clause's duties stood in each of so many months up to ``last``."""
    first = month_after(last, 1 - months)
    rows = Standing.objects.filter(clause=clause, month__gte=first, month__lte=last)
    if books is not None:
        rows = rows.filter(book__in=books)
    found = {month: cell for (month,), cell in _summed(_besides(rows, anew), ("month",), now)}
    for _book, month, cell in _clause_anew(clause, anew, books, now):
        found[month] = found.get(month, Cell()) + cell
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


def _besides(rows: QuerySet[Any], anew: Anew) -> QuerySet[Any]:
    """Leave out the rows of the months that are counted anew."""
    for book, month in anew:
        rows = rows.exclude(book=book, month=month)
    return rows


def _cells_anew(anew: Anew, now: datetime) -> Iterator[tuple[str, date, str, Cell]]:
    for (book, month), clauses in anew.items():
        for clause, counts in clauses.items():
            yield book, month, clause, cell_of(counts, now=now, ends=end_of_day(now))


def _clause_anew(
    clause: str, anew: Anew, books: Collection[str] | None, now: datetime
) -> Iterator[tuple[str, date, Cell]]:
    for book, month, about, cell in _cells_anew(anew, now):
        if about == clause and (books is None or book in books):
            yield book, month, cell


def _areas_anew(anew: Anew, now: datetime) -> Iterator[tuple[str, str, bool, Cell]]:
    """Yield the areas of this month, and of earlier ones in which something is still open, counted anew."""
    this = first_of_month(office_day(now))
    for (book, month), clauses in anew.items():
        areas = by_area({(book, clause): counts._asdict() for clause, counts in clauses.items()})
        for (_book, area, by_hand), numbers in areas.items():
            if month == this or (month < this and numbers["open"]):
                yield book, area, by_hand, cell_of(Counts(**numbers), now=now, ends=end_of_day(now))


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
