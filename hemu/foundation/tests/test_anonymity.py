"""What must leave a text before it is published: each way of writing it, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemu.foundation.anonymity import STANDS_FOR, find, redact


def removed(text: str, *names: str) -> list[tuple[str, str]]:
    return [(each.kind, text[each.start : each.end]) for each in redact(text, names=names).removed]


@pytest.mark.parametrize(
    ("kind", "text", "passages"),
    [
        ("room", "3-2-1201漏水", ["3-2-1201"]),
        ("room", "３栋２单元的灯坏了", ["３栋２单元"]),
        ("room", "三号楼电梯停了", ["三号楼"]),
        ("room", "12幢3梯502房的，十二栋二单元一二零一室", ["12幢3梯502房", "十二栋二单元一二零一室"]),
        ("room", "A座1203和8、9栋201、202房", ["A座1203", "8、9栋201、202房"]),
        ("room", "5號樓302室；5dong1201；第2栋第1单元802号", ["5號樓302室", "5dong1201", "第2栋第1单元802号"]),
        ("room", "楼上1502的住户，对门二四〇二，我住8楼", ["1502", "二四〇二", "8楼"]),
        ("room", "6弄12号602室，3号门402漏水，南楼302", ["6弄12号602室", "3号门402", "南楼302"]),
        ("room", "3号楼1、2单元停水，十栋1001至1008", ["3号楼1、2单元", "十栋1001至1008"]),
        ("room", "9栋A1602，1单元顶楼西户，楼下602天天吵", ["9栋A1602", "1单元顶楼西户", "602"]),
        ("room", "联排12号，车位B2-118，楼栋：3", ["12号", "B2-118", "3"]),
        ("phone", "请打19900001234或199 0000 1234", ["19900001234", "199 0000 1234"]),
        ("phone", "＋８６－１９９００００１２３４，0755-00001234转8", ["＋８６－１９９００００１２３４", "0755-00001234转8"]),
        ("phone", "幺九九零零零零幺二三四；电话00001234", ["幺九九零零零零幺二三四", "00001234"]),
        ("plate", "粤B12345和粤B·D12345停在门口，尾号G88", ["粤B12345", "粤B·D12345", "G88"]),
        ("email", "发到zhang.wei@example.com", ["zhang.wei@example.com"]),
        ("chat", "微信号abc_1234，@向日葵 说的", ["abc_1234", "@向日葵"]),
        ("id", "身份证110101199001010010，水表号SB-00012345", ["110101199001010010", "SB-00012345"]),
        ("image", "图data:image/png;base64,AAAA，见IMG_0820.jpg", ["data:image/png;base64,AAAA", "IMG_0820.jpg"]),
        ("name", "张先生和欧阳女士来电，王某某也在", ["张先生", "欧阳女士", "王某某"]),
        ("name", "保安小刘态度不好，老王说", ["小刘", "老王"]),
        ("name", "联系人：顿亚娜", ["顿亚娜"]),
        ("name", "本人王刚，朋友李雷来", ["王刚", "李雷"]),
        ("name", "夫妻俩赵军、钱丽都在，保安老周骂人", ["赵军", "钱丽", "老周"]),
        ("name", "小刘两位，姓马，叫马超的保安", ["小刘", "马", "马超"]),
        ("name", "陈老伯，负责人：石强", ["陈老伯", "石强"]),
        ("chat", "群里的“快乐每一天”说", ["快乐每一天"]),
    ],
)  # fmt: skip
def test_each_way_of_writing_it_is_found(kind: str, text: str, passages: list[str]) -> None:
    assert removed(text) == [(kind, each) for each in passages]


@pytest.mark.parametrize(
    "text",
    [
        "一楼大厅的灯坏了，2号门岗没人，3号电梯停了",
        "2026-11-22 8:00-12:00停水，每户收费1200元",
        "老师说小区周边高空抛物，严重扰民，许多业主要求处理",
        "拨打12345或400-000-1234",
        "共有1201户，每一栋都贴了，两栋别墅之间",
        "本人郑重声明，本人曾多次反映，姓名不公开，百姓的事，马上处理，高空抛物",
        "共有300个车位，车位费每月300元，12号下午3点",
        "诉求HHY-2026-00012已办结，施工队进场，前台未反馈",
        "",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert redact(text).text == text


def test_a_known_name_is_found_wherever_it_stands() -> None:
    assert removed("那天看见甘露了") == []
    assert removed("那天看见甘露了", "甘露", "甘") == [("name", "甘露")]


def test_a_name_once_told_is_one_everywhere() -> None:
    assert removed("业主王启怀反映。后来启怀不在，王启怀又来") == [("name", "王启怀"), ("name", "王启怀")]


def test_what_overlaps_is_one_passage_of_the_graver_kind() -> None:
    assert removed("楼上1502业主张先生19900001234") == [
        ("room", "1502"),
        ("name", "张先生"),
        ("phone", "19900001234"),
    ]


@given(st.text(alphabet="3栋12单元室张王先生业主说@1９0-、,。 老小abc京A楼", max_size=60))
def test_passages_lie_apart_in_order_and_nothing_else_changes(text: str) -> None:
    outcome = redact(text)
    place, expected = 0, ""
    for each in outcome.removed:
        assert place <= each.start < each.end <= len(text)
        expected += text[place : each.start] + STANDS_FOR[each.kind]
        place = each.end
    assert outcome.text == expected + text[place:]
    covered = {place for each in outcome.removed for place in range(each.start, each.end)}
    assert all(set(range(each.start, each.end)) <= covered for each in find(text))
