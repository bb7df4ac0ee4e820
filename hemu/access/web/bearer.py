"""The gate of other systems: a token in the header, never a cookie."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse

from hemu.access.actors import Integration
from hemu.access.queries import integration_by
from hemu.foundation.errors import RuleViolation
from hemu.infra.web.errors import problem_of


class TokenRequest(HttpRequest):
    """A request behind that gate; `now` is the moment at which it came."""

    actor: Integration
    now: datetime


def admit(request: HttpRequest) -> HttpResponse | None:
    """Put the system whose token the header carries on the request, or answer 401."""
    caller = cast("TokenRequest", request)
    header = request.headers.get("Authorization", "")
    scheme, _space, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret:
        return _unknown("token.missing", 'Bearer realm="hemu"')
    integration = integration_by(secret.strip(), now=caller.now)
    if integration is None:
        return _unknown("token.not_valid", 'Bearer realm="hemu", error="invalid_token"')
    caller.actor = integration
    return None


def _unknown(code: str, challenge: str) -> HttpResponse:
    answer = problem_of(RuleViolation(code), status=401)
    answer.headers["WWW-Authenticate"] = challenge
    return answer
