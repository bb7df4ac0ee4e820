"""When two accounts tell the same story: a table of pairs."""

import pytest

from hemu.front_desk.rules import bigrams, likeness, most_alike

LIFT = "3栋电梯关门时哐当响，坐着心里害怕。"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (LIFT, "3栋的电梯又哐当响了", True),
        (LIFT, "电梯关门哐当响", True),
        (LIFT, "5栋垃圾两天没清", False),
        (LIFT, "电梯里的灯坏了，黑得很", False),
        ("楼道的灯不亮", "楼道灯坏了，不亮", True),
        ("楼道灯不亮", "三单元楼道灯不亮了，晚上看不见", True),
        ("师傅什么时候可以来", "麻烦师傅今天尽快来", False),
        ("水管漏水", "厨房水管漏水，柜子都泡了", True),
        ("", LIFT, False),
        ("响", "响", False),
    ],
)
def test_the_same_story(one: str, other: str, alike: bool) -> None:
    assert bool(likeness(bigrams(one), bigrams(other))) is alike
    assert likeness(bigrams(one), bigrams(other)) == likeness(bigrams(other), bigrams(one))


def test_pairs_do_not_cross_marks_and_leave_out_what_says_nothing() -> None:
    assert bigrams("我们：灯，坏了 A3") == {"坏了", "a3"}


def test_the_likest_come_first_and_no_more_than_asked() -> None:
    others = [("far", "垃圾没清"), ("near", "3栋电梯哐当响"), ("same", LIFT), ("again", LIFT)]
    assert most_alike(LIFT, others, limit=5) == ["same", "again", "near"]
    assert most_alike(LIFT, others, limit=1) == ["same"]
    assert most_alike(LIFT, [], limit=3) == []
