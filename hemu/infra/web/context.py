"""What every template may use: the moment of the request."""

from django.http import HttpRequest

from hemu.infra import clock


def page(request: HttpRequest) -> dict[str, object]:
    return {"now": getattr(request, "now", None) or clock.now()}
