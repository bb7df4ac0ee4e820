"""The printed pad: three slips a page, each with its number and what the desk would ask (RQ-01, RQ-02)."""

from collections.abc import Sequence

from hemu.papers.rules import GAP, Paper, Row, choice, label, row, value, words

WAYS = ("来电", "来访", "其他")
TYPES = ("居家维修", "公共维修", "投诉", "咨询", "意见建议", "求助", "表扬", "其他")


def pad_paper(
    *, company: str, office: str, community: str, slips: Sequence[tuple[str, str]], reserved: str
) -> Paper:
    """Return the pad as a paper.

    Args:
        slips: number and tracking code of each sheet, in their order.
        reserved: when the numbers were reserved.
    """
    rows: list[Row] = []
    for number, code in slips:
        rows += [*_slip(number, code), GAP]
    span = " 至 ".join(dict.fromkeys((slips[0][0], slips[-1][0]))) if slips else ""
    return Paper(
        "来电来访纸单",
        "F-04",
        company,
        marks=(("管理处", office), ("小区", community), ("编号", span)),
        rows=tuple(rows[:-1]),
        before=(
            f"一、停电、断网时一件一格，编号已于 {reserved} 预留，写坏的划去，不要另编号。有人被困、火、漏电、燃气：先打电话叫人。",
            "二、当场把编号告诉对方；不留姓名的，连查询码一起告诉，凭这两样查得到办到哪一步。",
            "三、恢复后逐张补录：时间写来电来访的时间；没有用的逐号退回，写明原因。",
        ),
    )


def _slip(number: str, code: str) -> tuple[Row, ...]:
    return (
        row(label("编号", 3), value(number, 9), label("查询码", 3), value(code, 9), height=8),
        row(
            label("时间", 3),
            value("　　月　　日　　时　　分", 9),
            label("方式", 3),
            choice(WAYS, span=9),
            height=8,
        ),
        row(
            label("房号", 3),
            value(span=5),
            label("姓名", 3),
            value(span=5),
            label("电话", 3),
            value(span=5),
            height=8.5,
        ),
        row(label("类型", 3), choice(TYPES, span=21), height=8),
        row(label("原话", 3), words(span=21, lines=3), height=22),
        row(label("当场答复", 3), value(span=13), label("记录人", 3), value(span=5), height=9),
    )
