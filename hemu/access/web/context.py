"""Who is signed in, for every template."""

from django.http import HttpRequest


def actor(request: HttpRequest) -> dict[str, object]:
    who = getattr(request, "actor", None)
    return {"actor": who}
