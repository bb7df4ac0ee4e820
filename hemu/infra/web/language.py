"""The language of the page: what the cookie says, else what the browser asks; and the moment it came."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from hemu.infra import clock

COOKIE = "language"


class LanguageMiddleware:
    """Activate Chinese or English for one request, and stamp it with the edge's clock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()  # type: ignore[attr-defined]
        chosen = request.COOKIES.get(COOKIE, "")
        language = chosen if chosen in ("zh-hans", "en") else translation.get_language_from_request(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        response.headers.setdefault("Vary", "Accept-Language, Cookie")
        return response
