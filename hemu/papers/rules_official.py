"""How a notice or a letter lies on its page, and what is dated about it: the office's own layout; pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from hemu.foundation.errors import RuleViolation

FONTS = ("serif", "sans")
SIZES = ("large", "normal", "small")
COLOURS = ("red", "black")
LONGEST_HEAD, LONGEST_WORD = 24, 8
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")


@dataclass(frozen=True)
class Layout:
    """The page of an office's papers (NT-01).

    Attributes:
        head: what stands at the top in large letters; empty: the office's name.
        word: what heads the office's numbers; empty: made of the community's code.
        colour: of head and rule.
        font, size: of the body.
    """

    head: str = ""
    word: str = ""
    colour: str = "red"
    font: str = "serif"
    size: str = "large"


HOUSE = Layout()


def layout_of(values: Mapping[str, str]) -> Layout:
    """Return a layout as it was typed.

    Raises:
        RuleViolation: ``layout.head_too_long`` (limit), ``layout.bad_word`` (limit), ``layout.unknown_value`` (value).
    """
    made = replace(
        HOUSE, **{name: values[name].strip() for name in Layout.__match_args__ if values.get(name)}
    )
    if len(made.head) > LONGEST_HEAD:
        raise RuleViolation("layout.head_too_long", limit=LONGEST_HEAD)
    if made.word and (len(made.word) > LONGEST_WORD or not _WORD.fullmatch(made.word)):
        raise RuleViolation("layout.bad_word", limit=LONGEST_WORD)
    for value, known in ((made.colour, COLOURS), (made.font, FONTS), (made.size, SIZES)):
        if value not in known:
            raise RuleViolation("layout.unknown_value", value=value)
    return made


@dataclass(frozen=True)
class Mark:
    """The product's own approval mark, printed on a paper: it says itself that it is no seal.

    Attributes:
        lines: who approved in what post and when, one a line.
        span: 起止日, empty where the paper is not posted.
        link: what the QR code says: the page where the paper is checked.
        code: the same to be typed.
    """

    lines: tuple[str, ...]
    span: str
    link: str
    code: str


@dataclass(frozen=True)
class Official:
    """A notice or a letter on A4.

    Attributes:
        paragraphs: of the body, each indented.
        day: as letters bear it; empty while it is a draft.
        table: below the body; the first row is its heading, its first column words, the others numbers.
        stands: what is printed across a page that is not in force: 草稿, 作废; empty otherwise.
        scans: of a sealed paper: the digests of its scans; ``sheets``: those of them that are pictures, set behind it.
    """

    head: str
    number: str
    title: str
    to: str
    paragraphs: tuple[str, ...]
    signed: tuple[str, ...]
    day: str
    table: tuple[tuple[str, ...], ...] = ()
    stands: str = ""
    span: str = ""
    mark: Mark | None = None
    scans: tuple[str, ...] = ()
    sheets: tuple[bytes, ...] = ()
    code: str = ""
    layout: Layout = field(default_factory=Layout)


def paragraphs_of(body: str) -> tuple[str, ...]:
    """Return the paragraphs of a text; empty lines part them and are not printed."""
    return tuple(each.strip() for each in body.split("\n") if each.strip())


def day_of(day: date) -> str:
    """Return the day of a paper as GB/T 9704 writes it: 2026年11月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def span_of(content: Mapping[str, Any]) -> str:
    """Return the 起止日 of a paper as its stamp bears it; empty where it is not posted."""
    if not content["since"]:
        return ""
    return " 至 ".join(_day(content[name]) for name in ("since", "until"))


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{year}.{month}.{day}"
