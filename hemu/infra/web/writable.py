"""The character NUL is refused before a view reads it: no field means it, and PostgreSQL holds no text with it."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase

from hemu.foundation.errors import RuleViolation
from hemu.infra.web.errors import problem_of, refused_page
from hemu.infra.web.problems import MACHINES

NUL = "\x00"


class CookieMiddleware:
    """A cookie that no database holds is none: the session of nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        return self.get_response(request)


class WritableMiddleware:
    """Below the gate: no address has such a character, and what a query or a form says with it is refused.

    What the view reads by itself, a body of JSON or one that a gateway has signed, is left to the view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if NUL in request.path_info:
            raise Http404
        said = [request.GET] if getattr(view, "csrf_exempt", False) else [request.GET, request.POST]
        if not any(NUL in text for each in said for text in _texts(each)):
            return None
        refusal = RuleViolation("canonical.unsupported")
        return problem_of(refusal) if request.path.startswith(MACHINES) else refused_page(request, refusal)


def _texts(said: QueryDict) -> Iterator[str]:
    for name, values in said.lists():
        yield name
        yield from values
