from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemu.foundation.errors import RuleViolation
from hemu.sop.quota import visit_quota, visit_rate


@pytest.mark.parametrize(
    ("homes", "occupied", "quota"),
    [
        (300, 51, 3),  # 4 % is 2.04
        (300, 50, 2),  # 4 % is 2
        (300, 300, 12),
        (301, 301, 16),  # 5 % is 15.05
        (500, 500, 25),
        (501, 500, 30),
        (800, 800, 48),
        (801, 800, 56),
        (801, 801, 57),
        (10_000, 9_999, 700),
        (1, 1, 1),
        (1, 0, 0),
    ],
)
def test_the_quota_by_the_table(homes: int, occupied: int, quota: int) -> None:
    assert visit_quota(homes=homes, occupied=occupied) == quota


@pytest.mark.parametrize(
    ("homes", "rate"),
    [(1, "0.04"), (300, "0.04"), (301, "0.05"), (500, "0.05"), (501, "0.06"), (800, "0.06"), (801, "0.07")],
)
def test_the_rate_goes_by_the_size_of_the_community(homes: int, rate: str) -> None:
    assert visit_rate(homes) == Decimal(rate)


@pytest.mark.parametrize(
    ("homes", "occupied", "code"),
    [(300, 301, "visit.more_occupied_than_homes"), (0, 0, "visit.no_homes"), (300, -1, "visit.negative")],
)
def test_what_cannot_be_is_refused(homes: int, occupied: int, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        visit_quota(homes=homes, occupied=occupied)
    assert refused.value.code == code


@given(st.integers(1, 5000), st.data())
def test_the_quota_is_the_least_number_that_is_not_below_the_share(homes: int, data: st.DataObject) -> None:
    occupied = data.draw(st.integers(0, homes))
    quota, share = visit_quota(homes=homes, occupied=occupied), visit_rate(homes) * occupied
    assert quota >= share > quota - 1
