"""Problem details (RFC 9457): what machines are told instead of a page."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse

MEDIA_TYPE = "application/problem+json"
MACHINES = "/api/"
"""Under this path no page is answered."""


def problem(status: int, *, code: str, detail: str, **more: Any) -> HttpResponse:
    """Return a problem; no cache keeps it."""
    members = {
        "type": f"urn:hemu:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        **more,
    }
    answer = JsonResponse(members, status=status, content_type=MEDIA_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    return answer
