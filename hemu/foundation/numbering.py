"""Numbers of cases and papers: ``HHY-2026-00012``."""

import re
import unicodedata
from typing import NamedTuple

from hemu.foundation.errors import RuleViolation

_PREFIX = re.compile(r"[A-Z][A-Z0-9]*", re.ASCII)
_NUMBER = re.compile(r"([A-Z][A-Z0-9]*)-(\d{4})-(\d+)", re.ASCII)


class Number(NamedTuple):
    """The parts of a number; ``serial`` counts from 1 in its series and year."""

    prefix: str
    year: int
    serial: int


def format_number(prefix: str, year: int, serial: int, width: int = 5) -> str:
    """Write a number, its serial zero-filled to ``width`` digits (longer ones stay whole).

    Raises:
        RuleViolation: ``number.unwritable`` for a prefix that is not capital letters and digits, a year
            that has not four digits, a serial below 1.
    """
    if not _PREFIX.fullmatch(prefix) or not 1000 <= year <= 9999 or serial < 1:
        raise RuleViolation("number.unwritable", prefix=prefix, year=year, serial=serial)
    return f"{prefix}-{year}-{serial:0{width}d}"


def parse_number(text: str) -> Number:
    """Read a number as people type it: small letters, full-width characters, blanks around.

    Raises:
        RuleViolation: ``number.unreadable``.
    """
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
    if not found or int(found[3]) < 1:
        raise RuleViolation("number.unreadable", text=text)
    return Number(found[1], int(found[2]), int(found[3]))


def plain_number(number: str) -> str:
    """Return a number as it is kept; "" where no case can have it."""
    try:
        return format_number(*parse_number(number))
    except RuleViolation:
        return ""
