"""Printing a form from a record, for PDF and Word; who printed what is in the read log."""

from collections.abc import Callable
from datetime import datetime

from hemu.access.actors import Actor
from hemu.access.operations import log_read
from hemu.papers.queries_forms import filled_docx, filled_paper
from hemu.papers.typesetting import typeset
from hemu.record_papers.queries import Filling

Fill = Callable[[str, Actor | None, datetime], Filling]


def print_record(code: str, fill: Fill, record: str, by: Actor | None, now: datetime) -> bytes:
    """Return a form of the register as PDF, with what a record says; refusals are those of ``fill``."""
    found = fill(record, by, now)
    paper = filled_paper(code, found.community, found.said, found.number)
    made = typeset([paper], at=now, by=by.name if by else "")
    _note(found, by, now)
    return made


def write_record(code: str, fill: Fill, record: str, by: Actor | None, now: datetime) -> bytes:
    """Return the same to go on with in Word."""
    found = fill(record, by, now)
    made = filled_docx(code, found.community, found.said, found.number)
    _note(found, by, now)
    return made


def _note(found: Filling, by: Actor | None, now: datetime) -> None:
    if by:
        log_read(by=by, subject=found.subject[:80], what="print", now=now)
