"""Days and moments as somebody types them."""

from datetime import date

import pytest

from hemu.infra.moments import OFFICE_ZONE, iso_local, typed_day, typed_moment

NO_DAY = (
    "",
    "0001-01-01",
    "1799-12-31",
    "9001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30",
    "9" * 5_000,
    "²",
)


@pytest.mark.parametrize("text", NO_DAY)
def test_a_day_at_the_ends_of_the_calendar_is_none(text: str) -> None:
    with pytest.raises(ValueError):
        typed_day(text)
    with pytest.raises(ValueError):
        typed_moment(f"{text}T10:00")


def test_a_day_and_a_moment() -> None:
    assert typed_day("2026-10-20") == date(2026, 10, 20)
    assert iso_local(typed_moment("2026-10-20 10:00")) == "2026-10-20T10:00:00+08:00"
    assert typed_moment("2026-10-20T10:00").tzinfo == OFFICE_ZONE
