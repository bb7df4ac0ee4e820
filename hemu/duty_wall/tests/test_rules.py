"""The wall's rules: the worst state of a cell, months, and how many of them fit."""

from datetime import date, datetime, timedelta

import pytest

from hemu.access.tests.house import at
from hemu.duty_wall.rules import Cell, Counts, State, cell_of, month_after, months_shown, together

NOW, ENDS = at("2026-11-09 12:00"), at("2026-11-09 23:59:59")


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        (Cell(), State.NOTHING),
        (Cell(met=3), State.MET),
        (Cell(met=3, open=1), State.AHEAD),
        (Cell(met=3, open=1, met_late=1), State.MET_LATE),
        (Cell(open=1, met_late=1, today=True), State.TODAY),
        (Cell(open=1, late=1, met_late=1, today=True), State.LATE),
    ],
)
def test_the_worst_state(cell: Cell, state: State) -> None:
    assert cell.state is state


@pytest.mark.parametrize(
    ("due", "cell"),
    [
        (NOW, Cell(late=1, open=3, today=True)),  # the last second still counts
        (NOW - timedelta(seconds=1), Cell(late=2, open=3)),
        (ENDS, Cell(late=1, open=3, today=True)),
        (ENDS + timedelta(seconds=1), Cell(late=1, open=3)),
        (None, Cell(late=1, open=3)),
    ],
)
def test_lateness_shows_before_it_is_counted(due: datetime | None, cell: Cell) -> None:
    assert cell_of(Counts(1, 3, 0, 0, due), now=NOW, ends=ENDS) == cell


def test_cells_and_months() -> None:
    assert together([Cell(1, 2, 3, 4), Cell(0, 1, 0, 0, today=True)]) == Cell(1, 3, 3, 4, today=True)
    assert [month_after(date(2026, 11, 1), n) for n in (-11, 0, 2)] == [
        date(2025, 12, 1), date(2026, 11, 1), date(2027, 1, 1),
    ]  # fmt: skip
    months = months_shown(date(2027, 1, 1), clauses=150)
    assert (months[0], months[-1], len(months)) == (date(2026, 2, 1), date(2027, 1, 1), 12)
    assert [len(months_shown(date(2027, 1, 1), clauses=each)) for each in (0, 153, 154, 500, 5_000)] == [
        12,
        12,
        11,
        3,
        1,
    ]
