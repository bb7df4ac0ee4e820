"""Masking of phone numbers and names by rule."""

import re

# Full-width forms lie a fixed distance above ASCII; one sign for one, so that places stay the same.
_WIDE = {ord(sign) + 0xFEE0: sign for sign in "0123456789-+()"}
# Not part of a longer figure (an identity number, an amount, an account).
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)", re.ASCII)
_LANDLINE = re.compile(r"(?<!\d)(\(?0\d{2,3}\)?[- ]?)(\d{3,4})[- ]?(\d{4})(?!\d)", re.ASCII)


def mask_phone(phone: str) -> str:
    """Return one phone number with its middle hidden; what is no phone keeps its last four signs at most.

    ``19900001234`` → ``199****1234``; ``0755-12345678`` → ``0755-****5678``.
    """
    text = phone.strip()
    masked = mask_phones(text)
    if masked != text or not text:
        return masked
    return "****" + text[-4:] if len(text) > 4 else "****"


def mask_phones(text: str) -> str:
    """Return ``text`` with the middle of every mobile and landline number hidden, full-width digits too.

    Landlines are known by their area code; the company's own 400 numbers stay.
    """
    plain = text.translate(_WIDE)
    spans = [(found, f"{found[1]}****{found[3]}") for found in _MOBILE.finditer(plain)]
    taken = [found.span() for found, _ in spans]
    for found in _LANDLINE.finditer(plain):
        if not any(start < found.end() and found.start() < end for start, end in taken):
            spans.append((found, f"{found[1]}****{found[3]}"))
    for found, masked in sorted(spans, key=lambda each: each[0].start(), reverse=True):
        text = text[: found.start()] + masked + text[found.end() :]
    return text


def mask_name(name: str) -> str:
    """Return a name with only its first character shown: 张三丰 → 张**."""
    text = name.strip()
    return text[:1] + "*" * (len(text) - 1) if len(text) > 1 else "*" * len(text)
