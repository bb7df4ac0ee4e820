"""What an answer leaves behind: nothing. Pages name people; neither a browser's disk nor a proxy keeps them."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

KEPT_NOWHERE = "private, no-store"


class NothingKeptMiddleware:
    """Say of every answer that it is not to be kept, unless its view says otherwise itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", KEPT_NOWHERE)
        return response
