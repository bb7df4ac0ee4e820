"""The permissions that rooms declare, gathered and compared with the table of roles at start."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from hemu.access.roles import PERMISSIONS_OF


def declared_permissions() -> set[str]:
    """Return every name that a room declares as ``PERMISSIONS`` in its `permissions.py`."""
    names: set[str] = set()
    for room in apps.get_app_configs():
        if room.name.startswith("hemu.") and find_spec(f"{room.name}.permissions"):
            names |= set(getattr(import_module(f"{room.name}.permissions"), "PERMISSIONS", ()))
    return names


@register()
def table_and_rooms_agree(**kwargs: object) -> list[CheckMessage]:
    declared, given = declared_permissions(), set().union(*PERMISSIONS_OF.values())
    return [
        Error(f"permission {name} is declared by a room or given in the table, not both", id="hemu.E003")
        for name in sorted(declared ^ given)
    ]
