"""The forms of the register that are filled from what other rooms keep: actions, homes, published reports."""

from functools import partial

from hemu.access.actors import Actor
from hemu.papers.queries_forms import FormSource
from hemu.record_papers.operations import print_record, write_record
from hemu.record_papers.queries import (
    action_on_form,
    actions_to_print,
    communities_to_print,
    home_on_form,
    occupancy_on_form,
)
from hemu.record_papers.queries_reports import contacts_to_print, report_of

OF_A_HOME = ("F-06", "F-13", "F-14", "F-15", "F-16", "F-22", "F-23", "F-24", "F-26", "F-27", "F-28")
"""Headed with who and where; what is found, agreed and signed is written by hand."""
IN_WORD = frozenset({"F-14", "F-15", "F-27"})


def _of_home(code: str, *, whole: bool = False) -> FormSource:
    word = partial(write_record, code, home_on_form) if code in IN_WORD else None
    return FormSource(
        code, partial(print_record, code, home_on_form), word=word, newest=_none, by_room=True, whole=whole
    )


def _none(actor: Actor) -> list[tuple[str, str]]:
    """Return nothing to choose from: homes are asked for by their room."""
    return []


FORMS = (
    *(_of_home(code) for code in OF_A_HOME),
    _of_home("F-25", whole=True),
    FormSource("F-32", partial(print_record, "F-32", occupancy_on_form), newest=communities_to_print),
    FormSource("F-33", report_of, newest=contacts_to_print),
    FormSource(
        "F-37",
        partial(print_record, "F-37", action_on_form),
        word=partial(write_record, "F-37", action_on_form),
        newest=actions_to_print,
    ),
)
