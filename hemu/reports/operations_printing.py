"""A published report as a paper: the figures as they were frozen, what was written, who published it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from hemu.access.actors import Actor
from hemu.access.operations import log_read
from hemu.estate.models import Community, Company
from hemu.estate.queries import staff_names
from hemu.infra.moments import OFFICE_ZONE
from hemu.ledger.models import Entry, Seal
from hemu.ledger.queries import last_seal, words_of
from hemu.papers.rules import GAP, Paper, Row, label, row, value, words
from hemu.papers.typesetting import typeset
from hemu.reports.queries_figures import Group, Line, groups_of, warnings_of
from hemu.reports.rules import CONTACTS, Report
from hemu.reports.wording import ASKED, TITLES
from hemu.service_requests.queries import visible_to

CHINESE = "zh-hans"
FORM = "F-33"
"""《客户意见征询统计表》, the form of the monthly statistics."""


def print_report(
    report: Report, community: Community, entry: Entry, *, by: Actor | None, now: datetime
) -> bytes:
    """Return a published report as PDF; who printed it is in the read log.

    Args:
        by: who prints; cases kept from this person are not named. None: a command on the machine itself.
    """
    with translation.override(CHINESE):
        paper = _paper(report, community, entry, by)
    made = typeset([paper], at=now, by=by.name if by else "")
    if by:
        log_read(by=by, subject=entry.subject[:80], what="print", now=now)
    return made


def _paper(report: Report, community: Community, entry: Entry, by: Actor | None) -> Paper:
    figures, said = entry.facts["figures"], words_of(entry)
    rows = [each for group in groups_of(report, figures) for each in _rows(group)]
    rows += [GAP, *(_said(str(ASKED[report.kind][name]), str(said.get(name, ""))) for name in report.asks)]
    if warnings := warnings_of(figures):
        rows.insert(-len(report.asks), _said("上升较快，需预警", "、".join(warnings)))
    if worst := worst_of(figures, by):
        rows.append(_said("最突出的几件" if "worst" in figures else "没有按时办完的", worst))
    staff = UUID(entry.actor[6:])
    marks = (("管理处", community.office.name), ("小区", community.name), ("期间", entry.facts["period"]))
    published = entry.at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")
    company, seal = Company.objects.first(), last_seal()
    return Paper(
        str(TITLES[report.kind]),
        FORM if report.clause == CONTACTS else report.clause,
        company.name if company else "",
        marks=marks,
        rows=tuple(rows),
        after=(
            f"{staff_names({staff}).get(staff, '')} {published} 发布。数字自发布时起不再改动。",
            *_code_said(seal),
        ),
        digest=entry.digest,
        link=_link(community, seal) if seal else "",
    )


def _code_said(seal: Seal | None) -> tuple[str, ...]:
    """Return the public code of the newest seal in words: with it on paper anybody can check the book later."""
    if seal is None:
        return ()
    sealed = seal.sealed_at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")
    return (f"台账封存码 {seal.code}，{sealed} 封存。留着这张纸，以后谁改过这以前的台账都看得出来。",)


def _link(community: Community, seal: Seal) -> str:
    """Return what the QR code says: where the code is checked, or the code alone where nobody said our address."""
    path = reverse("book_community", args=[community.code])
    return f"{settings.PUBLIC_URL}{path}?code={seal.code}" if settings.PUBLIC_URL else seal.code


def _rows(group: Group) -> list[Row]:
    """Return a group's lines, two in a row; its title on a row of its own."""
    head = [row(label(group.title, 24), height=8)] if group.title else []
    pairs = [group.lines[at : at + 2] for at in range(0, len(group.lines), 2)]
    return head + [
        row(*(cell for line in (*pair, None)[:2] for cell in _cells(line)), height=8) for pair in pairs
    ]


def _cells(line: Line | None) -> tuple[Any, ...]:
    if line is None:
        return label("", 7), value("", 5)
    than = f"（上月 {line.before}）" if line.before is not None else ""
    return label(line.words, 7), value(f"{line.count}{than}", 5)


def _said(title: str, text: str) -> Row:
    return row(label(title, 5), words(text, 19), height=18)


def worst_of(figures: dict[str, Any], by: Actor | None) -> str:
    """Return the numbers of the cases a report names, without those kept from this person."""
    numbers = figures.get("worst") or figures.get("late_cases") or []
    if by is None:
        return "、".join(numbers)
    seen = set(visible_to(by).filter(number__in=numbers).values_list("number", flat=True))
    return "、".join(each for each in numbers if each in seen)
