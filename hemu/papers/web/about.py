"""What rooms above say about their papers on the pages of papers: whom one is for, how far it reached."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise

from hemu.papers.models import Document


@dataclass(frozen=True)
class About:
    """One line about a paper; ``url`` leads to more of it."""

    label: str | Promise
    words: str
    url: str = ""


Says = Callable[[Document, datetime], list[About]]


@cache
def _rooms() -> dict[str, list[Says]]:
    """Return what the rooms declare as ``ABOUT_PAPERS`` in `web/panels.py`, by kind of paper."""
    found: dict[str, list[Says]] = {}
    for room in apps.get_app_configs():
        has_web = room.name.startswith("hemu.") and find_spec(f"{room.name}.web")
        if has_web and find_spec(f"{room.name}.web.panels"):
            declared = getattr(import_module(f"{room.name}.web.panels"), "ABOUT_PAPERS", {})
            for kind, says in declared.items():
                found.setdefault(kind, []).append(says)
    return found


def about_paper(document: Document, *, now: datetime) -> list[About]:
    """Return what the rooms above say about a paper."""
    return [each for says in _rooms().get(document.kind, []) for each in says(document, now)]
