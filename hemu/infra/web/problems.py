"""Refusals as problem details (RFC 9457): the rule's code, and its sentence in the caller's language."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse

from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of

MEDIA_TYPE = "application/problem+json"


def problem_of(refusal: RuleViolation, *, status: int = 0, **more: Any) -> HttpResponse:
    """Return a refusal as a problem; ``more`` are members beside those of the RFC."""
    code = refusal.code
    return problem(status or status_of(refusal), code=code, detail=words_for(refusal, codes=True), **more)


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
