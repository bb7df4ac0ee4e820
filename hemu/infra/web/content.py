"""What a request says of its own content."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest


class Request(WSGIRequest):
    """A content type that cannot be read is none; Django would fall over before any of its guards stands."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]
        except ValueError:  # its words claim a coding that nobody knows
            self.content_type, self.content_params = "", {}


class Handler(WSGIHandler):
    """Django's, with such requests."""

    request_class = Request
