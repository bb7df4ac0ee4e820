"""Django's `migrate` at half of its price or less: it stands before Django's own, whoever calls it.

After each change of a table Django makes the classes of all tables around it anew, more than ten thousand of them on
a new database. Copying their fields, instead of taking each apart and building it again, and looking for garbage less
often come to the same statements.
"""

import copy
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands.migrate import Command as Original
from django.db.models import Field

SELDOM = (50_000, 50, 50)
"""New objects until a search for garbage among the youngest, and such searches until one among the older."""


class Command(Original):
    def handle(self, *args: Any, **options: Any) -> None:
        with searching_seldom(), copying_fields():
            super().handle(*args, **options)


@contextmanager
def searching_seldom() -> Iterator[None]:
    """Let Python search for garbage seldom."""
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def copying_fields() -> Iterator[None]:
    """Let fields that belong to no table yet be copied as they are."""
    usual: Any = Field.clone

    def clone(self: Any) -> Any:
        if "model" in self.__dict__:
            return usual(self)
        copied = copy.deepcopy(self)
        # Columns stand in the order in which their fields were made.
        copied.creation_counter = Field.creation_counter
        Field.creation_counter += 1
        return copied

    Field.clone = clone  # type: ignore[method-assign]
    try:
        yield
    finally:
        Field.clone = usual  # type: ignore[method-assign]
