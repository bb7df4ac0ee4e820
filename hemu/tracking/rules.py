"""The code with which a caller without a name asks for a case: eight signs that cannot be mistaken for others."""

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: without I, L, O and U."""
LENGTH = 8
_READ = str.maketrans("OIL", "011", " -－·")


def written_code(seal: bytes) -> str:
    """Return a code in two groups of four, from the first 40 bits of a seal."""
    bits = int.from_bytes(seal[:5], "big")
    signs = "".join(SIGNS[bits >> shift & 31] for shift in range(35, -5, -5))
    return f"{signs[:4]}-{signs[4:]}"


def read_code(text: str) -> str:
    """Return a code as it is written, from what somebody typed: small letters, O for 0, blanks."""
    plain = text.strip().upper().translate(_READ)
    return f"{plain[:4]}-{plain[4:]}"
