"""Where to go after the door: nowhere but into this house."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe(target: str, request: HttpRequest) -> str:
    """Return the address where it leads into this house, else ""."""
    fine = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if fine else ""
