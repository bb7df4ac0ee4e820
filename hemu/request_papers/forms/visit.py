"""回访记录: what the owner said of attitude, time and result, by whoever did not do the work (RV-01 to RV-04)."""

from hemu.papers.rules import Paper, choice, label, row, sign, value, words
from hemu.request_papers.forms.case import House, VisitOnPaper

KINDS = ("维修回访", "投诉回访", "特约服务回访", "其他回访")
WAYS = ("电话", "上门", "来访", "群聊")


def visit(house: House, visit: VisitOnPaper) -> Paper:
    """Return the 回访记录 of one return visit."""
    case = visit.case
    tried = "；".join(visit.tried)
    rows = (
        row(
            label("房号"),
            value(case.room),
            label("姓名、电话"),
            value("　".join(filter(None, (case.caller, case.phone)))),
        ),
        row(label("回访类别"), choice(KINDS, visit.kind)),
        row(label("反映事项"), words(case.text, lines=3), height=26),
        row(label("处理情况"), words(case.result, lines=3), height=26),
        row(label("处理人"), value(case.handler), label("办完时间"), value(case.resolved)),
        row(label("回访方式"), choice(WAYS, visit.way, 10), label("回访时间"), value(visit.done, 6)),
        row(label("未联系上"), value(tried, 20)),
        row(
            label("服务态度"),
            choice(("好", "一般", "差"), visit.attitude, 8),
            label("解决时间"),
            choice(("及时", "不及时"), visit.timely, 8),
        ),
        row(label("业主评价"), choice(("满意", "部分解决", "不满意"), visit.result)),
        row(label("业主的话"), words(visit.told, lines=4), height=34),
        row(
            label("不能当即\n答复的"),
            words(visit.question, span=10, lines=2),
            label("约定答复"),
            value(visit.promised, 6),
            height=17,
        ),
        row(label("答复内容"), words(visit.answered, lines=2), height=17),
        row(sign(f"回访人　{visit.done_by}".rstrip()), sign("客户服务主管"), height=22),
    )
    return Paper(
        "回访记录",
        "F-36",
        house.company,
        marks=(("管理处", house.office), ("小区", house.community), ("编号", visit.number)),
        rows=rows,
        after=(
            "一、由没有经手这件事的人回访；经手人自己回访的，注明“非独立”。" + visit.independent,
            "二、当即答不了的，约定时间按时答复；不满意的，马上转回去办。",
        ),
        digest=case.digest,
        link=case.link,
    )
