"""The audit window (OC-05): from 00:00 of the 10th to the end of the 15th the books of the month before lie open. Pure.

It opens and closes by the clock of the offices, whether anybody is there or not; what fulfils the clause is laying the
books open.
"""

from datetime import date, datetime
from enum import StrEnum

from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE
from hemu.statements.rules import check_month

FIRST_DAY, LAST_DAY = 10, 15
MOST_VOUCHERS = 300
LONGEST_TITLE = 80
KINDS = ("book", "voucher")


class Window(StrEnum):
    """How a month's window stands."""

    BEFORE = "before"
    OPEN = "open"
    OVER = "over"


def bounds_of(month: str) -> tuple[datetime, datetime]:
    """Return when the window of a month opens, and the first moment at which it is closed again."""
    year, number = map(int, check_month(month).split("-"))
    first, after = date(year, number, FIRST_DAY), date(year, number, LAST_DAY + 1)
    return tuple(datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE) for day in (first, after))  # type: ignore[return-value]


def window_at(month: str, *, now: datetime) -> Window:
    """Return how the window of a month stands at a moment."""
    opens, closes = bounds_of(month)
    if now < opens:
        return Window.BEFORE
    return Window.OPEN if now < closes else Window.OVER


def check_open(month: str, *, now: datetime) -> None:
    """Refuse what is only done while the window is open.

    Raises:
        RuleViolation: ``audit.not_yet_open``, ``audit.over``.
    """
    stands = window_at(month, now=now)
    if stands is Window.BEFORE:
        raise RuleViolation("audit.not_yet_open")
    if stands is Window.OVER:
        raise RuleViolation("audit.over")


def check_title(title: str) -> str:
    """Return what a book or voucher is called.

    Raises:
        RuleViolation: ``audit.no_title``, ``audit.title_too_long`` (limit).
    """
    title = " ".join(title.split())
    if not title:
        raise RuleViolation("audit.no_title")
    if len(title) > LONGEST_TITLE:
        raise RuleViolation("audit.title_too_long", limit=LONGEST_TITLE)
    return title


def check_kind(kind: str) -> str:
    """Return what is laid open: a ``book`` or a ``voucher``.

    Raises:
        RuleViolation: ``audit.unknown_kind``.
    """
    if kind not in KINDS:
        raise RuleViolation("audit.unknown_kind")
    return kind
