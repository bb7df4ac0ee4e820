"""《来电来访记录表》 and the 《业主投诉登记表》 of a time: registers of many rows (RQ-01, RQ-02)."""

from collections.abc import Sequence

from hemu.papers.rules import Paper, Register, breakable
from hemu.request_papers.forms.case import CaseOnPaper, House

CONTACTS = (
    ("序号", 1.1),
    ("编号", 3.9),
    ("时间", 2.9),
    ("方式", 1.5),
    ("房号", 2.2),
    ("姓名", 2.2),
    ("联系电话", 2.9),
    ("反映内容摘要", 7.6),
    ("转告部门", 2.5),
    ("处理结果", 5.2),
    ("记录人", 2.1),
)
COMPLAINTS = (
    ("序号", 1.1),
    ("编号", 3.9),
    ("时间", 2.9),
    ("业主房号", 2.2),
    ("姓名", 2.2),
    ("联系电话", 2.9),
    ("投诉方式", 1.9),
    ("反映内容摘要", 8.2),
    ("处理结果", 6.4),
    ("回访", 2.2),
)
BLANK_ROWS = 14
SUMMARY = 120
"""Characters of a summary; the whole stands in the case."""


def contacts(house: House, period: str, cases: Sequence[CaseOnPaper]) -> Paper:
    """Return the 来电来访记录表 of a time; without cases one to write in."""
    rows = tuple(
        (
            str(place),
            case.number,
            _when(case),
            case.channel,
            breakable(case.room),
            case.caller,
            case.phone,
            _summary(case.text),
            _both(case.department, case.handler),
            _summary(case.told or case.result) or case.outcome,
            case.received_by,
        )
        for place, case in enumerate(cases, start=1)
    )
    return _register("来电来访记录表", "F-04", house, period, CONTACTS, rows)


def complaints(house: House, period: str, cases: Sequence[CaseOnPaper]) -> Paper:
    """Return the 业主投诉登记表 of a time; without cases one to write in."""
    rows = tuple(
        (
            str(place),
            case.number,
            _when(case),
            breakable(case.room),
            case.caller,
            case.phone,
            case.channel,
            _summary(case.text),
            _summary(case.told or case.result) or case.outcome,
            "",
        )
        for place, case in enumerate(cases, start=1)
    )
    return _register("业主投诉登记表", "F-11", house, period, COMPLAINTS, rows)


def _register(
    title: str,
    code: str,
    house: House,
    period: str,
    columns: tuple[tuple[str, float], ...],
    rows: tuple[tuple[str, ...], ...],
) -> Paper:
    return Paper(
        title,
        code,
        house.company,
        marks=(("管理处", house.office), ("小区", house.community), ("日期", period)),
        register=Register(columns, rows, 0 if rows else BLANK_ROWS, 9.2),
        after=(_foot(len(rows)),),
        landscape=True,
    )


def _foot(count: int) -> str:
    counted = f"共 {count} 件。" if count else ""
    return f"{counted}公司内部事务记在工作记录上；部门转告的，注明部门。补录的，时间栏写来电来访的时间，并注明录入日期。"


def _when(case: CaseOnPaper) -> str:
    return f"{case.happened}\n补录 {case.entered}" if case.entered else case.happened


def _both(first: str, second: str) -> str:
    return "\n".join(filter(None, (first, second)))


def _summary(text: str) -> str:
    text = " ".join(text.split())
    return breakable(text if len(text) <= SUMMARY else f"{text[:SUMMARY]}……")
