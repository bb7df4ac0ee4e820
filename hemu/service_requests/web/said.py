"""What the desk is told once on the case page: what its press came to. A short-lived cookie carries it there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hemu.service_requests.models import Request

COOKIE = "said"
SECONDS = 60
WORDS = ("registered", "answered", "added", "seconded")


def say(response: HttpResponse, number: str, said: str) -> HttpResponse:
    """Let the page of a case say once what was done."""
    response.set_cookie(COOKIE, f"{number}:{said}", max_age=SECONDS, httponly=True, samesite="Lax")
    return response


def said_of(request: HttpRequest, case: Request) -> dict[str, Any] | None:
    """Return what was just done with this case, in words, and where the same caller's next matter begins."""
    number, _colon, said = request.COOKIES.get(COOKIE, "").partition(":")
    if number != case.number or said not in WORDS:
        return None
    words = {
        "registered": _("已登记。"),
        "answered": _("已登记，当场答复并结案。"),
        "added": _("已记到这一件，这是第 %(times)s 次催办。") % {"times": case.urged_count},
        "seconded": _("已记到这一件，除首报的以外已有 %(count)s 户反映。") % {"count": case.seconded_count},
    }
    register = reverse("register")
    return {"words": words[said], "next_url": f"{register}?from={case.number}", "register_url": register}


def once_said(response: HttpResponse, said: dict[str, Any] | None) -> HttpResponse:
    """Take the cookie back where its words were shown."""
    if said:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
