"""The words of refusals: every room adds its own in `wording.py`; page, API and command share them."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise

from hemu.foundation.errors import RuleViolation

_words: dict[str, str | Promise] = {}


def refusal_words() -> dict[str, str | Promise]:
    """Return every code with its sentence, gathered from the rooms' ``REFUSALS`` at first use."""
    if not _words:
        for room in apps.get_app_configs():
            if room.name.startswith("hemu.") and find_spec(f"{room.name}.wording"):
                _words.update(getattr(import_module(f"{room.name}.wording"), "REFUSALS", {}))
    return _words


def words_for(refusal: RuleViolation) -> str:
    """Return the sentence for a refusal: what was wrong, and what would be accepted."""
    sentence = refusal_words().get(refusal.code)
    if sentence is None:
        return refusal.code
    params = {
        name: "、".join(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else value
        for name, value in refusal.params.items()
    }
    return str(sentence) % params
