"""Secrets, codes and days of the second factor."""

from datetime import date, datetime

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import parse_moment
from hemu.sign_in.rules import (
    code_digest,
    factor_due,
    matching_step,
    open_secret,
    plain_code,
    seal_secret,
    shown_code,
)

KEY, SECRET = "an installation's key", "JBSWY3DPEHPK3PXP" * 2
AT = parse_moment("2026-03-02 09:00:10")
STEP = int(AT.timestamp()) // 30


@given(secret=st.binary(min_size=1, max_size=32), nonce=st.binary(min_size=16, max_size=16))
def test_a_sealed_secret_opens_with_its_key_alone(secret: bytes, nonce: bytes) -> None:
    sealed = seal_secret(secret, key=KEY, nonce=nonce)
    assert open_secret(sealed, key=KEY) == secret
    changed = sealed[:32] + f"{int(sealed[32:34], 16) ^ 1:02x}" + sealed[34:]
    for text, key in ((sealed, "another"), (changed, KEY), ("", KEY), ("zz", KEY), ("00" * 40, KEY)):
        with pytest.raises(RuleViolation) as refused:
            open_secret(text, key=key)
        assert refused.value.code == "factor.unreadable"


@pytest.mark.parametrize(
    ("offset", "after", "fits"),
    [(0, 0, True), (-1, 0, True), (1, 0, True), (-2, 0, False), (2, 0, False),
     (0, STEP - 1, True), (0, STEP, False), (1, STEP, True), (-1, STEP - 1, False)],
)  # fmt: skip
def test_which_code_fits(offset: int, after: int, fits: bool) -> None:
    code = pyotp.TOTP(SECRET).generate_otp(STEP + offset)
    assert matching_step(SECRET, code, at=AT, after=after) == (STEP + offset if fits else None)
    assert matching_step(SECRET, f" {code[:3]} {code[3:]} ", at=AT, after=after) == (
        STEP + offset if fits else None
    )


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６"])
def test_what_is_no_code(typed: str) -> None:
    assert matching_step(SECRET, typed, at=AT, after=0) is None


def test_codes_are_known_however_they_are_typed() -> None:
    assert shown_code("7KQM3XTPW2AB") == "7KQM-3XTP-W2AB"
    assert plain_code(" 7kqm 3xtp-w2ab ") == "7KQM3XTPW2AB"
    digest = code_digest("7KQM3XTPW2AB", key=KEY, purpose="entry")
    assert digest == code_digest("7kqm-3xtp-w2ab", key=KEY, purpose="entry")
    assert digest != code_digest("7KQM3XTPW2AB", key=KEY, purpose="recovery")


ASKED = frozenset({"office_director"})


@pytest.mark.parametrize(
    ("held", "begins", "days", "due"),
    [
        ({"office_director": date(2025, 1, 1)}, date(2026, 3, 1), 14, date(2026, 3, 15)),
        ({"office_director": date(2026, 4, 1)}, date(2026, 3, 1), 14, date(2026, 4, 15)),
        ({"office_director": date(2025, 1, 1)}, date(2026, 3, 1), 0, date(2026, 3, 1)),
        ({"frontdesk": date(2025, 1, 1)}, date(2026, 3, 1), 14, None),
        ({"office_director": date(2025, 1, 1)}, None, 14, None),
        ({}, date(2026, 3, 1), 14, None),
    ],
)
def test_from_when_a_role_needs_it(
    held: dict[str, date], begins: date | None, days: int, due: date | None
) -> None:
    assert factor_due(held, roles=ASKED, begins=begins, grace_days=days) == due


def test_the_moment_is_an_argument() -> None:
    later = datetime.fromtimestamp(AT.timestamp() + 3600, AT.tzinfo)
    assert matching_step(SECRET, pyotp.TOTP(SECRET).generate_otp(STEP), at=later, after=0) is None
