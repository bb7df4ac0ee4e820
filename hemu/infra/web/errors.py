"""The pages for what went wrong, and the one adapter that turns a refusal into an answer."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from hemu.foundation.errors import RuleViolation
from hemu.infra.database import fault_behind
from hemu.infra.refusals import words_for


def bad_request(request: HttpRequest, exception: object = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: object = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: object = None) -> HttpResponse:
    return render(request, "404.html", status=404)


STATUS_OF_FAULT = {"away": 503, "full": 507}
RETRY_AFTER_SECONDS = {"away": 5, "full": 60}


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for an error that nobody caught: 503 where the database is away, 507 where its disk is full, else 500.

    Django calls this while it handles the error. The page asks the database nothing: it may be what failed.
    """
    fault = fault_behind(sys.exc_info()[1])
    if fault is None:
        return HttpResponse(render_to_string("500.html"), status=500)
    status = STATUS_OF_FAULT[fault]
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS[fault])}
    return HttpResponse(render_to_string(f"{status}.html"), status=status, headers=headers)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", {"csrf": True}, status=403)


STATUS_OF = {"access.denied": 403, "request.not_found": 404, "link.not_valid": 404, "request.stale": 409}


def status_of(refusal: RuleViolation) -> int:
    """Return the HTTP status of a refusal; 422 where nothing else fits."""
    return STATUS_OF.get(refusal.code, 422)


def refused_page(request: HttpRequest, refusal: RuleViolation) -> HttpResponse:
    """Return a bare page with the words of a refusal, for those who have no page of their own to see them on."""
    context = {"refusal": words_for(refusal)}
    return render(request, "infra/refused.html", context, status=status_of(refusal))
