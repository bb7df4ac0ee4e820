"""What is filed by itself as its work ends: an entry of a room below, and what of that work goes to the file.

A room above this one files by `operations.file_item` in a reaction of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import translation

from hemu.attachments.models import KeptFile
from hemu.attachments.queries import named_in
from hemu.estate.models import Community, Home, Office
from hemu.filing.models import Item, ItemFile
from hemu.filing.rules import CLASSES, LONGEST_TITLE
from hemu.infra.moments import office_day
from hemu.ledger.models import Entry
from hemu.notices.models import Notice
from hemu.papers.models import Document
from hemu.papers.queries import kinds
from hemu.reports.rules import PLAN_KIND
from hemu.reports.wording import TITLES
from hemu.service_requests.models import Request

CHINESE = "zh-hans"
COMMITTEE = ("业主委员会", "业委会")
"""A letter that greets these is one of those that are kept for good (OC-14)."""
SHOWN_ON = ("notice.posted", "notice.posted_further", "notice.taken_down", "notice.withdrawn")
HANGS = {"board", "door", "letter_box", "screen"}
"""Channels that are posted with a photo, and taken down."""
SIGNED = ("signature", "paper")


@dataclass(frozen=True)
class ToFile:
    """What goes to the file.

    Attributes:
        community: None: it is the office's own.
        files: in the order in which they are shown; none where the entry itself is what is kept.
        dated: the day that the paper bears.
        piece: which paper of a home's file it is (`rules.PIECES`).
    """

    office: Office
    community: Community | None
    file_class: str
    title: str
    dated: date
    files: Sequence[KeptFile] = ()
    home: Home | None = None
    paper_number: str = ""
    piece: str = ""


def of_paper(entry: Entry) -> ToFile | None:
    """Return an issued paper; a notice that hangs somewhere waits until it has been taken down."""
    document = _document(entry.subject)
    if hasattr(document, "notice") and HANGS & set(_content(document)["channels"]):
        return None
    return _paper(document, entry)


def of_void_paper(entry: Entry) -> ToFile | None:
    """Return a paper made void after it was issued, where it is not in the file yet: a notice that never hung."""
    document = _document(entry.subject)
    if not hasattr(document, "seal_use") or Item.objects.filter(subject=document.subject).exists():
        return None
    if hasattr(document, "notice") and document.notice.posted_at:
        return None  # it is filed when it has been taken down
    return _paper(document, entry)


def _document(subject: str) -> Document:
    rows = Document.objects.select_related("office", "community__office", "notice", "seal_use")
    return rows.get(id=UUID(subject.partition(":")[2]))


def _content(document: Document) -> Mapping[str, Any]:
    said: Mapping[str, Any] = document.versions.get(number=document.version).content
    return said


def _paper(document: Document, entry: Entry) -> ToFile:
    file_class = kinds()[document.kind].file_class
    if document.kind == "letter" and any(name in _content(document)["to"] for name in COMMITTEE):
        file_class = "committee"
    case = document.case_number
    home = Home.objects.filter(requests__number=case).first() if case else None
    return ToFile(
        office=document.office,
        community=document.community,
        file_class=file_class if file_class in CLASSES else "office",
        title=document.title,
        dated=office_day(entry.at),
        files=list(KeptFile.objects.filter(subject=document.subject).order_by("id")),
        home=home,
        paper_number=document.number,
    )


def of_notice(entry: Entry) -> ToFile | None:
    """Return a notice taken down at its last place: the sealed paper and the photos of where it hung (NT-03)."""
    paper = str(entry.facts["paper"])
    notice = Notice.objects.select_related("document", "community__office").get(document=UUID(paper))
    shown = Entry.objects.filter(subject=entry.subject, kind__in=SHOWN_ON).values_list("facts", flat=True)
    photos = [each for facts in shown if facts.get("paper") == paper for each in named_in(facts)]
    document = notice.document
    files = KeptFile.objects.filter(Q(subject=document.subject) | Q(id__in=photos)).order_by("id")
    files = files.exclude(id__in=ItemFile.objects.filter(item__subject=document.subject).values("file"))
    return ToFile(
        office=notice.community.office,
        community=notice.community,
        file_class="notices",
        title=document.title,
        dated=office_day(entry.at),
        files=list(files),
        paper_number=document.number,
    )


def of_case(entry: Entry) -> ToFile | None:
    """Return what was signed of a case that is not in the file yet: signatures and papers. Mostly one statement."""
    signed = KeptFile.objects.filter(subject=entry.subject, use__in=SIGNED).order_by("id")
    if not (files := list(signed)):
        return None
    filed = set(ItemFile.objects.filter(file__in=files).values_list("file", flat=True))
    if not (files := [each for each in files if each.id not in filed]):
        return None
    number = entry.subject.partition(":")[2]
    case = Request.objects.select_related("community__office", "home").get(number=number)
    return ToFile(
        office=case.community.office,
        community=case.community,
        file_class="cases",
        title=f"诉求 {number} 签字单据",
        dated=office_day(entry.at),
        files=files,
        home=case.home,
        paper_number=number,
    )


def of_report(entry: Entry) -> ToFile | None:
    """Return a published report or an approved plan: its figures are frozen in the entry, which is what is kept."""
    community = Community.objects.select_related("office").get(book=entry.book_id)
    kind, period = str(entry.facts["kind"]), entry.facts["period"]
    with translation.override(CHINESE):
        name = "年度回访计划" if kind == PLAN_KIND else str(TITLES[kind])
    return ToFile(
        office=community.office,
        community=community,
        file_class="reports",
        title=f"{period} {name}"[:LONGEST_TITLE],
        dated=office_day(entry.at),
    )


SOURCES: Mapping[str, Callable[[Entry], ToFile | None]] = {
    "paper.issued": of_paper,
    "paper.voided": of_void_paper,
    "notice.withdrawn": of_notice,
    "request.closed": of_case,
    "return_visit.done": of_case,
    "report.published": of_report,
    "plan.approved": of_report,
}
