"""Around every operation: the limiter before it, problems for what went wrong, and no cache after it."""

from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import RequestDataTooBig
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from hemu.access.web.bearer import TokenRequest
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.web.errors import problem_of
from hemu.infra.web.needs import PUBLIC, TOKEN, needs
from hemu.interface.web.limits import seconds_to_wait
from hemu.interface.wording import INVALID, INVALID_OTHERWISE

View = Callable[..., HttpResponse]
STATUS_OF = {
    "key.in_use": 409,
    "roster.not_in_preview": 409,
    "roster.not_found": 404,
    "community.not_found": 404,
    "home.not_found": 404,
    "entry.not_found": 404,
    "webhook.not_found": 404,
    "step.needs_person": 403,
    "step.not_yours": 403,
}
SHOWN = (str, int, float, bool, type(None))


class Need:
    """The permission that an operation asks; the gate has found out before who calls."""

    openapi_security_schema = {"type": "http", "scheme": "bearer"}

    def __init__(self, permission: str) -> None:
        self.permission = permission

    def __call__(self, request: HttpRequest) -> bool:
        cast("TokenRequest", request).actor.require(self.permission)
        return True


Need.__name__ = "token"  # the name of the scheme in the description


def once_for(
    caller: TokenRequest, key: str, body: object, act: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Act once for a token's key; a machine is told that a key is in use and asks again, it does not wait.

    Raises:
        RuleViolation: ``key.other_body``, ``key.in_use``, and those of the act.
    """
    return once(account=caller.actor.key, key=key, body=body, now=caller.now, act=act, wait=False)


def served(view: View) -> View:
    """Return ninja's view of an address as the house serves it: behind the gate of tokens, never cached."""

    @needs(TOKEN)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        caller = cast("TokenRequest", request)
        wait = seconds_to_wait(caller.actor.staff_id, now=caller.now)
        if wait:
            answer = problem_of(RuleViolation("api.too_many", seconds=wait), status=429)
            answer.headers["Retry-After"] = str(wait)
            return answer
        answer = view(request, *args, **kwargs)
        if answer.status_code == 405:
            allowed = answer.headers["Allow"]
            answer = problem_of(RuleViolation("api.wrong_method", known=allowed), status=405)
            answer.headers["Allow"] = allowed
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return csrf_exempt(serve)  # a token is no cookie: no other site can make a browser send it


@csrf_exempt
@needs(PUBLIC)
def no_such_address(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer 404 as a problem, whatever the method."""
    return problem_of(RuleViolation("api.not_found"), status=404)


def answer_problems(api: NinjaAPI) -> None:
    """Let the interface answer refusals as problems; what nobody expected goes on to the house's own handler."""
    api.add_exception_handler(RuleViolation, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(RequestDataTooBig, _too_large)
    api.add_exception_handler(MultiPartParserError, _unreadable)


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    more: dict[str, Any] = {"params": {name: _plain(value) for name, value in refusal.params.items()}}
    if refusal.code == "request.stale":
        more["version"] = refusal.params["version"]
    answer = problem_of(refusal, status=STATUS_OF.get(refusal.code, 0), **more)
    if refusal.code == "key.in_use":
        answer.headers["Retry-After"] = "1"
    return answer


def _plain(value: object) -> Any:
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    return value if isinstance(value, SHOWN) else str(value)


def _invalid(request: HttpRequest, fault: Any) -> HttpResponse:
    errors = [
        {
            "at": ".".join(str(each) for each in error["loc"]),
            "code": error["type"],
            "detail": _said(error),
        }
        for error in fault.errors
    ]
    refusal = RuleViolation("api.invalid", count=len(errors))
    return problem_of(refusal, status=422, errors=errors)


def _said(error: dict[str, Any]) -> str:
    sentence = str(INVALID.get(error["type"], INVALID_OTHERWISE))
    try:
        return sentence % dict(error.get("ctx", {}))
    except (KeyError, TypeError, ValueError):
        return sentence


def _unreadable(request: HttpRequest, fault: Any) -> HttpResponse:
    return problem_of(RuleViolation("api.not_json"), status=400)


def _too_large(request: HttpRequest, fault: Any) -> HttpResponse:
    return problem_of(RuleViolation("api.too_large"), status=413)


def named_community(communities: QuerySet[Community], named: str) -> Community:
    """Return the one of these communities that a name or code means.

    Raises:
        RuleViolation: ``community.unknown`` (known: up to 20 of their names).
    """
    rows = communities.select_related("office", "book").order_by("name")
    wanted = named.strip()
    found = list(rows.filter(Q(code=wanted.upper()) | Q(name=wanted)))
    if not found:
        known = list(rows.values_list("name", flat=True)[:20])
        raise RuleViolation("community.unknown", name=named, known=known)
    return max(found, key=lambda each: each.code == wanted.upper())
