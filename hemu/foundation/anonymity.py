"""What points to a person or a home must leave a text before it is published (NT-10, RP-06): found by rule alone.

A rule finds what is written in one of the ways people write it; a person reads the outcome beside the original before
anything is published. Names that an office knows are given as ``names``; others are known by what stands around them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hemu.foundation.anonymity_spellings import FULL_NAME, PATTERNS, PLAIN

STANDS_FOR = {
    "image": "（图片）",
    "email": "（邮箱）",
    "id": "（证件或账号）",
    "phone": "（电话）",
    "plate": "（车牌）",
    "chat": "（社交账号）",
    "room": "某处",
    "name": "某某",
}
"""What is written in place of each kind; where two claim the same letters the kind that stands first here has them."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One passage: half-open places ``start`` to ``end`` of the original text, counted in code points."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """The text that is left, and what was removed, in the order of the original."""

    text: str
    removed: tuple[Finding, ...]


def redact(text: str, *, names: Iterable[str] = ()) -> Redacted:
    """Return ``text`` without what points to a person or a home.

    Args:
        text: any length; the time taken grows with it in proportion.
        names: full names known to the office (two signs and more), found wherever they stand.
    """
    removed = tuple(_apart(find(text, names=names)))
    parts, place = [], 0
    for each in removed:
        parts += [text[place : each.start], STANDS_FOR[each.kind]]
        place = each.end
    return Redacted("".join([*parts, text[place:]]), removed)


def find(text: str, *, names: Iterable[str] = ()) -> Iterator[Finding]:
    """Yield every passage that must leave, in no order; passages of several kinds may overlap."""
    plain = text.translate(PLAIN)
    known = {name.strip() for name in names}
    for kind, pattern in PATTERNS:
        for found in pattern.finditer(plain):
            group = "it" if "it" in pattern.groupindex else 0
            start, end = found.span(group)
            yield Finding(start, end, kind)
            if kind == "name" and FULL_NAME.fullmatch(plain[start:end]):
                known.add(text[start:end])  # said once with what tells it is a name, it is one everywhere
    longest_first = sorted((name for name in known if len(name) > 1), key=len, reverse=True)
    if longest_first:
        for found in re.finditer("|".join(map(re.escape, longest_first)), text):
            yield Finding(*found.span(), "name")


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    """Return passages that neither overlap nor touch: what overlaps is one passage, of the kind that stands first."""
    rank = list(STANDS_FOR)
    apart: list[Finding] = []
    for each in sorted(findings):
        last = apart[-1] if apart else None
        if last and (each.start < last.end or (each.start == last.end and each.kind == last.kind)):
            kind = min(last.kind, each.kind, key=rank.index)
            apart[-1] = Finding(last.start, max(last.end, each.end), kind)
        else:
            apart.append(each)
    return apart
