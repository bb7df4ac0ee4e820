"""The negative control of C2: each process of the web trusts what it once read of a sorted case."""

from hemu.config.wsgi import application

# isort: split
from hemu.access.actors import Actor
from hemu.service_requests.models import Request
from hemu.service_requests.operations import stepping
from hemu.service_requests.rules import State

__all__ = ["application"]
_read: dict[str, tuple[int, str]] = {}
_locked = stepping._locked


def trusting(number: str, by: Actor | None) -> Request:
    """Return a case as it stood when it was first seen sorted."""
    request = _locked(number, by)
    if request.state == State.CLASSIFIED:
        _read.setdefault(number, (request.version, request.state))
    request.version, request.state = _read.get(number, (request.version, request.state))
    return request


stepping._locked = trusting
