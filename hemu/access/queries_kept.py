"""What is kept from a member of staff whom it names (DESIGN §5), as the rooms that hold it say."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.apps import apps

Keeps = Callable[[UUID], set[str]]
"""Returns the subjects (``request:…``) that name a member of staff; a room declares it in its `permissions` as
``KEPT_FROM``, by what the subjects begin with."""
Follows = Callable[[set[str]], set[str]]
"""Returns the subjects of what came from such subjects: papers about them, actions after them; declared as ``KEPT_WITH``."""


def kept_from(staff: UUID) -> set[str]:
    """Return the subjects kept from a member of staff: what names this person, and what came from it.

    Statements: one where nothing names this person, as nearly always.
    """
    named = {subject for keeps in _declared("KEPT_FROM") for subject in keeps(staff)}
    if not named:
        return named
    return named.union(*(follows(named) for follows in _declared("KEPT_WITH")))


def ids_kept_from(staff: UUID, kind: str) -> set[UUID]:
    """Return the ids of what is kept from a member of staff and whose subjects (``kind:hex``) name it by id."""
    subjects = (subject.partition(":") for subject in kept_from(staff))
    return {UUID(id) for begins, _colon, id in subjects if begins == kind}


@cache
def _declared(name: str) -> tuple[Callable[[Any], set[str]], ...]:
    found: dict[str, Callable[[Any], set[str]]] = {}
    for room in apps.get_app_configs():
        if room.name.startswith("hemu.") and find_spec(f"{room.name}.permissions"):
            found |= getattr(import_module(f"{room.name}.permissions"), name, {})
    return tuple(found.values())
