"""What a paper is made of: ruled rows of labels and values on a grid of 24 columns, or a register of many rows.

A paper says what stands where; how it looks is the template's. Its texts are Chinese: papers are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

GRID = 24
_LONG = re.compile(r"[!-~]{25,}")
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Cell:
    """One field of a form.

    Attributes:
        kind: ``label``, ``value`` (one line), ``words`` (many lines), ``choice`` or ``sign``.
        text: the label, the value, or what was said; an empty one leaves room to write by hand.
        span: columns of the grid, 1 to 24; the spans of a row add up to 24.
        lines: of ``words``, how many ruled lines stand where nothing is written yet.
        options: of ``choice``, what may be ticked; ``text`` is what is.
        image: of ``sign``, the name of a picture among the paper's.
        date: of ``sign``, when it was signed; empty leaves room to write it.
    """

    kind: str
    text: str = ""
    span: int = 4
    lines: int = 0
    options: tuple[str, ...] = ()
    image: str = ""
    date: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a form, at least ``height`` millimetres high."""

    cells: tuple[Cell, ...]
    height: float = 10.0


GAP = Row(())
"""Parts a form in two; each part stays on one page."""


@dataclass(frozen=True)
class Register:
    """A table of many rows: ``columns`` are (head, share of the width); empty rows are there to write in."""

    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...] = ()
    empty_count: int = 0
    height: float = 10.0


@dataclass(frozen=True)
class Paper:
    """One paper on A4; it may run over several pages, which are counted for it alone.

    Attributes:
        marks: what stands in the line above the form, as (word, value); an empty value leaves a line to write on.
        before, after: sentences above and below the form: what to do with it.
        register_at: how many parts of the form stand above the register; the others stand below it.
        digest: of the newest entry the paper rests on; empty for a blank one.
        link: what the QR code says; none where it is empty.
        images: pictures by name, PNG or JPEG.
    """

    title: str
    code: str
    company: str
    marks: tuple[tuple[str, str], ...] = ()
    rows: tuple[Row, ...] = ()
    register: Register | None = None
    register_at: int = 0
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    digest: str = ""
    link: str = ""
    landscape: bool = False
    images: dict[str, bytes] = field(default_factory=dict)


def label(text: str, span: int = 4) -> Cell:
    """Return the name of a field."""
    return Cell("label", text, span)


def value(text: str = "", span: int = 8) -> Cell:
    """Return what stands in a field of one line."""
    return Cell("value", breakable(text), span)


def words(text: str = "", span: int = 20, lines: int = 3) -> Cell:
    """Return what somebody said or wrote; where nothing is there, ``lines`` to write on."""
    return Cell("words", breakable(text.strip()), span, lines)


def choice(options: Sequence[str], chosen: str = "", span: int = 20) -> Cell:
    """Return boxes to tick, one of them ticked where something is chosen."""
    return Cell("choice", chosen, span, options=tuple(options))


def sign(text: str, span: int = 12, image: str = "", date: str = "") -> Cell:
    """Return the place for a signature and its date, with the signature's picture where there is one."""
    return Cell("sign", text, span, image=image, date=date)


def row(*cells: Cell, height: float = 10.0) -> Row:
    """Return a row of a form.

    Raises:
        ValueError: the spans do not add up to the grid.
    """
    if sum(cell.span for cell in cells) != GRID:
        raise ValueError(f"{[cell.span for cell in cells]} do not add up to {GRID}")
    return Row(cells, height)


def breakable(text: str) -> str:
    """Let a long run of Latin letters or digits break anywhere, so that it stays inside its field."""
    return _LONG.sub(lambda run: "\u200b".join(run[0]), text)


def chinese_date(day: date) -> str:
    """Return a date as letters bear it: 二〇二六年十一月二十二日."""
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_counted(day.month)}月{_counted(day.day)}日"


def _counted(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")
