"""Staff lists as offices keep them: titles, merged cells, two posts in one cell, dates of all shapes, people who left."""

from datetime import date

import pytest

from hemu.estate.roster.tests.books import csv_of, workbook
from hemu.foundation.errors import RuleViolation
from hemu.staffing.staff_sheet.header import field_of
from hemu.staffing.staff_sheet.parse import buildings_in, parse_staff_list
from hemu.staffing.staff_sheet.shapes import ParsedStaffList

HEAD = ["姓名", "岗位", "电话", "部门", "入职日期", "备注"]


def read(*rows: list[str], head: list[str] | None = None) -> ParsedStaffList:
    return parse_staff_list(csv_of([head or HEAD, *rows]), "员工.csv")


def row(
    name: str = "示例甲",
    post: str = "管家",
    phone: str = "",
    department: str = "",
    since: str = "",
    note: str = "",
) -> list[str]:
    return [name, post, phone, department, since, note]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("姓名", "name"), ("员工姓名", "name"), ("手机号码", "phone"), ("联系电话", "phone"), ("工号", "number"),
        ("登录名", "login"), ("岗位名称", "post"), ("职务", "post"), ("所属项目", "office"), ("管理处", "office"),
        ("部门/班组", "department"), ("入职日期", "since"), ("任职起始日期", "since"), ("截止日期", "until"),
        ("离职日期", "left_on"), ("在职状态", "status"), ("负责小区", "community"), ("责任楼栋", "building"),
        ("备注", "remark"), ("性别", ""), ("身份证号", ""), ("紧急联系电话", ""), ("合同到期日期", ""), ("序号", ""),
        ("天气", None),
    ],
)  # fmt: skip
def test_what_a_column_means(words: str, field: str | None) -> None:
    assert field_of(words) == field


def test_a_list_with_title_merged_cells_and_totals() -> None:
    found = parse_staff_list(
        workbook(
            {
                "Sheet1": [
                    ["和风花园管理处员工花名册", "", "", "", ""],
                    ["序号", "姓名", "部门", "岗位", "手机"],
                    [1, "示 例", "客服部", "客服主管", 19900001234],
                    [2, "示例乙", "", "管家", "199-0000-1235"],
                    ["合计", "2人", "", "", ""],
                ]
            },
            merged=[("Sheet1", "A1:E1"), ("Sheet1", "C3:C4")],
        )
    )
    assert [(each.name, each.phone) for each in found.members] == [
        ("示例", "19900001234"), ("示例乙", "19900001235"),
    ]  # fmt: skip
    posts = [each.posts[0] for each in found.members]
    assert [(post.role, post.office, post.department) for post in posts] == [
        ("cs_supervisor", "和风花园管理处", "客服部"), ("steward", "和风花园管理处", "客服部"),
    ]  # fmt: skip
    assert (found.rows, found.refused) == (2, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_of_offices(encoding: str) -> None:
    content = "姓名,岗位\r\n示例甲,维修工\r\n".encode(encoding)
    assert parse_staff_list(content).members[0].posts[0].role == "technician"


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-03-01", date(2026, 3, 1)), ("2026/3/1", date(2026, 3, 1)), ("2026.3.1", date(2026, 3, 1)),
     ("2026年3月1日", date(2026, 3, 1)), ("2026年3月", date(2026, 3, 1)), ("20260301", date(2026, 3, 1)),
     ("46082", date(2026, 3, 1)), ("26年3月1日", date(2026, 3, 1)), ("", None), ("不详", None)],
)  # fmt: skip
def test_dates_of_all_shapes(text: str, day: date | None) -> None:
    found = read(row(since=text))
    assert found.members[0].posts[0].since == day
    assert [note.code for note in found.warnings] == (["roster.date_unreadable"] if text == "不详" else [])


def test_the_same_person_twice_and_a_row_without_a_name_add_posts() -> None:
    found = read(
        row(phone="19900001234", post="前台"),
        row(phone="19900001234", post="管家"),
        row(name="", post="收费员"),
        row(phone="19900001234", post="管家"),
    )
    assert [[post.role for post in each.posts] for each in found.members] == [
        ["frontdesk", "steward", "finance"]
    ]
    assert [note.code for note in found.warnings] == ["staff.row_twice"]


def test_two_people_of_one_name_are_told_apart_by_their_phones() -> None:
    found = read(row(phone="19900001234"), row(phone="19900001235", post="前台"))
    assert [each.phone for each in found.members] == ["19900001234", "19900001235"]


@pytest.mark.parametrize(
    ("name", "note", "left", "on"),
    [
        ("示例甲", "已离职 2026-3-1", True, date(2026, 3, 1)),
        ("示例甲（离职）", "", True, None),
        ("示例甲", "20260301辞职", True, date(2026, 3, 1)),
        ("示例甲", "调离", True, None),
        ("示例甲", "未离职", False, None),
        ("示例甲", "拟离职", False, None),
        ("示例甲", "", False, None),
    ],
)
def test_who_left(name: str, note: str, left: bool, on: date | None) -> None:
    member = read(row(name=name, note=note)).members[0]
    assert (member.name, member.left, member.left_on) == ("示例甲", left, on)


def test_a_leaving_day_or_state_of_its_own_column() -> None:
    head = ["姓名", "岗位", "状态", "离职日期"]
    found = read(
        ["甲某", "管家", "在职", ""], ["乙某", "", "离职", ""], ["丙某", "管家", "", "2026/5/6"], head=head
    )
    assert [(each.left, each.left_on) for each in found.members] == [
        (False, None), (True, None), (True, date(2026, 5, 6)),
    ]  # fmt: skip


def test_what_is_refused_keeps_its_cells_and_says_why() -> None:
    head = ["姓名", "岗位", "账号", "入职", "截止"]
    found = read(
        ["甲某", "司机", "", "", ""],
        ["乙某", "", "", "", ""],
        ["", "管家", "x1", "", ""],
        ["丁某", "管家", "丁", "", ""],
        ["戊某", "管家", "", "2026-05-01", "2026-04-01"],
        ["己某", "管家", "ji", "", ""],
        head=head,
    )
    assert [(each.source.row, each.code) for each in found.refused] == [
        (2, "staff.post_unknown"), (3, "staff.no_post"), (4, "staff.no_name"), (5, "staff.login_unreadable"),
        (6, "staff.ends_before_it_begins"),
    ]  # fmt: skip
    assert found.refused[0].cells == ("甲某", "司机", "", "", "")
    assert (found.rows, [each.login for each in found.members]) == (6, ["ji"])


@pytest.mark.parametrize(
    ("text", "buildings"),
    [
        ("1-3栋、5栋", ["1", "2", "3", "5"]),
        ("1#、2#", ["1", "2"]),
        ("A座", ["A"]),
        ("", []),
        ("3-1栋", ["3-1"]),
    ],
)
def test_the_buildings_of_a_cell(text: str, buildings: list[str]) -> None:
    assert buildings_in(text) == buildings


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "roster.empty"),
        ("甲,乙\n1,2\n".encode(), "staff.no_header"),
        (b"PK\x03\x04rubbish", "roster.unreadable"),
    ],
)
def test_files_that_are_no_staff_list(content: bytes, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        parse_staff_list(content)
    assert refused.value.code == code
