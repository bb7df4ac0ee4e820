"""How a picture's file is put together, counted before a decoder reads it: few bytes may ask for hours of work.

A JPEG may go over all its pixels again and again, once a scan; a scan of 64 million pixels fits into 120 bytes. Both
decoders look at each piece of a file by itself, and a piece may be empty.
"""

import re

from hemu.attachments.rules import Media
from hemu.foundation.errors import RuleViolation

MOST_SCANS = 30
"""Cameras make one, programs about ten."""
MOST_PIECES = 20_000
"""A PNG of the biggest size in pieces of a kilobyte."""
_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")  # none of those that stand inside a scan
_ALONE = (0x01, 0xD8)
_SCAN, _END = 0xDA, 0xD9
_LAYERED = (0xC2, 0xC6, 0xCA, 0xCE)
_PNG_HEAD = 8


def is_layered(media: Media, data: bytes) -> bool:
    """Tell whether a picture must be held whole while it is read: a JPEG that goes over its pixels more than once.

    Raises:
        RuleViolation: ``file.broken``: it is in more pieces than any camera or program makes.
    """
    if media.type == "image/jpeg":
        return _jpeg_is_layered(data)
    if media.type == "image/png":
        _count_png(data)
    return False


def _jpeg_is_layered(data: bytes) -> bool:
    scans, layered, at = 0, False, 2
    for _ in range(MOST_PIECES):
        found = _MARKER.search(data, at)
        kind = data[found.end() - 1] if found else _END
        if found is None or kind == _END:
            return layered or scans > 1
        at = found.end()
        if kind in _ALONE:
            continue
        scans += kind == _SCAN
        layered |= kind in _LAYERED
        length = int.from_bytes(data[at : at + 2], "big")
        if scans > MOST_SCANS or length < 2:
            break
        at += length
    raise RuleViolation("file.broken")


def _count_png(data: bytes) -> None:
    at = _PNG_HEAD
    for _ in range(MOST_PIECES):
        if at + 8 > len(data):
            return
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    raise RuleViolation("file.broken")
