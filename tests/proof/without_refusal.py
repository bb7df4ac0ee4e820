"""The negative control of F5: the product's web, but what could not be stored is acknowledged all the same."""

from collections.abc import Callable, Iterable
from typing import Any

from hemu.config.wsgi import application as product

FAILED = ("5",)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a failed step as if it were done."""
    path = str(environ["PATH_INFO"])

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        if environ["REQUEST_METHOD"] == "POST" and status.startswith(FAILED) and path.endswith("/step/"):
            return start_response("302 Found", [("Location", path.removesuffix("step/"))], *rest)
        return start_response(status, headers, *rest)

    answer: Iterable[bytes] = product(environ, start)
    return answer
