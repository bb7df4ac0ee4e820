"""What the file prints: the contents of a home's file, the record of a disposal."""

from collections.abc import Sequence
from datetime import datetime

from hemu.access.actors import Actor
from hemu.access.operations import log_read
from hemu.estate.models import Company, Home
from hemu.filing.models import Disposal, Item
from hemu.filing.queries_homes import PIECES_SAID, HomeFile
from hemu.infra.moments import OFFICE_ZONE
from hemu.papers.rules import GAP, Paper, Register, label, row, sign, value, words
from hemu.papers.typesetting import typeset

CLASS_NAMES = {
    "committee": "业委会往来",
    "owner": "业主档案",
    "notices": "通知通告",
    "correspondence": "往来函件",
    "minutes": "会议纪要",
    "reports": "报告计划",
    "forms": "单据",
    "bills": "费用单",
    "cases": "签字单据",
    "office": "其他",
    "disposals": "销毁清册",
}
FOREVER = "永久"


def print_home_file(home: Home, found: HomeFile, *, by: Actor | None, now: datetime) -> bytes:
    """Return the contents of a home's file as PDF, what is missing below them; who printed it is in the read log."""
    missing = "、".join(PIECES_SAID[each] for each in found.missing) or "齐全"
    rows = tuple(
        (
            str(at),
            item.number,
            item.title + ("（已销毁）" if item.disposed_at else ""),
            item.dated.isoformat(),
            str(len(item.files.all())),
            _until(item),
        )
        for at, item in enumerate(found.items, start=1)
    )
    paper = Paper(
        "业主档案资料目录",
        "HO-07",
        _company(),
        marks=(("小区", home.community.name), ("房号", home.written), ("件数", str(len(found.items)))),
        rows=(row(label("还缺", 3), words(missing, 21), height=12),),
        register=Register(
            (
                ("序号", 0.07),
                ("档号", 0.24),
                ("资料名称", 0.37),
                ("日期", 0.13),
                ("文件", 0.07),
                ("保存至", 0.12),
            ),
            rows,
            empty_count=max(0, 12 - len(rows)),
        ),
    )
    made = typeset([paper], at=now, by=by.name if by else "")
    if by:
        log_read(by=by, subject=f"home:{home.id.hex}", what="print", now=now)
    return made


def disposal_record(disposal: Disposal, items: Sequence[Item], *, by: Actor, at: datetime) -> bytes:
    """Return the record of what is destroyed: each item, who proposed it and why, who decided."""
    community = disposal.community
    rows = tuple(
        (
            str(place),
            item.number,
            item.title,
            CLASS_NAMES[item.file_class],
            item.dated.isoformat(),
            _until(item),
        )
        for place, item in enumerate(items, start=1)
    )
    paper = Paper(
        "档案销毁清册",
        "OC-14",
        _company(),
        marks=(
            ("管理处", disposal.office.name),
            ("小区", community.name if community else ""),
            ("件数", str(disposal.count)),
        ),
        rows=(
            row(label("销毁理由", 4), words(disposal.reason, 20), height=14),
            row(label("提出人", 4), value(f"{disposal.proposed_by.name}  {_day(disposal.proposed_at)}"),
                label("批准人", 4), value(f"{by.name}  {_day(at)}")),
            GAP,
            row(sign("监销人签字"), sign("批准人签字")),
        ),
        register=Register(
            (("序号", 0.07), ("档号", 0.25), ("名称", 0.32), ("类别", 0.12), ("日期", 0.12), ("保存至", 0.12)), rows
        ),
        register_at=1,
        after=("保存期已满，没有人要求留存。文件已经删除，本清册和每件的摘要永久保存。",),
    )  # fmt: skip
    return typeset([paper], at=at, by=by.name)


def _until(item: Item) -> str:
    return item.keep_until.isoformat() if item.keep_until else FOREVER


def _company() -> str:
    return Company.objects.values_list("name", flat=True).first() or ""


def _day(moment: datetime) -> str:
    return moment.astimezone(OFFICE_ZONE).date().isoformat()
