"""Signs for which the fonts of the papers have no picture: which those are, and what is printed instead. Pure."""

import re
import struct
import unicodedata
from collections.abc import Iterator

INSTEAD = "〓"
"""What a Chinese printer sets where a letter is missing from the case (U+3013)."""
_ONE_SIGN = re.compile(f"{INSTEAD}(?:\ufe0f?\u200d{INSTEAD})*\ufe0f?")
"""What several signs make up together, a family for instance, is one."""
_BY_SEGMENTS, _BY_GROUPS = 4, 12


def letters_of(font: bytes) -> frozenset[int]:
    """Return the code points for which an OpenType font has a glyph: those of its tables by segments and by groups."""
    tables = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0]
        for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)
    }
    start = tables[b"cmap"]
    found: set[int] = set()
    for number in range(struct.unpack_from(">H", font, start + 2)[0]):
        table = start + struct.unpack_from(">I", font, start + 8 + 8 * number)[0]
        form = struct.unpack_from(">H", font, table)[0]
        if form == _BY_GROUPS:
            found.update(*_groups(font, table))
        elif form == _BY_SEGMENTS:
            found.update(*_segments(font, table))
    return frozenset(found - {0xFFFF})


def _groups(font: bytes, table: int) -> Iterator[range]:
    for number in range(struct.unpack_from(">I", font, table + 12)[0]):
        first, last, _glyph = struct.unpack_from(">3I", font, table + 16 + 12 * number)
        yield range(first, last + 1)


def _segments(font: bytes, table: int) -> Iterator[range]:
    double = struct.unpack_from(">H", font, table + 6)[0]
    for at in range(0, double, 2):
        last = struct.unpack_from(">H", font, table + 14 + at)[0]
        first = struct.unpack_from(">H", font, table + 16 + double + at)[0]
        yield range(first, last + 1)


def printable(text: str, letters: frozenset[int]) -> str:
    """Return a text with 〓 for each sign that is none of these letters; control signs, which no paper bears, go."""
    missing = {each for each in set(text) if ord(each) not in letters and not each.isspace()}
    instead = {
        ord(each): "" if unicodedata.category(each) == "Cc" else INSTEAD
        for each in missing
        if unicodedata.category(each) != "Cf" and not unicodedata.name(each, "").startswith("VARIATION")
    }
    return _ONE_SIGN.sub(INSTEAD, text.translate(instead)) if instead else text
