"""The sheet a month or a quarter for the committee: what was owed, what was done when, the code to keep."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from hemu.committee_desk.queries import Owed, Sheet
from hemu.committee_desk.rules import Span, Standing
from hemu.committee_desk.wording import STANDINGS
from hemu.estate.models import Community, Company
from hemu.infra.moments import OFFICE_ZONE
from hemu.ledger.queries import last_seal
from hemu.papers.rules import Paper, Register, chinese_date
from hemu.papers.typesetting import typeset

CHINESE = "zh-hans"
_COLUMNS = (("条款", 0.1), ("应当办的事", 0.5), ("期限", 0.16), ("办结", 0.16), ("情况", 0.08))


def print_sheet(sheet: Sheet, community: Community, *, now: datetime, by: str = "") -> bytes:
    """Return a sheet as PDF, with the code of the newest seal and the address where anybody checks it.

    Args:
        by: who prints, at the foot; a member prints without a name.
    """
    with translation.override(CHINESE):
        return typeset([_paper(sheet, community, now)], at=now, by=by)


def _paper(sheet: Sheet, community: Community, now: datetime) -> Paper:
    seal = last_seal()
    link = f"{settings.PUBLIC_URL}{reverse('book_community', args=[community.code])}" if seal else ""
    return Paper(
        title="向业主委员会应办事项清单",
        code="",
        company=Company.objects.values_list("name", flat=True).first() or community.office.name,
        marks=(("小区", community.name), ("期间", span_words(sheet.span)), ("打印", chinese_date(now.astimezone(OFFICE_ZONE).date()))),
        register=Register(_COLUMNS, tuple(_row(each) for each in sheet.rows)),
        before=(_summary(sheet),),
        after=(_code(seal.code if seal else ""),),
        link=f"{link}?code={seal.code}" if seal and link else "",
    )  # fmt: skip


def span_words(span: Span) -> str:
    """Return a month or a quarter as papers write it."""
    if span.is_quarter:
        return f"{span.first.year} 年第 {span.key[-1]} 季度"
    return f"{span.first.year} 年 {span.first.month} 月"


def _summary(sheet: Sheet) -> str:
    if not sheet.rows:
        return "这一期没有到期的事项。"
    in_time, late = sheet.count(Standing.IN_TIME), sheet.count(Standing.LATE)
    missing, ahead = sheet.count(Standing.MISSING), sheet.count(Standing.AHEAD)
    return f"共 {len(sheet.rows)} 项：按时办结 {in_time} 项，逾期办结 {late} 项，逾期未办 {missing} 项，未到期 {ahead} 项。"


def _row(owed: Owed) -> tuple[str, ...]:
    return (
        owed.clause,
        f"{owed.about}：{owed.title}" if owed.about else owed.title,
        _moment(owed.due_at),
        _moment(owed.done_at),
        str(STANDINGS[owed.standing].word),
    )


def _moment(at: datetime | None) -> str:
    return at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M") if at else "—"


def _code(code: str) -> str:
    if not code:
        return "台账还没有封存过，这一期没有封存码。"
    return f"整本台账的封存码：{code}。请留好这张纸：有了它，任何人都能核对这以前的记录改过没有。"
