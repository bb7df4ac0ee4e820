"""Setting papers as PDF, with the letters inside them: no font of the machine is asked for.

What papers say reaches the template as data, so no text can become markup. The same papers at the same moment give
the same bytes.
"""

import json
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pylopdf_fonts_zh_cn
import segno
import typst

from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE
from hemu.papers.rules import Paper
from hemu.papers.rules_glyphs import letters_of, printable
from hemu.papers.rules_official import Official

TEMPLATES = Path(__file__).parent / "templates" / "papers"
FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
ARCHIVED: Literal["a-2b"] = "a-2b"
"""PDF/A-2b: all that a page needs lies in the file."""
MOST_PAPERS = 200
"""A day's sheets; a second or two to set."""


def typeset(papers: list[Paper], *, at: datetime, by: str = "") -> bytes:
    """Return the papers as one PDF, each beginning on a page of its own.

    Args:
        papers: 1 to 200.
        at: when it is printed; it stands at the foot, with ``by``, who prints.

    Raises:
        RuleViolation: ``paper.nothing``, ``paper.too_many``.
    """
    return bytes(_compiled(papers, at, by, "pdf")[0])


def pictures(papers: list[Paper], *, at: datetime, by: str = "", ppi: int = 110) -> list[bytes]:
    """Return the pages as PNG, to look at; refusals as `typeset`."""
    return _compiled(papers, at, by, "png", ppi=ppi)


def _compiled(
    papers: list[Paper], at: datetime, by: str, format: Literal["pdf", "png"], ppi: int = 0
) -> list[bytes]:
    if not papers:
        raise RuleViolation("paper.nothing")
    if len(papers) > MOST_PAPERS:
        raise RuleViolation("paper.too_many", most=MOST_PAPERS)
    sheets = [_sheet(number, paper) for number, paper in enumerate(papers, start=1)]
    data = {"printed": at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M"), "by": by, "sheets": sheets}
    return _set("paper.typ", data, at, format, ppi)


def typeset_official(paper: Official, *, at: datetime, foot: str) -> bytes:
    """Return a notice or a letter as PDF/A-2b; the same paper at the same moment gives the same bytes.

    Args:
        foot: stands at the foot of each page.
    """
    return _set("official.typ", _official(paper, foot), at, "pdf")[0]


def pictures_official(paper: Official, *, at: datetime, foot: str, ppi: int = 110) -> list[bytes]:
    """Return the pages of a notice or a letter as PNG, to look at."""
    return _set("official.typ", _official(paper, foot), at, "png", ppi)


def typeset_with(template: Path, data: dict[str, Any], *, at: datetime) -> bytes:
    """Return a sheet of a room above as PDF/A-2b, by its own template; its data are set as text and never as markup."""
    return _set(str(template), data, at, "pdf")[0]


def _official(paper: Official, foot: str) -> dict[str, Any]:
    data = asdict(paper) | {"foot": foot, "sheets": [list(each) for each in paper.sheets]}
    if paper.mark:
        data["mark"]["qr"] = qr_code(paper.mark.link)
    return data


def _set(
    template: str, data: dict[str, Any], at: datetime, format: Literal["pdf", "png"], ppi: int = 0
) -> list[bytes]:
    try:
        return _drawn(template, data, at, format, ppi)
    except typst.TypstError:
        # PDF/A refuses a sign without a glyph: an emoji in somebody's words, a rare letter in a name.
        return _drawn(template, _printable(data), at, format, ppi)


def _drawn(
    template: str, data: dict[str, Any], at: datetime, format: Literal["pdf", "png"], ppi: int
) -> list[bytes]:
    made: bytes | list[bytes] = typst.compile(
        _template(template),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
        format=format,
        ppi=ppi or None,
        pdf_standards=[ARCHIVED] if format == "pdf" else [],
    )
    return made if isinstance(made, list) else [made]


def _printable(data: Any) -> Any:
    """Return the data with 〓 for every sign that the fonts lack."""
    if isinstance(data, str):
        return printable(data, _letters())
    if isinstance(data, dict):
        return {name: _printable(value) for name, value in data.items()}
    return [_printable(each) for each in data] if isinstance(data, list | tuple) else data


def _sheet(number: int, paper: Paper) -> dict[str, Any]:
    """Return a paper as the template reads it, its pictures as their bytes."""
    images = {name: list(picture) for name, picture in paper.images.items()}
    link = qr_code(paper.link) if paper.link else ""
    return asdict(paper) | {"number": str(number), "link": link, "images": images}


def qr_code(text: str) -> str:
    """Return a QR code as SVG."""
    return str(segno.make(text, error="m", micro=False).svg_inline(border=0))


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts of the wheel and those inside the compiler, read once in a process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


@cache
def _letters() -> frozenset[int]:
    """Return the signs that the fonts of the wheel can print."""
    return frozenset[int]().union(*(letters_of(each.read_bytes()) for each in FONTS.glob("*.otf")))


@cache
def _template(name: str) -> bytes:
    return (TEMPLATES / name).read_bytes()
