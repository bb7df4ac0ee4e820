"""Amounts as accountants type them: 1,234.50 · （1,234.5） · ￥1234 · １.２万 · — . Pure."""

import re
from decimal import Decimal

from hemu.estate.roster.characters import half_width

YUAN, WAN = 100, 1_000_000
"""分 in a yuan and in 万元."""
_NOTHING = frozenset({"", "-", "--", "---", "/", "无", "N/A", "n/a"})
_SIGNS = re.compile(r"[\s,，'¥￥$]|人民币|RMB|CNY", re.I)
_AMOUNT = re.compile(r"([-+]?)(\d{1,14}(?:\.\d{0,12})?|\.\d{1,12})(?:[eE]([-+]?\d{1,2}))?(万?)元?(-?)")
_DASHES = frozenset("-")


class UnreadableAmount(ValueError):
    """A cell that should hold an amount and holds something else."""


def amount_of(text: str, *, unit: int = YUAN) -> int | None:
    """Return an amount in whole 分; None where a cell says that there is none.

    Args:
        unit: 分 in one of what the sheet counts in; 万 written in the cell itself wins.

    Raises:
        UnreadableAmount: it is no amount.
    """
    found = _read(text)
    if found is None:
        return None
    number, own = found
    return int((number * (own or unit)).to_integral_value(rounding="ROUND_HALF_UP"))


def step_of(text: str, *, unit: int = YUAN) -> int:
    """Return half of the last digit written, in 分 and rounded up: by so much a cell may be rounded."""
    found = _read(text)
    if found is None:
        return 0
    number, own = found
    exponent = number.as_tuple().exponent
    last = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)
    return int((last * (own or unit) / 2).to_integral_value(rounding="ROUND_CEILING"))


def plain_of(amount: int | None) -> str:
    """Return an amount as a form shows it for typing: yuan with two digits, nothing for nothing."""
    if amount is None:
        return ""
    sign, rest = ("-" if amount < 0 else ""), abs(amount)
    return f"{sign}{rest // 100}.{rest % 100:02}"


def _read(text: str) -> tuple[Decimal, int] | None:
    plain = _SIGNS.sub("", half_width(text))
    if plain in _NOTHING or set(plain) <= _DASHES:
        return None
    negative = False
    if plain.startswith("(") and plain.endswith(")"):
        negative, plain = True, plain[1:-1]
    elif plain[:1] in "△▲":
        negative, plain = True, plain[1:]
    found = _AMOUNT.fullmatch(plain)
    if not found:
        raise UnreadableAmount(text)
    sign, digits, exponent, wan, after = found.groups()
    number = Decimal(digits) * (Decimal(10) ** int(exponent or 0))
    if (sign == "-") ^ bool(after) ^ negative:
        number = -number
    return number, WAN if wan else 0
