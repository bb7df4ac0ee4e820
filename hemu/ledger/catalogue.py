"""The catalogue of kinds and the table of reactions, gathered once at start from the rooms, lowest floor first."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from hemu.foundation.errors import RuleViolation
from hemu.ledger.entries import Kind, Reaction

_kinds: dict[str, Kind] = {}
_reactions: list[Reaction] = []
_words: dict[str, dict[str, Any]] = {}


def build() -> None:
    """Gather ``KINDS`` and ``REACTIONS`` of every installed room; a kind declared twice stops the start."""
    _kinds.clear()
    _reactions.clear()
    for kind in _gather("entries", "KINDS"):
        if kind.name in _kinds:
            raise ImproperlyConfigured(f"entry kind declared twice: {kind.name}")
        _kinds[kind.name] = kind


def kinds() -> dict[str, Kind]:
    """Return every declared kind by name."""
    return dict(_kinds)


def kind_of(name: str) -> Kind:
    """Return a declared kind.

    Raises:
        RuleViolation: ``entry.unknown_kind``.
    """
    if name not in _kinds:
        raise RuleViolation("entry.unknown_kind", kind=name)
    return _kinds[name]


def reactions_to(kind: str) -> list[Reaction]:
    """Return the reactions to a kind in the order of the floors."""
    if not _reactions:  # gathered at first use: reactions import models of rooms above
        _reactions.extend(_gather("reactions", "REACTIONS"))
    return [reaction for reaction in _reactions if reaction.kind in (kind, "*")]


def words_of_rooms(table: str) -> dict[str, Any]:
    """Return the words that the rooms' `wording` declare in ``KINDS`` or ``FACTS``, of all rooms."""
    if table not in _words:
        _words[table] = {
            key: words
            for room in apps.get_app_configs()
            if room.name.startswith("hemu.") and find_spec(f"{room.name}.wording")
            for key, words in getattr(import_module(f"{room.name}.wording"), table, {}).items()
        }
    return _words[table]


def _gather(module: str, name: str) -> list[Any]:
    found: list[Any] = []
    for room in apps.get_app_configs():
        if room.name.startswith("hemu.") and find_spec(f"{room.name}.{module}"):
            found.extend(getattr(import_module(f"{room.name}.{module}"), name, ()))
    return found
