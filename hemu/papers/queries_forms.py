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
from hemu.papers.letters import form_in_word
from hemu.papers.rules import Paper
from hemu.papers.rules_forms import FORMS, NOTHING, Said, lines_of, spelt_paper
from hemu.papers.typesetting import typeset
from hemu.sop.register import Form, load_register


@dataclass(frozen=True)
class FormSource:
    """A form that a room prints from what it keeps; the room declares it in its `reactions.py` under ``FORMS``.

    Attributes:
        code: its number in the register.
        record: the form as PDF of one record, by the number under which people know it; for somebody, or (None) for
            a command on the machine itself.
        blank: the form to write on, headed with the names of a community where one is given; without it the spelt one.
        word: the record as a Word file, for forms that staff write there.
        newest: which records somebody may print, (number, words), newest first; None: the room has a page of its own.
        by_room: a record is a home, known by ``CODE room``.
        whole: all that the form asks for comes from the record; False: only who and where, the rest is written by hand.
    """

    code: str
    record: Callable[[str, Actor | None, datetime], bytes]
    blank: Callable[[Community | None], Paper] | None = None
    word: Callable[[str, Actor | None, datetime], bytes] | None = None
    newest: Callable[[Actor], list[tuple[str, str]]] | None = None
    by_room: bool = False
    whole: bool = True


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


def source_of(form: Form) -> FormSource | None:
    """Return how a form is printed from records; None where no room keeps any for it yet."""
    return _sources().get(form.id)


def records_of(form: Form) -> str:
    """Return what records fill: ``whole``, the ``head`` alone, or ``none`` where no room keeps any yet."""
    source = source_of(form)
    return "none" if source is None else "whole" if source.whole else "head"


def in_word(form: Form) -> bool:
    """Tell whether staff write this form in Word."""
    return form.id in FORMS and FORMS[form.id].editable


def blank_pdf(form: Form, *, community: Community | None, at: datetime) -> bytes:
    """Return a form to write on, as PDF."""
    source = source_of(form)
    paper = source.blank(community) if source and source.blank else filled_paper(form.id, community, NOTHING)
    return typeset([paper], at=at)


def filled_paper(code: str, community: Community | None, said: Said, number: str = "") -> Paper:
    """Return a spelt form with what a record says, headed with the names of its community."""
    form = load_register().forms[code]
    marks = _marks(community, number)
    return spelt_paper(FORMS[code], code=code, title=form.name, company=_company(), marks=marks, said=said)


def filled_docx(code: str, community: Community | None, said: Said, number: str = "") -> bytes:
    """Return the same to go on with in Word."""
    above = "　".join(f"{word}：{text}" for word, text in _marks(community, number))
    name = load_register().forms[code].name
    return form_in_word(title=name, above=above, lines=lines_of(FORMS[code]), said=said.fields)


def blank_docx(form: Form, *, community: Community | None) -> bytes:
    """Return a form to write in Word.

    Raises:
        RuleViolation: ``form.not_in_word`` (form).
    """
    if not in_word(form):
        raise RuleViolation("form.not_in_word", form=form.name)
    return filled_docx(form.id, community, NOTHING)


def record_pdf(form: Form, record: str, *, by: Actor | None, now: datetime) -> bytes:
    """Return a form as PDF, filled from one record.

    Args:
        record: the number under which people know it.
        by: for whom; None on the machine itself.

    Raises:
        RuleViolation: ``form.no_records`` (form), and what the room says that keeps them.
    """
    source = source_of(form)
    if source is None:
        raise RuleViolation("form.no_records", form=form.name)
    return source.record(record, by, now)


def record_docx(form: Form, record: str, *, by: Actor | None, now: datetime) -> bytes:
    """Return the same as a Word file.

    Raises:
        RuleViolation: as `record_pdf`, ``form.not_in_word`` (form).
    """
    source = source_of(form)
    if source is None:
        raise RuleViolation("form.no_records", form=form.name)
    if source.word is None:
        raise RuleViolation("form.not_in_word", form=form.name)
    return source.word(record, by, now)


@cache
def _sources() -> dict[str, FormSource]:
    found: list[FormSource] = []
    for room in apps.get_app_configs():
        if room.name.startswith("hemu.") and find_spec(f"{room.name}.reactions"):
            found.extend(getattr(import_module(f"{room.name}.reactions"), "FORMS", ()))
    return {each.code: each for each in found}


def _company() -> str:
    return Company.objects.values_list("name", flat=True).first() or ""


def _marks(community: Community | None, number: str = "") -> tuple[tuple[str, str], ...]:
    office, name = (community.office.name, community.name) if community else ("", "")
    return (("管理处", office), ("小区", name), ("编号", number))
