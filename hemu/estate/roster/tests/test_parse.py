"""Untidy rosters, whole: what goes in, what is refused, what is said about it."""

from collections.abc import Sequence

import pytest

from hemu.estate.roster.identity import people_count
from hemu.estate.roster.parse import parse_roster
from hemu.estate.roster.shapes import ParsedHome, ParsedRoster
from hemu.estate.roster.tests.books import Grid, csv_of, workbook
from hemu.foundation.errors import RuleViolation

pytestmark = pytest.mark.pure

HEAD = ["房号", "面积", "业主姓名", "联系电话", "状态", "备注"]


def parsed(*rows: Sequence[str], name: str = "名册.csv", head: Sequence[str] = HEAD) -> ParsedRoster:
    return parse_roster("\n".join(";".join(row) for row in (head, *rows)).encode(), name)


def people(home: ParsedHome) -> list[tuple[str, str, list[str]]]:
    return [(person.kind, person.name, person.phones) for person in home.people]


def said(roster: ParsedRoster) -> list[tuple[int, str]]:
    return [(note.source.row, note.code) for note in roster.warnings]


def refused(roster: ParsedRoster) -> list[tuple[int, str]]:
    return [(row.source.row, row.code) for row in roster.refused]


def test_a_building_in_the_title_units_merged_floors_as_numbers() -> None:
    rows: Grid = [
        ["云锦苑1号楼住户信息登记表"], ["制表:客服中心", "", "", "制表日期:2025.11.3"], [],
        ["单元", "楼层", "室号", "产权人", "手机1", "手机2", "面积", "使用情况"],
        ["1单元", 1, "0101", "甲某", "19900000001", "19900000002", 84.89, "自住"],
        ["", 1, "0102", "乙某", "", "", 82.6, "未交房"],
        ["2单元", 2, "0201", "丙某", 19900000003, "", 90, "空置"],
        ["合计", "", "3户"],
    ]  # fmt: skip
    roster = parse_roster(workbook({"Sheet1": rows}, [("Sheet1", "A1:H1"), ("Sheet1", "A5:A6")]), "r.xlsx")
    assert roster.rows == 3
    assert [
        (home.written, home.at.floor, home.area_centi, home.occupancy, people(home)) for home in roster.homes
    ] == [
        ("1-1-101", 1, 8489, "occupied", [("owner", "甲某", ["19900000001", "19900000002"])]),
        ("1-1-102", 1, 8260, "not_handed_over", [("owner", "乙某", [])]),
        ("1-2-201", 2, 9000, "vacant", [("owner", "丙某", ["19900000003"])]),
    ]
    assert (refused(roster), said(roster)) == ([], [])


def test_several_sheets_name_their_buildings() -> None:
    sheet: Grid = [["单元", "室号", "姓名"], [1, "101", "甲某"], ["", "102", "乙某"]]
    notes: Grid = [["填表说明"], ["请勿改动"]]
    roster = parse_roster(workbook({"说明": notes, "1号楼": sheet, "三号楼": sheet, "A座": sheet, "空": []}))
    assert [home.written for home in roster.homes] == [
        "1-1-101", "1-1-102", "3-1-101", "3-1-102", "A-1-101", "A-1-102",
    ]  # fmt: skip
    assert [(note.source, note.code) for note in roster.warnings] == [(("说明", 0), "roster.sheet_skipped")]
    assert roster.homes[2].sources == [("三号楼", 2)]


def test_titles_totals_repeated_headers_and_blanks_within_the_rows_are_no_data() -> None:
    blank = [""] * 6
    roster = parsed(
        ["1栋1单元101", "90", "甲某", "", "", ""], ["小计", "90", "1户", "", "", ""], blank, HEAD,
        ["1栋1单元102", "90", "乙某", "", "", "共5户合住"], ["共2户", "", "", "", "", ""],
        ["2号楼", "", "", "", "", ""], ["301", "80", "丙某", "", "", ""],
        ["合 计:", "260", "", "", "", ""], ["制表:客服中心", "", "", "审核:", "", ""], ["注:以上为十月数据", "", "", "", "", ""],
    )  # fmt: skip
    assert roster.rows == 3
    assert [home.written for home in roster.homes] == ["1-1-101", "1-1-102", "2-301"]
    assert refused(roster) == []


def test_prefilled_numbers_are_blank_rows() -> None:
    roster = parsed(["1", "1-1-101", "甲某"], ["2", "", ""], ["3", "", ""], head=["序号", "房号", "业主"])
    assert (roster.rows, len(roster.homes)) == (1, 1)


