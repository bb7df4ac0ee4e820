"""Answering with a file: never the original, under its own media type, and nothing in it may run."""

import re

from django.http import HttpRequest, HttpResponse

from hemu.attachments.models import KeptFile
from hemu.attachments.queries import bytes_of
from hemu.attachments.rules import MEDIA

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_NOTHING_RUNS = "default-src 'none'; sandbox; frame-ancestors 'none'"


def served(request: HttpRequest, row: KeptFile, *, thumb: bool = False) -> HttpResponse:
    """Return the copy for showing; a picture and a voice note in place, a paper to be saved."""
    picture = row.kind == "picture"
    data = bytes_of(row.thumb_name if thumb and picture else row.shown_name)
    if data is None:
        return HttpResponse(status=404)
    response = _part(request, data)
    media = MEDIA[row.media_type]
    ending = "jpg" if picture else media.ending
    response["Content-Type"] = "image/jpeg" if picture else media.type
    place = "attachment" if media.kind == "paper" else "inline"
    response["Content-Disposition"] = f'{place}; filename="{row.use}-{row.id.hex[-8:]}.{ending}"'
    response["Content-Security-Policy"] = _NOTHING_RUNS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _part(request: HttpRequest, data: bytes) -> HttpResponse:
    """Return all of it, or the one part that was asked for: Safari plays no sound from a server that cannot."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    whole = len(data)
    response = HttpResponse(data)
    if asked and any(asked.groups()):
        first, last = asked.groups()
        start = int(first) if first else max(0, whole - int(last))
        stop = min(int(last) + 1 if first and last else whole, whole)
        if start >= stop:
            response = HttpResponse(status=416)
            response["Content-Range"] = f"bytes */{whole}"
        else:
            response = HttpResponse(data[start:stop], status=206)
            response["Content-Range"] = f"bytes {start}-{stop - 1}/{whole}"
    response["Accept-Ranges"] = "bytes"
    return response
