"""A published report as a spreadsheet: the figures as they were frozen, what was written, who published it."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.utils import translation

from hemu.access.actors import Actor
from hemu.access.operations import log_read
from hemu.estate.models import Community
from hemu.estate.queries import staff_names
from hemu.infra.spreadsheet import Cell, write_table
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.reports.operations_printing import CHINESE, worst_of
from hemu.reports.queries_figures import groups_of, warnings_of
from hemu.reports.rules import Report
from hemu.reports.wording import ASKED, TITLES

COLUMNS = (("栏目", 24), ("内容", 48), ("数", 10), ("上月", 10))


def export_report(
    report: Report, community: Community, entry: Entry, *, by: Actor | None, now: datetime
) -> bytes:
    """Return a published report as xlsx; who took it along is in the read log.

    Args:
        by: who exports; cases kept from this person are not named. None: a command on the machine itself.
    """
    target = BytesIO()
    with translation.override(CHINESE):
        rows = [*_head(report, community, entry), *_figures(report, entry), *_said(report, entry, by)]
        write_table(target, title=str(TITLES[report.kind]), columns=COLUMNS, rows=rows)
    if by:
        log_read(by=by, subject=entry.subject[:80], what="export", now=now)
    return target.getvalue()


def _head(report: Report, community: Community, entry: Entry) -> Iterator[list[Cell]]:
    staff = UUID(entry.actor[6:])
    yield ["报告", str(TITLES[report.kind])]
    yield ["管理处", community.office.name]
    yield ["小区", community.name]
    yield ["期间", entry.facts["period"]]
    yield ["发布人", staff_names({staff}).get(staff, "")]
    yield ["发布时间", entry.at]


def _figures(report: Report, entry: Entry) -> Iterator[list[Cell]]:
    for group in groups_of(report, entry.facts["figures"]):
        for line in group.lines:
            yield [group.title or "数字", line.words, line.count, line.before]


def _said(report: Report, entry: Entry, by: Actor | None) -> Iterator[list[Cell]]:
    figures, said = entry.facts["figures"], words_of(entry)
    if warnings := warnings_of(figures):
        yield ["上升较快，需预警", "、".join(warnings)]
    for name in report.asks:
        yield [str(ASKED[report.kind][name]), str(said.get(name, ""))]
    if worst := worst_of(figures, by):
        yield ["最突出的几件" if "worst" in figures else "没有按时办完的", worst]
