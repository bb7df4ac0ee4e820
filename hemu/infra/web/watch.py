"""One line and one measurement for each answer, and a number by which a person can tell of it on the telephone."""

import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hemu.infra.logs import request_id
from hemu.infra.web.measures import count_answer

log = logging.getLogger("hemu.web")
HEADER = "X-Request-ID"
DIGITS = 9
STATIC = "static"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class WatchMiddleware:
    """Number each request, tell how it was answered by its route's name, never by its path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        number = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        request.number = number  # type: ignore[attr-defined]
        token = request_id.set(number)
        try:
            response = self.get_response(request)
            _note(request, response, time.perf_counter() - began)
            response.headers[HEADER] = number
            return response
        finally:
            request_id.reset(token)


def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    route, status = route_of(request), response.status_code
    method = request.method if request.method in METHODS else "other"
    count_answer(route=route, method=method, status=status, seconds=seconds)
    if route == STATIC:
        return
    account = getattr(getattr(request, "_cached_user", None), "pk", None)
    facts = {"route": route, "method": method, "status": status, "ms": round(seconds * 1000)}
    level = logging.ERROR if status >= 500 and route != "readyz" else logging.INFO
    log.log(level, "answered", extra={**facts, "account": account})


def route_of(request: HttpRequest) -> str:
    """Return the name of the route; a path may hold an owner's token or a case's number."""
    match = request.resolver_match
    if match:
        return match.view_name
    return STATIC if request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/") else "none"


def spoken_request_id() -> str:
    """Return the present request's number in threes, as one says it on the telephone; empty outside of a request."""
    number = request_id.get()
    return " ".join(number[start : start + 3] for start in range(0, len(number), 3))
