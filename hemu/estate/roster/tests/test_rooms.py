"""Every way of writing a room, and the home it names."""

import pytest

from hemu.estate.roster.rooms import place_in, read_floor, read_label, read_room, read_unit
from hemu.foundation.errors import RuleViolation

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "written", "floor"),
    [
        ("1栋2单元301", "1-2-301", 3),
        ("1-2-301", "1-2-301", 3),
        ("1#2-301", "1-2-301", 3),
        ("1#楼2单元301", "1-2-301", 3),
        ("01-02-0301", "1-2-301", 3),
        ("1号楼2单元301室", "1-2-301", 3),
        ("１栋２单元３０１", "1-2-301", 3),
        ("一栋二单元301", "1-2-301", 3),
        ("三号楼二单元301", "3-2-301", 3),
        ("1栋 2单元 301", "1-2-301", 3),
        ("1 2 301", "1-2-301", 3),
        ("1/2/301", "1-2-301", 3),
        ("1—2—301", "1-2-301", 3),
        ("1.2.301", "1-2-301", 3),
        ("1栋2单元3层01室", "1-2-301", 3),
        ("1栋2-301", "1-2-301", 3),
        ("3号楼2门301", "3-2-301", 3),
        ("3楼2单元301", "3-2-301", 3),
        ("1栋A座1201", "1-A-1201", 12),
        ("1栋A单元1201", "1-A-1201", 12),
        ("1栋东单元301", "1-东-301", 3),
        ("A座1201", "A-1201", 12),
        ("a座-1201", "A-1201", 12),
        ("A1201", "A-1201", 12),
        ("3幢1201", "3-1201", 12),
        ("3-1201", "3-1201", 12),
        ("3楼1201", "3-1201", 12),
        ("十二栋1201", "12-1201", 12),
        ("10A栋301", "10A-301", 3),
        ("1栋3楼301", "1-301", 3),
        ("一期3栋2单元301", "1期3-2-301", 3),
        ("东区3栋301", "东区3-301", 3),
        ("3弄12号301室", "3弄12-301", 3),
        ("南苑3-2-301", "南苑3-2-301", 3),
        ("1-2-301-1", "1-2-301-1", 3),
        ("1-2-301A", "1-2-301A", 3),
        ("1-1-12A01", "1-1-12A01", None),
        ("1栋负101", "1-负101", -1),
        ("1栋商铺03", "1-商铺3", None),
        ("1栋12号商铺", "1-商铺12", None),
        ("商铺12", "商铺12", None),
        ("12号别墅", "别墅12", None),
        ("301室", "301", 3),
        ("1单元301", "1单元301", 3),
    ],
)
def test_a_full_form_reads_as_one_home_and_its_written_form_reads_back(
    text: str, written: str, floor: int | None
) -> None:
    room = read_room(text)
    assert (room.written, room.floor) == (written, floor)
    assert read_room(room.written) == room


@pytest.mark.parametrize(
    ("text", "known", "written"),
    [
        ("0301", {"building": "1号楼", "unit": "1单元"}, "1-1-301"),
        ("301", {"building": "1", "unit": "02"}, "1-2-301"),
        ("301", {"building": "三", "unit": "二"}, "3-2-301"),
        ("301", {"building": "A座"}, "A-301"),
        ("A301", {"building": "A座"}, "A-301"),
        ("301", {"building": "1栋2单元"}, "1-2-301"),
        ("2-301", {"building": "1号楼"}, "1-2-301"),
        ("1-301", {"building": "1", "unit": "2"}, "1-2-301"),
        ("2-301", {"building": "3", "unit": "2"}, "3-2-301"),
        ("01", {"building": "1", "unit": "1", "floor": "3"}, "1-1-301"),
        ("301", {"building": "1", "floor": "4"}, "1-301"),
        ("三零一室", {"building": "1"}, "1-301"),
        ("2栋1单元101", {"building": "1", "unit": "3"}, "2-1-101"),
        ("云锦苑1号楼2单元301室", {"community": "云锦苑"}, "1-2-301"),
        ("云锦苑小区1-2-301", {"community": "云锦苑小区"}, "1-2-301"),
        ("广东省某市某路8号云锦苑1-2-301", {"community": "云锦苑小区"}, "1-2-301"),
    ],
)
def test_what_a_short_form_leaves_out_comes_from_elsewhere(
    text: str, known: dict[str, str], written: str
) -> None:
    assert read_room(text, **known).written == written


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "roster.no_room"),
        ("  - ", "roster.no_room"),
        ("2025-03-12", "roster.room_is_date"),
        ("张三", "roster.room_unreadable"),
        ("1栋", "roster.room_unreadable"),
        ("1栋2单元", "roster.room_unreadable"),
        ("1-2-3-4", "roster.room_unreadable"),
        ("1栋2单元301、302", "roster.room_unreadable"),
        ("01020301", "roster.room_unreadable"),
        ("合计", "roster.room_unreadable"),
    ],
)
def test_what_names_no_home_is_refused(text: str, code: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        read_room(text)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("text", "floor"),
    [("3", 3), ("3层", 3), ("第3层", 3), ("3F", 3), ("三层", 3), ("十二", 12), ("负一层", -1), ("-1", -1), ("B1", -1), ("顶", None), ("", None)],
)  # fmt: skip
def test_floors(text: str, floor: int | None) -> None:
    assert read_floor(text) == floor


def test_labels_of_buildings_and_units() -> None:
    assert [read_label(text) for text in ("1号楼", "三", "A座2单元", "3#", "01", "一期3号楼", "业主名册", "")] == [
        ("1", ""), ("3", ""), ("A", "2"), ("3", ""), ("1", ""), ("1期3", ""), ("", ""), ("", ""),
    ]  # fmt: skip
    assert [read_unit(text) for text in ("1单元", "02", "二", "二单元", "A座", "1栋2单元", "")] == [
        "1",
        "2",
        "2",
        "2",
        "A",
        "2",
        "",
    ]


def test_a_title_speaks_of_a_place_only_when_it_names_one() -> None:
    titles = ["云锦苑1号楼住户信息登记表", "三号楼", "A座", "1栋2单元", "一期3号楼", "1-3号楼业主名册", "1、2栋", "1号楼和2号楼", "Sheet1", "2025-11"]  # fmt: skip
    assert [place_in(title) for title in titles] == [
        ("1", ""), ("3", ""), ("A", ""), ("1", "2"), ("1期3", ""), ("", ""), ("", ""), ("", ""), ("", ""), ("", ""),
    ]  # fmt: skip
