"""The reply letter of a case, and the template that an office keeps of its own."""

import hashlib
from datetime import datetime

from hemu.access.actors import Actor
from hemu.access.operations import log_read
from hemu.estate.models import Office
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.papers.letters import check_template, write_letter
from hemu.request_papers.forms.letter import FIELDS, NEEDED, fields, house_letter
from hemu.request_papers.models import LetterTemplate
from hemu.request_papers.queries import cases_on_paper, house_of, promises_of
from hemu.service_requests.models import Request


def letter_template_of(office: Office) -> bytes:
    """Return the office's own letter, or the house's where it keeps none."""
    kept = LetterTemplate.objects.filter(office=office).first()
    return bytes(kept.content) if kept else house_letter()


def write_reply(request: Request, *, by: Actor | None, now: datetime) -> bytes:
    """Return the reply letter of a case as a Word file: what was asked, what was answered, what is promised (RQ-05).

    Raises:
        RuleViolation: ``letter.not_answered``.
    """
    [case] = cases_on_paper([request], phones=False)
    if not case.told:
        raise RuleViolation("letter.not_answered", number=request.number)
    said = fields(
        house_of(request.community),
        case,
        promised=promises_of(request, now=now),
        day=office_day(now),
    )
    made = write_letter(letter_template_of(request.community.office), said)
    if by:
        log_read(by=by, subject=request.subject, what="letter", now=now)
    return made


@operation
def keep_letter_template(*, office: Office, content: bytes, by: Actor, act: Act) -> LetterTemplate:
    """Keep a Word file as the office's own letter.

    Raises:
        RuleViolation: ``access.denied``, and those of `check_template`.
    """
    by.require("paper.template", office.id)
    check_template(content, known=FIELDS, needed=NEEDED)
    digest = hashlib.sha256(content).hexdigest()
    kept, _created = LetterTemplate.objects.update_or_create(
        office=office,
        defaults={"content": content, "digest": digest, "kept_at": act.at, "kept_by_id": by.staff_id},
    )
    _append("letter.template_kept", office, digest, act)
    return kept


@operation
def use_house_letter(*, office: Office, by: Actor, act: Act) -> None:
    """Go back to the letter of the house; nothing happens where it is used already.

    Raises:
        RuleViolation: ``access.denied``.
    """
    by.require("paper.template", office.id)
    kept = LetterTemplate.objects.select_for_update().filter(office=office).first()
    if kept:
        kept.delete()
        _append("letter.template_dropped", office, kept.digest, act)


def _append(kind: str, office: Office, digest: str, act: Act) -> None:
    append(book=office.book_id, kind=kind, subject=f"office:{office.id}", act=act, facts={"digest": digest})
