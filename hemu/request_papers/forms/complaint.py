"""《业主投诉登记表》 of one complaint and the 《业主投诉处理通知单》 that bears the same number (RQ-02)."""

from hemu.papers.rules import Paper, choice, label, row, sign, value, words
from hemu.request_papers.forms.case import CaseOnPaper, House

WAYS = ("来电", "来访", "信函", "邮件", "网络", "意见箱", "群聊", "其他")


def complaint(house: House, case: CaseOnPaper) -> Paper:
    """Return the 业主投诉登记表 of one complaint."""
    rows = (
        row(label("业主房号"), value(case.room), label("投诉时间"), value(_when(case))),
        row(label("姓名"), value(case.caller), label("联系电话"), value(case.phone)),
        row(label("投诉方式"), choice(WAYS, _one_of(case.channel))),
        row(label("反映内容\n摘要"), words(_said(case), lines=6), height=50),
        row(label("责任部门"), value(case.department), label("责任人"), value(case.handler)),
        row(label("定性"), choice(("有效", "无效", "重大", "转介外部单位"), case.judged)),
        row(label("处理结果"), words(case.result, lines=6), height=50),
        row(label("告知业主"), words(_told(case), lines=2), height=17),
        row(label("业主意见"), choice(("满意", "部分解决", "不满意"), "")),
        row(sign("登记人", 8), sign("客户服务主管", 8), sign("管理处主任", 8), height=24),
    )
    after = (
        "一、登记表、《业主投诉处理通知单》与投诉原件用同一个编号。",
        "二、投诉一般在 24 小时内处理完毕；解决不了的逐级上报。处理结果必须告知业主。",
    )
    return _paper("业主投诉登记表", "F-11", house, case, rows, after)


def notice(house: House, case: CaseOnPaper) -> Paper:
    """Return the 业主投诉处理通知单, which carries the original to the department that answers for it."""
    rows = (
        row(label("发往部门"), value(case.department), label("责任人"), value(case.handler)),
        row(label("发出时间"), value(case.dispatched), label("处理时限"), value(case.due)),
        row(label("业主房号"), value(case.room), label("姓名、电话"), value(_caller(case))),
        row(label("投诉或意见\n原件"), words(_said(case), lines=7), height=60),
        row(label("附件"), choice(("原件", "照片", "录音", "无"))),
        row(sign("客户服务主管签发"), sign("责任部门签收"), height=22),
        row(label("处理情况\n及结果"), words(case.result, lines=6), height=50),
        row(label("未能解决的\n原因"), words("", lines=2), height=17),
        row(sign("责任部门负责人"), sign("客户服务主管核对"), height=22),
    )
    after = (
        "一、责任部门处理后把本单退回客户服务，由客户服务及时反馈业主；没有解决的也要说明原因。",
        "二、重大投诉、部门不能处理或需统一协调的，及时报管理处主任决定。",
    )
    return _paper("业主投诉处理通知单", "F-12", house, case, rows, after)


def _paper(title: str, code: str, house: House, case: CaseOnPaper, rows, after) -> Paper:  # type: ignore[no-untyped-def]
    return Paper(
        title,
        code,
        house.company,
        marks=(("管理处", house.office), ("小区", house.community), ("编号", case.number)),
        rows=rows,
        after=after,
        digest=case.digest,
        link=case.link,
    )


def _one_of(channel: str) -> str:
    return channel if channel in WAYS or not channel else "其他"


def _when(case: CaseOnPaper) -> str:
    return f"{case.happened}（补录 {case.entered}）" if case.entered else case.happened


def _caller(case: CaseOnPaper) -> str:
    return "　".join(filter(None, (case.caller, case.phone)))


def _said(case: CaseOnPaper) -> str:
    return "\n".join((case.text, *(f"补充：{more}" for more in case.added)))


def _told(case: CaseOnPaper) -> str:
    return f"{case.told}（{case.told_at}）" if case.told else ""
