"""A step with what rooms above do next as the same person's act, such as sending by rule what was just sorted."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from hemu.access.actors import Actor
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act
from hemu.service_requests.models import Request
from hemu.service_requests.operations.stepping import take_step

Follow = Callable[[Request, Act, Actor], Request | None]


@operation
def take_step_and_follow(*, step: str, act: Act, by: Actor, **more: Any) -> Request:
    """Take a step, and what the rooms above declare for it as ``FOLLOW_UPS`` in `reactions.py`; as `take_step`."""
    request = take_step(step=step, act=act, by=by, **more)
    for follow in _follow_ups(step):
        request = follow(request, act, by) or request
    return request


@cache
def _follow_ups(step: str) -> tuple[Follow, ...]:
    modules = [
        import_module(f"{room.name}.reactions")
        for room in apps.get_app_configs()
        if room.name.startswith("hemu.") and find_spec(f"{room.name}.reactions")
    ]
    found = [getattr(module, "FOLLOW_UPS", {}).get(step) for module in modules]
    return tuple(follow for follow in found if follow)
