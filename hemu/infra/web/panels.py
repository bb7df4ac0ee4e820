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


def first_offer(name: str, thing: object) -> Any:
    """Return what the lowest of the rooms above offers about a thing by ``OFFERS[name]``; None where none does.

    It is a choice that a form of the room below shows made beforehand.
    """
    offers = [getattr(module, "OFFERS", {}).get(name) for module in _modules()]
    return next((offer(thing) for offer in offers if offer), None)


@cache
def _offered(name: str) -> tuple[Panel, ...]:
    offered = [getattr(module, "PANELS", {}).get(name) for module in _modules()]
    return tuple(panel for panel in offered if panel)


@cache
def _modules() -> tuple[Any, ...]:
    return tuple(
        import_module(f"{room.name}.web.panels")
        for room in apps.get_app_configs()
        if room.name.startswith("hemu.")
        and find_spec(f"{room.name}.web")
        and find_spec(f"{room.name}.web.panels")
    )
