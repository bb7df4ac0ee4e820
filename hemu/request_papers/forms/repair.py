"""维修单: what is to be repaired, what was done, and the owner's signature (RQ-10, RV-03)."""

from hemu.papers.rules import Paper, Row, choice, label, row, sign, value, words
from hemu.request_papers.forms.case import CaseOnPaper, House

SIGNATURE = "signature"


def repair(house: House, case: CaseOnPaper) -> Paper:
    """Return the 维修单 of one case; the owner's signature on the glass stands on it where there is one."""
    return Paper(
        "维修单",
        "F-35",
        house.company,
        marks=(("管理处", house.office), ("小区", house.community), ("编号", case.number)),
        rows=(*_asked(case), *_work(case), *_confirmed(case)),
        after=(
            "一、有偿服务先报价，业主接受后方可开工。",
            "二、业主签字确认维修质量与服务态度；完工后一个工作日内由客户服务回访。",
        ),
        digest=case.digest,
        link=case.link,
        images={SIGNATURE: case.signature} if case.signature else {},
    )


def _asked(case: CaseOnPaper) -> tuple[Row, ...]:
    said = "\n".join((case.text, *(f"补充：{more}" for more in case.added)))
    return (
        row(label("报修人"), value(case.caller), label("电话"), value(case.phone)),
        row(label("报修地址"), value(case.room), label("报修时间"), value(case.happened)),
        row(label("报修事项"), words(said, lines=4), height=34),
        row(
            label("服务性质"),
            choice(("常规", "专项", "特约"), case.nature, 8),
            label("迫切程度"),
            choice(("紧急", "较急", "普通"), case.urgency, 8),
        ),
        row(label("派单"), value(case.dispatched), label("维修人员"), value(case.handler)),
        row(label("预约上门"), value(case.appointed), label("完成时限"), value(case.due)),
    )


def _work(case: CaseOnPaper) -> tuple[Row, ...]:
    price = f"{case.price}（业主已接受）" if case.price_accepted else case.price
    return (
        row(label("到达时间"), value(), label("完工时间"), value(case.resolved)),
        row(label("处理情况"), words(case.result, lines=4), height=34),
        row(label("所用材料"), words("", lines=2), height=17),
        row(
            label("有偿服务"),
            choice(("否", "是"), "是" if case.price else "", 8),
            label("金额"),
            value(price),
        ),
    )


def _confirmed(case: CaseOnPaper) -> tuple[Row, ...]:
    image = SIGNATURE if case.signature else ""
    return (
        row(
            label("维修质量"),
            choice(("合格", "需返修"), "", 8),
            label("服务态度"),
            choice(("好", "一般", "差"), "", 8),
        ),
        row(label("还需要什么"), words(case.confirmed, lines=2), height=17),
        row(sign("业主签字确认", 12, image, case.signed_at), sign("维修人员签字"), height=26),
    )
