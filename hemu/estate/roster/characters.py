"""Characters as people type them: full width, invisible ones, Chinese numerals."""

import re
import unicodedata

_CARE: dict[int, int | str | None] = dict(zip(map(ord, "　－＃／＋．"), " -#/+.", strict=True))
_CARE |= {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_CARE |= dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0xAD))
_CARE |= dict.fromkeys((*range(9), *range(11, 32), *range(127, 160), *range(0xD800, 0xE000)))
_CARE |= dict.fromkeys((9, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F), " ")
_NEEDS_CARE = re.compile("[" + re.escape("".join(map(chr, _CARE))) + "]")
_EXCEL_ESCAPE = re.compile(r"_x000[dDaA]_")

_DASHES = str.maketrans(dict.fromkeys("—–‐‑‒―−﹣ー~～_·", "-"))

_NUMERALS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = {"十": 10, "百": 100}


def clean_cell(text: str) -> str:
    """Return a cell's text trimmed, with half-width digits and letters and without invisible characters.

    Line breaks stay (people part names by them); Chinese punctuation stays, it belongs to the words.
    """
    if "_x000" in text:
        text = _EXCEL_ESCAPE.sub("\n", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _NEEDS_CARE.search(text):
        text = text.translate(_CARE)
    return text.strip()


def half_width(text: str) -> str:
    """Return the text in compatibility form, every kind of dash as ``-``; for numbers and codes, not for words."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).translate(_DASHES)


def chinese_number(numeral: str) -> int:
    """Return the value of a Chinese numeral below a thousand: 十二 is 12, 一百零三 is 103, 三零一 is 301."""
    if not any(sign in _TENS for sign in numeral):
        return int("".join(str(_NUMERALS[sign]) for sign in numeral))
    total, digit = 0, 0
    for sign in numeral:
        if sign in _TENS:
            total += (digit or (1 if sign == "十" else 0)) * _TENS[sign]
            digit = 0
        else:
            digit = _NUMERALS[sign]
    return total + digit
