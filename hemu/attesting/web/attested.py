"""What a page says about a record: the sentence, its entries, the code and what nothing vouches for."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from hemu.attesting.queries import Attested
from hemu.estate.models import Community
from hemu.ledger.catalogue import words_of_rooms
from hemu.ledger.models import Entry, Seal


def attested_context(
    request: HttpRequest, attested: Attested, *, shown: list[Entry], community: Community
) -> dict[str, Any]:
    """Return the context of `attesting/attested.html`.

    Args:
        shown: the entries that may be seen here; all count.
    """
    seen = {entry.seq for entry in shown}
    kinds = words_of_rooms("KINDS")
    return {
        "verdict": verdict_of(attested),
        "lines": [
            {
                "word": kinds[line.entry.kind],
                "at": line.entry.at,
                "seal": line.seal.number if line.seal else None,
                "sealed_at": line.seal.sealed_at if line.seal else None,
                "code": line.seal.code if line.seal else "",
                "sound": line.sound,
            }
            for line in attested.lines
            if line.entry.seq in seen
        ],
        "code": code_context(request, attested.newest, community),
    }


def verdict_of(attested: Attested) -> dict[str, Any]:
    """Return what `attesting/verdict.html` says in one sentence."""
    return {
        "altered": attested.altered,
        "sealed": attested.sealed_count,
        "waiting": attested.waiting_count,
        "since": attested.since,
    }


def code_context(
    request: HttpRequest, seal: Seal | None, community: Community | None
) -> dict[str, Any] | None:
    """Return a code with its QR code, which leads to the public page where that code is checked; None without a seal."""
    if seal is None:
        return None
    path = reverse("book_community", args=[community.code]) if community else reverse("book")
    url = f"{settings.PUBLIC_URL or request.build_absolute_uri('/').rstrip('/')}{path}"
    return {
        "text": seal.code,
        "sealed_at": seal.sealed_at,
        "url": url,
        "qr": qr_code(f"{url}?code={seal.code}"),
    }


def qr_code(text: str) -> SafeString:
    """Return a QR code in SVG, dark on white whatever the theme."""
    made = segno.make(text, error="m", micro=False)
    svg = made.svg_inline(
        scale=1, border=2, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(svg)
