"""Where the work begins that yields a kind of evidence: rooms say it in `web/starts.py` as ``STARTS``."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise


@dataclass(frozen=True)
class Start:
    """The words of a button, and the page to which it leads, from the subject on which the evidence will lie."""

    words: str | Promise
    url: Callable[[str], str]


def start_for(kinds: Collection[str]) -> Start | None:
    """Return where the work begins that yields an entry of one of these kinds; None where no room says so."""
    known = _starts()
    return next((known[kind] for kind in sorted(kinds) if kind in known), None)


@cache
def _starts() -> dict[str, Start]:
    rooms = [room.name for room in apps.get_app_configs() if room.name.startswith("hemu.")]
    modules = [f"{room}.web.starts" for room in rooms if find_spec(f"{room}.web") is not None]
    found: dict[str, Start] = {}
    for module in modules:
        if find_spec(module) is not None and not module.startswith("hemu.infra."):
            found |= import_module(module).STARTS
    return found