def test_building_and_unit_written_once_a_group_without_merging() -> None:
    rows = [
        ["1栋", "1单元", "101", "甲某"],
        ["", "", "102", "乙某"],
        ["", "2单元", "101", "丙某"],
        ["2栋", "", "101", "丁某"],
    ]
    roster = parsed(*rows, head=["楼栋", "单元", "房号", "业主"])
    assert [home.written for home in roster.homes] == ["1-1-101", "1-1-102", "1-2-101", "2-101"]


def test_one_home_under_two_spellings_is_one_home() -> None:
    roster = parsed(
        ["1栋2单元301", "90", "甲某", "19900000001", "自住", "残疾"],
        ["１-2-0301", "", "乙某", "19900000002", "", ""],
        ["1#2-301", "90.00", "甲某", "19900000003", "出租", "独居老人"],
    )
    (home,) = roster.homes
    assert people(home) == [
        ("owner", "甲某", ["19900000001", "19900000003"]),
        ("co_owner", "乙某", ["19900000002"]),
    ]
    assert (home.area_centi, home.occupancy, home.flags) == (9000, "occupied", ["disabled", "lives_alone"])
    assert [source.row for source in home.sources] == [2, 3, 4]
    assert said(roster) == [
        (3, "roster.home_joined"), (4, "roster.occupancy_conflict"), (4, "roster.home_joined"),
    ]  # fmt: skip


def test_the_same_row_twice_is_one_home_and_a_warning() -> None:
    row = ["1-1-101", "90", "甲某、乙某", "19900000001/19900000002", "自住", ""]
    roster = parsed(row, row)
    assert (roster.rows, len(roster.homes), people_count(roster.homes)) == (2, 1, 2)
    assert said(roster) == [(3, "roster.row_twice")]


def test_another_area_for_the_same_home_is_refused_with_its_cells() -> None:
    roster = parsed(["1-1-101", "90", "甲某", "", "", ""], ["1-1-101", "91", "乙某", "1990012", "", ""])
    (row,) = roster.refused
    assert (row.source.row, row.code, row.cells) == (
        3,
        "roster.area_conflict",
        ("1-1-101", "91", "乙某", "1990012", "", ""),
    )
    assert row.params == {"home": "1-1-101", "row": "2", "area": "90.0"}
    assert said(roster) == []


def test_a_row_without_a_room_continues_the_home_above_or_is_refused() -> None:
    roster = parsed(
        ["1-1-101", "90", "甲某", "19900000001", "自住", ""],
        ["", "", "乙某", "19900000002", "", ""],
        ["", "88", "丙某", "", "", ""],
        ["", "", "丁某", "", "", ""],
    )
    assert people(roster.homes[0]) == [
        ("owner", "甲某", ["19900000001"]),
        ("co_owner", "乙某", ["19900000002"]),
    ]
    assert refused(roster) == [(4, "roster.no_room"), (5, "roster.no_room")]
    assert roster.rows == 4


def test_what_can_not_be_read_of_a_home_is_warned_of_and_the_home_goes_in() -> None:
    roster = parsed(
        ["1-1-101", "很大", "", "1990012", "随便", ""],
        ["1-1-102", "", "甲某", "未留", "", ""],
        ["1-1-103", "", "", "19900000001", "", ""],
        ["1-1-104", "", "", "", "", ""],
    )
    assert said(roster) == [
        (2, "roster.occupancy_unknown"), (2, "roster.area_unreadable"), (2, "roster.phone_unreadable"),
        (3, "roster.no_phone_left"), (4, "roster.no_name"),
    ]  # fmt: skip
    assert [people(home) for home in roster.homes] == [
        [],
        [("owner", "甲某", [])],
        [("owner", "", ["19900000001"])],
        [],
    ]
    assert roster.household_count == 2


def test_unreadable_rooms_are_refused() -> None:
    roster = parsed(
        ["天上", "90", "甲某", "", "", ""],
        ["2025-03-12", "90", "乙某", "", "", ""],
        ["1-1-101", "90", "丙某", "", "", ""],
    )
    assert refused(roster) == [(2, "roster.room_unreadable"), (3, "roster.room_is_date")]


