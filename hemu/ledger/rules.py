"""The public code of a seal, and how a package of the book is spelled. `hemu_verify.py` reads both on its own."""

from collections.abc import Mapping
from hashlib import sha256

from hemu.foundation.errors import RuleViolation
from hemu.foundation.merkle import canonical_json

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs, five bits each: no 0, O, 1 or I, which are mistaken for each other on paper."""
LENGTH, GROUP, BITS = 16, 4, 80
FORMAT = "hemu book package 1"
_BETWEEN = str.maketrans("", "", " -－·　")


def root_code(head: str) -> str:
    """Return the public code of a seal: the first 80 bits of its head (hexadecimal) in four groups of four signs.

    Another book with the same code takes 2^80 tries once the code is out; whoever prepares two books before
    publishing takes 2^40.
    """
    bits = int(head[: BITS // 4] or "0", 16)
    signs = "".join(SIGNS[bits >> shift & 31] for shift in range(BITS - 5, -1, -5))
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read_code(text: str) -> str:
    """Return a code as it is written, from what somebody typed: small letters, blanks, other dashes.

    Raises:
        RuleViolation: ``root.unreadable``.
    """
    plain = text.upper().translate(_BETWEEN)
    if len(plain) != LENGTH or set(plain) - set(SIGNS):
        raise RuleViolation("root.unreadable", code=text[:40])
    return "-".join(plain[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def first_digits(code: str) -> str:
    """Return the 20 hexadecimal digits with which the head of a code begins."""
    bits = 0
    for sign in code.replace("-", ""):
        bits = bits << 5 | SIGNS.index(sign)
    return f"{bits:020x}"


def line(value: object) -> bytes:
    """Return one line of a package: a JSON value in its one spelling.

    Raises:
        RuleViolation: ``canonical.unsupported``.
    """
    return canonical_json(value) + b"\n"


def manifest(values: Mapping[str, object]) -> bytes:
    """Return the manifest of a package: its values and the SHA-256 of their spelling, so that it covers itself."""
    own = dict(values) | {"format": FORMAT}
    return line(own | {"sha256": sha256(canonical_json(own)).hexdigest()})
