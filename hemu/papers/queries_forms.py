"""Every form of the register in one list: who prints it, blank or from a record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from hemu.access.actors import Actor
from hemu.estate.models import Community, Company
from hemu.foundation.errors import RuleViolation
from hemu.papers.letters import blank_in_word
from hemu.papers.rules import Paper
from hemu.papers.rules_forms import FORMS, blank_form, lines_of
from hemu.papers.typesetting import typeset
from hemu.sop.register import Form, load_register


@dataclass(frozen=True)
class FormSource:
    """A form that a room prints itself; the room declares it in its `reactions.py` under ``FORMS``.

    Attributes:
        code: its number in the register.
        blank: the form to write on, headed with the names of a community where one is given.
        record: the form as PDF of one record, by the number under which people know it; for somebody, or (None) for
            a command on the machine itself.
    """

    code: str
    blank: Callable[[Community | None], Paper]
    record: Callable[[str, Actor | None, datetime], bytes]


def all_forms() -> list[Form]:
    """Return the forms of the register in its order."""
    return list(load_register().forms.values())


def form_by(text: str) -> Form:
    """Return a form by its number or one of its names.

    Raises:
        RuleViolation: ``form.unknown`` (form).
    """
    plain = text.strip().strip("《》")
    for form in all_forms():
        if plain.upper() == form.id or plain in (form.name, *form.also):
            return form
    raise RuleViolation("form.unknown", form=text[:40])


def has_records(form: Form) -> bool:
    """Tell whether a room prints this form from what it keeps."""
    return form.id in _sources()


def in_word(form: Form) -> bool:
    """Tell whether staff write this form in Word."""
    return form.id in FORMS and FORMS[form.id].editable


def blank_pdf(form: Form, *, community: Community | None, at: datetime) -> bytes:
    """Return a form to write on, as PDF."""
    if form.id in _sources():
        return typeset([_sources()[form.id].blank(community)], at=at)
    paper = blank_form(
        FORMS[form.id], code=form.id, title=form.name, company=_company(), marks=_marks(community)
    )
    return typeset([paper], at=at)


def blank_docx(form: Form, *, community: Community | None) -> bytes:
    """Return a form to write in Word.

    Raises:
        RuleViolation: ``form.not_in_word`` (form).
    """
    if not in_word(form):
        raise RuleViolation("form.not_in_word", form=form.name)
    above = "　".join(f"{word}：{text}" for word, text in _marks(community))
    return blank_in_word(title=form.name, above=above, lines=lines_of(FORMS[form.id]))


def record_pdf(form: Form, record: str, *, by: Actor | None, now: datetime) -> bytes:
    """Return a form as PDF, filled from one record.

    Args:
        record: the number under which people know it.
        by: for whom; None on the machine itself.

    Raises:
        RuleViolation: ``form.no_records`` (form), and what the room says that keeps them.
    """
    if form.id not in _sources():
        raise RuleViolation("form.no_records", form=form.name)
    return _sources()[form.id].record(record, by, now)


@cache
def _sources() -> dict[str, FormSource]:
    found: list[FormSource] = []
    for room in apps.get_app_configs():
        if room.name.startswith("hemu.") and find_spec(f"{room.name}.reactions"):
            found.extend(getattr(import_module(f"{room.name}.reactions"), "FORMS", ()))
    return {each.code: each for each in found}


def _company() -> str:
    return Company.objects.values_list("name", flat=True).first() or ""


def _marks(community: Community | None) -> tuple[tuple[str, str], ...]:
    office, name = (community.office.name, community.name) if community else ("", "")
    return (("管理处", office), ("小区", name), ("编号", ""))
