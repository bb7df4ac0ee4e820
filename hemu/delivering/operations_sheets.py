"""Setting an issued notice large for the board or small for the letter box, and giving it as Word to edit; nothing is written."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from hemu.foundation.errors import RuleViolation
from hemu.notices.models import Notice
from hemu.papers.letters import plain_letter
from hemu.papers.queries import layout_for, version_of
from hemu.papers.queries_sheets import shown_code
from hemu.papers.rules import chinese_date
from hemu.papers.rules_official import paragraphs_of
from hemu.papers.typesetting import qr_code, typeset_with

SIZES = ("A3", "A4", "A5")
TEMPLATE = Path(__file__).parent / "templates" / "delivering" / "sheet.typ"
SCAN = "扫一扫，看全文，可以放大，可以听。"
CODE = "没有手机的，把这个码告诉前台或家人："
ASK = "凭码就能看到全文和真伪，不用登录。"


def printed(notice: Notice, *, size: str, at: datetime) -> bytes:
    """Return an issued notice as PDF: A3 or A4 for the board, A5 for the letter box, with the code that opens its text.

    Raises:
        RuleViolation: ``delivery.unknown_size``, ``delivery.not_out`` (it has no number and no code yet).
    """
    paper = notice.document
    if size not in SIZES:
        raise RuleViolation("delivery.unknown_size")
    if paper.state != "issued" or not paper.code:
        raise RuleViolation("delivery.not_out")
    content, old = version_of(paper).content, paper.replaces
    layout, code = layout_for(paper.office, on=paper.approved_on or notice.since), shown_code(paper.code)
    data = {
        "size": size,
        "head": layout.head or paper.office.name,
        "title": paper.title,
        "number": paper.number,
        "to": content["to"],
        "paragraphs": list(paragraphs_of(content["body"])),
        "signed": content["signed"] or paper.office.name,
        "day": chinese_date(paper.approved_on) if paper.approved_on else "",
        "replaces": f"本通知更正 {old.number}《{old.title}》，以本通知为准。"
        if old and old.number not in content["body"]
        else "",
        "qr": qr_code(f"{settings.PUBLIC_URL}{reverse('notice_by_code', args=[code])}"),
        "code": code,
        "scan": SCAN,
        "code-label": CODE,
        "ask": ASK,
    }
    return typeset_with(TEMPLATE, data, at=at)


def as_word(notice: Notice) -> bytes:
    """Return the words of a notice as a Word file, for staff to work on; what counts is the paper that is approved."""
    paper, content = notice.document, version_of(notice.document).content
    return plain_letter(
        title=paper.title,
        above=paper.number,
        greeting=f"{content['to']}：" if content["to"] else "",
        body=paragraphs_of(content["body"]),
        closing=(
            content["signed"] or paper.office.name,
            chinese_date(paper.approved_on) if paper.approved_on else "",
        ),
    )
