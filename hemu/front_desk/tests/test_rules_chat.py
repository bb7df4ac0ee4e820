"""Nicknames and pastes as chat groups give them."""

import pytest

from hemu.front_desk.rules_chat import Speaker, read_paste, speaker_of

NICKNAMES = [
    ("3-2-1201 张", "3-2-1201", "张"),
    ("3-2-1201张", "3-2-1201", "张"),
    ("３－２－１２０１ 张", "3-2-1201", "张"),
    ("03-02-1201张三", "3-2-1201", "张三"),
    ("3栋2单元1201张女士", "3-2-1201", "张女士"),
    ("三栋二单元1201张女士", "3-2-1201", "张女士"),
    ("十二栋1单元0301", "12-1-301", ""),
    ("3幢2单元12楼1201 李先生", "3-2-1201", "李先生"),
    ("3号楼1201老李", "3-1201", "老李"),
    ("3#1201 小王", "3-1201", "小王"),
    ("3#2-1201", "3-2-1201", ""),
    ("A座1201陈", "A-1201", "陈"),
    ("A1201陈阿姨", "A-1201", "陈阿姨"),
    ("3-1201", "3-1201", ""),
    ("3/2/1201 赵", "3-2-1201", "赵"),
    ("3.2.1201赵", "3-2-1201", "赵"),
    ("3 2 1201 赵", "3-2-1201", "赵"),
    ("1201业主", "1201", ""),
    ("1201室业主王先生", "1201", "王先生"),
    ("业主1201", "1201", ""),
    ("王姐 3-2-1201", "3-2-1201", "王姐"),
    ("王姐（3-2-1201）", "3-2-1201", "王姐"),
    ("【3-2-1201】王", "3-2-1201", "王"),
    ("🌸3-2-1201小王🌸", "3-2-1201", "小王"),
    ("@3-2-1201 张", "3-2-1201", "张"),
    ("张三业主", "", "张三"),
    ("岁月静好", "", ""),
    ("19900001234", "", ""),
    ("2026", "2026", ""),
]


@pytest.mark.parametrize(("nickname", "room", "name"), NICKNAMES)
def test_a_nickname_names_room_and_name(nickname: str, room: str, name: str) -> None:
    found = speaker_of(nickname)
    assert (found.room, found.name) == (room, name)


@pytest.mark.parametrize(
    ("nickname", "of_office"),
    [
        ("和风物业-小陈", True),
        ("管家小李", True),
        ("客服中心", True),
        ("3-2-1201 张", False),
        ("物业群业主", False),
    ],
)
def test_the_office_s_own_are_told_apart(nickname: str, of_office: bool) -> None:
    assert speaker_of(nickname).of_office is of_office


PASTES = [
    (
        "name and colon on a line",
        "3-2-1201 张:\n电梯又停了\n老人下不去\n\n1201业主:\n我家也是\n",
        [("3-2-1201 张", "电梯又停了\n老人下不去"), ("1201业主", "我家也是")],
    ),
    (
        "name and time on a line",
        "3-2-1201 张 2026/11/22 10:12:33\n电梯又停了\n管家小李 11月22日 10:13\n马上看\n",
        [("3-2-1201 张", "电梯又停了"), ("管家小李", "马上看")],
    ),
    (
        "time first",
        "10:12 3-2-1201 张\n电梯又停了\n[2026-11-22 10:13:01] 3-1-301:\n也停了\n",
        [("3-2-1201 张", "电梯又停了"), ("3-1-301", "也停了")],
    ),
    (
        "with a number behind the name",
        "3-2-1201张(123456789) 10:12:33\n没水了\n",
        [("3-2-1201张", "没水了")],
    ),
    (
        "all in one line",
        "3-2-1201 张：电梯又停了\n1201业主: 我家也是\n",
        [("3-2-1201 张", "电梯又停了"), ("1201业主", "我家也是")],
    ),
    (
        "an owner's own colon is no name",
        "3-2-1201 张:\n问题有两个：一是灯，二是水\n时间：昨天\n",
        [("3-2-1201 张", "问题有两个：一是灯，二是水\n时间：昨天")],
    ),
    (
        "one speaker twice, put together",
        "3-2-1201 张:\n灯坏了\n3-1-301 李:\n哪里\n3-2-1201 张:\n一楼门口\n",
        [("3-2-1201 张", "灯坏了\n一楼门口"), ("3-1-301 李", "哪里")],
    ),
    ("words alone", "电梯又停了\n快来人", [("", "电梯又停了\n快来人")]),
    ("words, and a time between", "电梯停了\n10:12\n—— 11月22日 ——\n还停着", [("", "电梯停了\n还停着")]),
    ("nothing", " \n\n", []),
]


@pytest.mark.parametrize(("text", "said"), [each[1:] for each in PASTES], ids=[each[0] for each in PASTES])
def test_a_paste_is_split_by_who_speaks(text: str, said: list[tuple[str, str]]) -> None:
    assert [(each.speaker.nickname, each.words) for each in read_paste(text)] == said


def test_what_stands_for_a_picture_is_counted_and_is_no_word() -> None:
    (one,) = read_paste("3-2-1201 张:\n[图片]\n漏成这样[图片]\n[动画表情]\n")
    assert (one.words, one.pictures, one.speaker) == ("漏成这样", 3, Speaker("3-2-1201 张", "3-2-1201", "张"))


def test_a_paste_has_a_bound() -> None:
    assert len(read_paste("\n".join(f"{n}-1-101 张:\n坏了" for n in range(1, 90)))) == 30
    assert read_paste("长" * 50_000)[0].words == "长" * 20_000
