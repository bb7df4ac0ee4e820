"""Gathering what a notice or a letter says on its page, as it stands now."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from hemu.attachments.models import KeptFile
from hemu.attachments.queries import bytes_of
from hemu.estate.models import Company
from hemu.estate.wording import ROLES
from hemu.infra.moments import OFFICE_ZONE
from hemu.papers.models import Decision, Document, Version
from hemu.papers.queries import layout_for
from hemu.papers.rules_documents import APPROVE, State
from hemu.papers.rules_official import Mark, Official, day_of, paragraphs_of, span_of
from hemu.papers.wording import ACTS

STANDS = {State.APPROVED: "", State.VOID: "作废", State.ISSUED: ""}
"""What stands across the page; an approved paper is printed to be sealed by hand, so its foot alone says what it lacks."""
GROUP = 4


def official_of(
    document: Document,
    version: Version,
    *,
    mark: Mark | None = None,
    scans: Sequence[KeptFile] = (),
    in_force: bool = False,
    company: str | None = None,
) -> Official:
    """Return a paper as it is set.

    Args:
        mark: the approval mark, where it is issued with one.
        scans: of the sealed paper, where it is issued with them: pictures are added behind it, of every file its
            digest stands on it.
        company: its name, where whoever asks has read it already.
        in_force: it is being issued: no word across the page says that it does not count yet.
    """
    content = version.content
    layout = layout_for(document.office, on=document.approved_on or version.made_at.date())
    if company is None:
        company = company_name()
    return Official(
        head=layout.head or document.office.name,
        number=document.number,
        title=content["title"],
        to=content["to"],
        paragraphs=paragraphs_of(content["body"]),
        table=tuple(tuple(row) for row in content.get("table", ())),
        signed=(content["signed"],)
        if content["signed"]
        else tuple(filter(None, (company, document.office.name))),
        day=day_of(document.approved_on) if document.approved_on else "",
        stands="" if in_force else STANDS.get(State(document.state), "草稿"),
        span=span_of(content) if in_force else "",
        mark=mark,
        scans=tuple(each.digest for each in scans),
        sheets=tuple(filter(None, map(_picture_of, scans))),
        code=document.code or "",
        layout=layout,
    )


def company_name() -> str:
    """Return the name of the company; empty where nobody said it yet."""
    return Company.objects.values_list("name", flat=True).first() or ""


def _picture_of(scan: KeptFile) -> bytes | None:
    """Return the copy of a scan that was made for showing, which holds nothing but pixels; None of what is no picture."""
    return bytes_of(scan.shown_name) if scan.kind == "picture" else None


def foot_of(document: Document, version: Version, *, in_force: bool = False) -> str:
    """Return what stands at the foot of each page: whose paper, which version of its words, where it is checked."""
    said = [document.office.name, f"第 {version.number} 稿", f"内容摘要 {version.digest[:16]}"]
    if document.code:
        said.append(f"核对码 {shown_code(document.code)}")
    if document.state == State.APPROVED and not in_force:
        said.append("盖章后生效")
    return "　".join(said)


def mark_of(document: Document, version: Version, decisions: Sequence[Decision]) -> Mark:
    """Return the approval mark of an approved paper: who approved, in what post and when, and where to check it."""
    code = shown_code(document.code or "")
    with translation.override("zh-hans"):
        lines = tuple(_decided(each) for each in decisions if each.act == APPROVE)
    return Mark(lines, span_of(version.content), check_link(code), code)


def _decided(decision: Decision) -> str:
    at = decision.at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M") if decision.at else ""
    said = [str(ACTS[decision.act]), str(ROLES[decision.role]), decision.by.name if decision.by else "", at]
    if decision.second_factor:
        said.append("经动态码确认")
    if decision.independent is False:
        said.append("非独立")
    return "　".join(said)


def check_link(code: str) -> str:
    """Return the address of the page on which anybody checks a paper; only its path where no address is known."""
    return f"{settings.PUBLIC_URL}{reverse('paper_check', args=[code])}"


def shown_code(code: str) -> str:
    """Return a code in groups of four, as people read it."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))
