"""The pages for what went wrong, and the one adapter that turns a refusal into an answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.watch import spoken_request_id


def bad_request(request: HttpRequest, exception: object = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: object = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: object = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that we failed, with the number of the request; bare where the database is what failed."""
    told = {"request_number": spoken_request_id()}
    try:
        return render(request, "500.html", told, status=500)
    except Exception:  # a page of the shell asks the database
        return HttpResponse(render_to_string("500.html", told), status=500)


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
