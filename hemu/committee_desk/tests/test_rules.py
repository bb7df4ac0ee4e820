"""Months and quarters of a sheet, and how one duty on it stands."""

from datetime import date

import pytest

from hemu.access.tests.house import at
from hemu.committee_desk.rules import Standing, beside, span_of, standing_of

TODAY = date(2026, 11, 22)
DUE, BEFORE, AFTER = at("2026-11-05 23:59"), at("2026-11-05 10:00"), at("2026-11-06 09:00")


@pytest.mark.parametrize(
    ("asked", "key", "first", "end"),
    [
        ("2026-11", "2026-11", date(2026, 11, 1), date(2026, 12, 1)),
        ("2026-12", "2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-Q4", "2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2026-Q1", "2026-Q1", date(2026, 1, 1), date(2026, 4, 1)),
        ("", "2026-11", date(2026, 11, 1), date(2026, 12, 1)),
        ("2026-13", "2026-11", date(2026, 11, 1), date(2026, 12, 1)),
        ("2026-Q5", "2026-11", date(2026, 11, 1), date(2026, 12, 1)),
        ("9999-12", "2026-11", date(2026, 11, 1), date(2026, 12, 1)),
    ],
)
def test_an_address_names_a_month_or_a_quarter(asked: str, key: str, first: date, end: date) -> None:
    span = span_of(asked, today=TODAY)
    assert (span.key, span.first, span.end) == (key, first, end)


def test_the_spans_beside_join_without_a_gap() -> None:
    for asked in ("2026-01", "2026-12", "2026-Q1", "2026-Q4"):
        span = span_of(asked, today=TODAY)
        assert beside(span, step=-1).end == span.first
        assert beside(span, step=1).first == span.end


@pytest.mark.parametrize(
    ("state", "fulfilled", "late", "now", "stands"),
    [
        ("open", None, False, BEFORE, Standing.AHEAD),
        ("open", None, False, AFTER, Standing.MISSING),
        ("open", None, True, AFTER, Standing.MISSING),
        ("fulfilled", BEFORE, False, AFTER, Standing.IN_TIME),
        ("fulfilled", DUE, False, AFTER, Standing.IN_TIME),
        ("fulfilled", AFTER, False, AFTER, Standing.LATE),
        ("fulfilled", AFTER, True, AFTER, Standing.LATE),
        ("excused", None, True, AFTER, Standing.EXCUSED),
    ],
)
def test_what_was_late_stays_late(
    state: str, fulfilled: object, late: bool, now: object, stands: Standing
) -> None:
    known = {"state": state, "due_at": DUE, "fulfilled_at": fulfilled, "late": late, "now": now}
    assert standing_of(**known) is stands  # type: ignore[arg-type]
