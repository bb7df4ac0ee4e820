"""The pages for what went wrong, and the one adapter that turns a refusal into an answer."""

import sys
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hemu.foundation.errors import RuleViolation
from hemu.infra.database import fault_behind
from hemu.infra.refusals import words_for
from hemu.infra.web.problems import MACHINES, problem
from hemu.infra.web.watch import spoken_request_id


def bad_request(request: HttpRequest, exception: object = None) -> HttpResponse:
    if request.path.startswith(MACHINES):
        return problem_of(RuleViolation("server.unreadable"), status=400)
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: object = None) -> HttpResponse:
    return _page(request, 403)


def not_found(request: HttpRequest, exception: object = None) -> HttpResponse:
    return _page(request, 404)


STATUS_OF_FAULT = {"away": 503, "full": 507}
RETRY_AFTER_SECONDS = {503: 5, 507: 60}


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for an error that nobody caught: 503 where the database is away, 507 where its disk is full, else 500.

    Django calls this while it handles the error. The page asks the database nothing: it may be what failed.
    """
    fault = fault_behind(sys.exc_info()[1])
    status = STATUS_OF_FAULT[fault] if fault else 500
    if request.path.startswith(MACHINES):
        page = problem_of(RuleViolation(f"server.{fault or 'failed'}"), status=status)
    else:
        told = {"back": way_back(request), "request_number": spoken_request_id()}
        page = HttpResponse(render_to_string(f"{status}.html", told), status=status)
    if fault:
        page.headers["Retry-After"] = str(RETRY_AFTER_SECONDS[status])
    return page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, message=_("这一页放得太久了，刚才的没有交上。请返回上一页，刷新后再试。"))


def _page(request: HttpRequest, status: int, **context: str) -> HttpResponse:
    return render(request, f"{status}.html", {"back": way_back(request), **context}, status=status)


def way_back(request: HttpRequest) -> str:
    """Return the address within this site from which the request came; empty where it came from elsewhere.

    Only what the browser says of our own pages counts, and only its path: nothing here leads off the site, nor
    back to the very address that was refused.
    """
    try:
        came, host = urlsplit(request.headers.get("Referer", "")), request.get_host()
    except (ValueError, DisallowedHost):
        return ""
    path = came.path + (f"?{came.query}" if came.query else "")
    if came.scheme not in ("http", "https") or came.netloc != host:
        return ""
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        return ""
    return "" if request.method == "GET" and path == request.get_full_path() else path


STATUS_OF = {"access.denied": 403, "request.not_found": 404, "link.not_valid": 404, "request.stale": 409}


def status_of(refusal: RuleViolation) -> int:
    """Return the HTTP status of a refusal; 422 where nothing else fits."""
    return STATUS_OF.get(refusal.code, 422)


def refused_page(request: HttpRequest, refusal: RuleViolation, *, back: str = "") -> HttpResponse:
    """Return a bare page with the words of a refusal, where no page of its own shows them.

    Args:
        back: where members of staff go on where they came from nowhere here, such as the case's page.
    """
    staff = hasattr(request, "actor")
    ways = {"staff": staff, "back": (way_back(request) or back) if staff else ""}
    context = {"refusal": words_for(refusal), **ways}
    return render(request, "infra/refused.html", context, status=status_of(refusal))


def problem_of(refusal: RuleViolation, *, status: int = 0, **more: Any) -> HttpResponse:
    """Return a refusal as a problem; ``more`` are members beside those of the RFC."""
    code = refusal.code
    return problem(status or status_of(refusal), code=code, detail=words_for(refusal, codes=True), **more)