def test_tenants_companies_contacts() -> None:
    head = ["房号", "业主信息", "", "租户", "", "紧急联系人", "联系人电话"]
    sub = ["", "姓名", "电话", "姓名", "电话", "", ""]
    row = [
        "1-1-101",
        "某某有限公司",
        "0755-12345678",
        "甲某 乙某",
        "19900000001 19900000002",
        "丙某",
        "19900000003",
    ]
    roster = parsed(sub, row, head=head)
    assert people(roster.homes[0]) == [
        ("company", "某某有限公司", ["075512345678"]),
        ("tenant", "甲某", ["19900000001"]), ("tenant", "乙某", ["19900000002"]),
        ("contact", "丙某", ["19900000003"]),
    ]  # fmt: skip


def test_one_row_a_person_with_a_role() -> None:
    rows = [
        ["1-1-101", "甲某", "业主"],
        ["", "乙某", "配偶"],
        ["", "丙某", "租户"],
        ["1-1-102", "丁某", "业主"],
    ]
    roster = parsed(*rows, head=["房号", "姓名", "身份"])
    assert [people(home) for home in roster.homes] == [
        [("owner", "甲某", []), ("co_owner", "乙某", []), ("tenant", "丙某", [])], [("owner", "丁某", [])],
    ]  # fmt: skip


def test_people_are_counted_once_across_homes() -> None:
    roster = parsed(
        ["1-1-101", "", "甲某", "19900000001", "", ""], ["1-1-102", "", "甲某", "19900000001", "", ""],
        ["1-1-103", "", "甲某", "19900000009", "", ""], ["1-1-104", "", "甲某", "", "", ""], ["1-1-105", "", "甲某", "", "", ""],
        ["1-1-106", "", "某某有限公司", "", "", ""], ["1-1-107", "", "某某有限公司", "19900000002", "", ""],
    )  # fmt: skip
    assert people_count(roster.homes) == 5


def test_a_community_of_one_building_needs_none() -> None:
    roster = parsed(["0301", "", "甲某", "", "", ""], ["0302", "", "乙某", "", "", ""])
    assert [home.written for home in roster.homes] == ["301", "302"]


def test_a_room_without_a_building_among_others_is_refused() -> None:
    roster = parsed(
        ["1-1-301", "", "甲某", "", "", ""],
        ["0302", "", "乙某", "1", "", ""],
        ["商铺3", "", "丙某", "", "", ""],
    )
    assert [home.written for home in roster.homes] == ["1-1-301", "商铺3"]
    assert (refused(roster), said(roster)) == ([(3, "roster.no_building")], [])


def test_the_file_name_may_name_the_building() -> None:
    assert parsed(["301", "", "甲某", "", "", ""], name="5号楼.csv").homes[0].written == "5-301"


def test_the_communitys_name_before_the_room() -> None:
    content = csv_of([["房屋坐落", "业主"], ["云锦苑1栋2单元301", "甲某"], ["1-2-301", "甲某"]])
    assert [home.written for home in parse_roster(content, community="云锦苑小区").homes] == ["1-2-301"]


@pytest.mark.parametrize(
    ("community", "rooms", "written"),
    [
        ("甲小区", ["云锦苑1栋2单元301", "1-2-302"], ["1-2-301", "1-2-302"]),
        ("", ["云锦苑三号楼301", "云锦苑A座302"], ["3-301", "A-302"]),
        ("甲小区", ["云锦苑1-2-301", "和风苑1-2-301"], ["云锦苑1-2-301", "和风苑1-2-301"]),
        ("甲小区", ["南苑1-2-301", "1-2-302"], ["南苑1-2-301", "1-2-302"]),
        ("甲小区", ["地下室3", "一单元301", "二单元301"], ["地下室3", "1单元301", "2单元301"]),
    ],
)
def test_another_name_before_all_rooms_is_the_communitys(
    community: str, rooms: list[str], written: list[str]
) -> None:
    content = csv_of([["房号", "业主"], *([room, "甲某"] for room in rooms)])
    assert [home.written for home in parse_roster(content, community=community).homes] == written


def test_owners_and_tenants_in_one_cell() -> None:
    roster = parsed(
        ["1-1-101", "甲某（业主）、乙某（租户）", "19900000001、19900000002"],
        ["", "（以上为一单元）", ""],
        head=["房号", "业主/租户", "电话"],
    )
    assert people(roster.homes[0]) == [
        ("owner", "甲某", ["19900000001"]),
        ("tenant", "乙某", ["19900000002"]),
    ]
    assert (roster.rows, refused(roster)) == (1, [])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (csv_of([["张某", "李某"]]), "roster.no_header"),
        (b"", "roster.empty"),
        (b"PK\x03\x04", "roster.unreadable"),
    ],
)
def test_refused_files(content: bytes, code: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        parse_roster(content)
    assert refusal.value.code == code
