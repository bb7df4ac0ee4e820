"""The words of refusals: every room adds its own in `wording.py`; page, API and command share them."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext

from hemu.foundation.errors import RuleViolation

_words: dict[str, str | Promise] = {}
_codes: dict[str, dict[str, str | Promise]] = {}


def refusal_words() -> dict[str, str | Promise]:
    """Return every code with its sentence, gathered from the rooms' ``REFUSALS`` at first use."""
    if not _words:
        for room in apps.get_app_configs():
            if room.name.startswith("hemu.") and find_spec(f"{room.name}.wording"):
                _words.update(getattr(import_module(f"{room.name}.wording"), "REFUSALS", {}))
    return _words


def code_words() -> dict[str, dict[str, str | Promise]]:
    """Return the words of codes by the name of the parameter that holds them, from the rooms' ``CODES``."""
    if not _codes:
        for room in apps.get_app_configs():
            if room.name.startswith("hemu.") and find_spec(f"{room.name}.wording"):
                for name, words in getattr(import_module(f"{room.name}.wording"), "CODES", {}).items():
                    _codes.setdefault(name, {}).update(words)
    return _codes


def words_for(refusal: RuleViolation, *, codes: bool = False) -> str:
    """Return the sentence for a refusal: what was wrong, and what would be accepted.

    Args:
        codes: leave codes as they are, for a command line that is typed in codes; a page says them in words.
    """
    sentence = refusal_words().get(refusal.code)
    if sentence is None:
        return refusal.code
    known = {} if codes else code_words()
    return str(sentence) % {name: _said(value, known.get(name, {})) for name, value in refusal.params.items()}


def _said(value: object, known: Mapping[str, str | Promise]) -> object:
    if isinstance(value, list | tuple | set | frozenset):
        return gettext("、").join(str(known.get(str(each), each)) for each in value) or "—"
    return known.get(value, value) if isinstance(value, str) else value
