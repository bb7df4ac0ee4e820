"""Panels that rooms above offer about what a page of a room below shows, in `web/panels.py` as ``PANELS``.

``PANELS`` maps a name (``"request"``) to a function of the request behind the gate and the thing, which returns
HTML, or nothing where there is nothing to show. A page of the room that owns the thing asks for all of them.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.http import HttpRequest

Panel = Callable[[Any, Any], str]


def panels_about(name: str, request: HttpRequest, thing: object) -> list[str]:
    """Return the panels of all rooms about one thing, those of the lowest room first."""
    return [html for panel in _offered(name) if (html := panel(request, thing))]


@cache
def _offered(name: str) -> tuple[Panel, ...]:
    modules = [
        import_module(f"{room.name}.web.panels")
        for room in apps.get_app_configs()
        if room.name.startswith("hemu.")
        and find_spec(f"{room.name}.web")
        and find_spec(f"{room.name}.web.panels")
    ]
    offered = [getattr(module, "PANELS", {}).get(name) for module in modules]
    return tuple(panel for panel in offered if panel)
