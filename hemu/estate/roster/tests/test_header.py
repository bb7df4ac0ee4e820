"""Where the header stands and what its columns mean."""

import pytest

from hemu.estate.roster.header import field_of, find_header
from hemu.estate.roster.shapes import Sheet

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("room", "房号 室号 房间号 房间编号 房屋编号 门牌号 门牌 单元房号 房屋坐落 房产地址 *房号"),
        ("building", "楼栋 栋号 楼号 幢号 幢 座 楼座 楼栋号 栋 楼宇名称"),
        ("unit", "单元 单元号 所属单元"),
        ("floor", "楼层 层 所在楼层"),
        ("area", "面积 建筑面积 建筑面积(㎡) 建筑面积（平方米） 套内面积"),
        (
            "owner_name",
            "产权人 业主 业主姓名 户主 姓名 户主姓名 产权人姓名 业主名称 客户名称 住户姓名 业主姓名2",
        ),
        ("phone", "联系电话 手机 手机1 手机2 电话 电话(一) 手机号码 业主电话 联系方式 移动电话 固定电话"),
        ("co_owner_name", "共有人 共有产权人 共有人姓名 配偶姓名"),
        ("co_owner_phone", "共有人电话 配偶电话"),
        ("tenant_name", "租户 租户姓名 租客 承租人 承租人姓名"),
        ("tenant_phone", "租户电话 租客手机 承租人联系方式 租户联系电话"),
        ("contact_name", "紧急联系人 联系人 家属"),
        ("contact_phone", "紧急联系人电话 联系人电话 家属电话"),
        ("occupancy", "使用情况 入住状态 状态 房屋状态 居住情况"),
        ("handed_over", "收楼日期 交房日期 收房时间 交付日期"),
        ("moved_in", "入住日期 入伙时间"),
        ("parking", "车位 车位号 停车位"),
        ("remark", "备注 说明 特殊情况"),
        ("relation", "身份 与业主关系"),
        ("", "身份证号 业主身份证号码 性别 出生日期 序号 编号 物业费单价 车牌号 户型 通讯地址"),
    ],
)
def test_words_of_columns(field: str, words: str) -> None:
    assert {word: field_of(word) for word in words.split()} == dict.fromkeys(words.split(), field)


@pytest.mark.parametrize(
    "words", ["1-1-101", "张某", "自住", "19900001234", "云锦苑1号楼住户信息登记表", "制表:客服中心", ""]
)
def test_what_is_no_column(words: str) -> None:
    assert field_of(words) is None


def test_the_header_is_found_below_titles() -> None:
    rows = [
        ["云锦苑名册", "", ""],
        ["制表:客服", "", "2025"],
        ["", "", ""],
        ["室号", "产权人", "面积"],
        ["101", "张某", "90"],
    ]
    header = find_header(Sheet("甲", rows))
    assert header is not None
    assert (header.first, header.after) == (3, 4)
    assert header.columns == {"room": [0], "owner_name": [1], "area": [2]}


def test_a_header_of_two_rows_with_groups() -> None:
    top = ["房号", "业主信息", "", "租户信息", "", "备注"]
    sub = ["", "姓名", "电话", "姓名", "电话", ""]
    columns = {
        "room": [0],
        "owner_name": [1],
        "phone": [2],
        "tenant_name": [3],
        "tenant_phone": [4],
        "remark": [5],
    }
    data = ["1-1-101", "张某", "19900001234", "", "", ""]
    merged = ["房号", "姓名", "电话", "姓名", "电话", "备注"]  # 房号 and 备注 merged over both rows
    for sheet in (
        Sheet("甲", [top, sub, data]),
        Sheet("甲", [top, merged, data], ((0, 1, 2), (0, 3, 4))),
        Sheet("甲", [["名册", "", "", "", "", ""], top, merged, data], ((0, 0, 5), (1, 1, 2), (1, 3, 4))),
    ):
        header = find_header(sheet)
        assert header is not None
        assert header.columns == columns
        assert header.words == [
            "房号",
            "业主信息 姓名",
            "业主信息 电话",
            "租户信息 姓名",
            "租户信息 电话",
            "备注",
        ]
        assert sheet.rows[header.after] == data


def test_the_built_area_comes_before_the_inner_one() -> None:
    header = find_header(Sheet("甲", [["房号", "套内面积", "建筑面积"]]))
    assert header is not None
    assert header.columns["area"] == [2, 1]


@pytest.mark.parametrize(
    "rows",
    [
        [["1-1-101", "张某", "90"]],
        [["姓名", "电话"], ["张某", "19900001234"]],
        [["说明"], ["本表由客服中心填写"]],
        [[""] * 3] * 3,
    ],
)
def test_no_header(rows: list[list[str]]) -> None:
    assert find_header(Sheet("甲", rows)) is None
