"""What words suggest: a table of short cases as residents write them, and what must hold for any words."""

import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemu.service_requests.rules_suggesting import (
    AXES,
    Counts,
    Suggestion,
    read_table,
    suggest,
    word_table,
    words_spoken,
)

# words · type · trade · nature · urgency
CASES = [
    ("我家厨房水龙头漏水，麻烦派人修一下", "repair_home", "repair", "routine", "soon"),
    ("卫生间马桶堵了，水都漫出来了", "repair_home", "repair", "routine", "soon"),
    ("家里突然停电了，空气开关推不上去", "repair_home", "repair", "routine", "urgent"),
    ("客厅的灯不亮，请师傅上门看看", "repair_home", "repair", "routine", "normal"),
    ("楼上漏水，把我家天花板都泡了", "repair_home", "repair", "routine", "soon"),
    ("可视对讲没声音，听不到门铃", "repair_home", "repair", "routine", "normal"),
    ("次卧窗户关不上了", "repair_home", "repair", "routine", "normal"),
    ("暖气不热，家里才十五度", "repair_home", "repair", "routine", "soon"),
    ("3栋电梯坏了，老人下不了楼", "repair_public", "repair", "routine", "soon"),
    ("电梯又停了，按键没反应", "repair_public", "repair", "routine", "normal"),
    ("2单元楼道灯不亮好几天了", "repair_public", "repair", "routine", "normal"),
    ("小区路灯坏了三盏，晚上很黑", "repair_public", "repair", "routine", "normal"),
    ("单元门关不上，门禁刷不开", "repair_public", "repair", "routine", "normal"),
    ("地下车库漏水，积水很深", "repair_public", "repair", "routine", "soon"),
    ("整栋停水了，什么时候来水", "repair_public", "repair", "routine", "urgent"),
    ("外墙渗水，好几户墙都发霉", "repair_public", "repair", "special", "soon"),
    ("井盖不见了，很危险", "repair_public", "repair", "routine", "urgent"),
    ("健身器材松了，螺丝掉了", "repair_public", "repair", "routine", "normal"),
    ("楼下烧烤店半夜还在喧哗，太吵了", "complaint", "security", "routine", "soon"),
    ("隔壁装修噪音太大，孩子睡不着", "complaint", "security", "routine", "soon"),
    ("广场舞音响开到晚上十点，扰民", "complaint", "security", "routine", "normal"),
    ("楼上高空抛物，差点砸到人", "complaint", "security", "routine", "soon"),
    ("车位被外来车占了，乱停乱放没人管", "complaint", "security", "routine", "normal"),
    ("消防通道停满了车，投诉好几次", "complaint", "security", "routine", "soon"),
    ("保安态度恶劣，不让我进", "complaint", "security", "routine", "normal"),
    ("垃圾三天没清运，臭气熏天", "complaint", "cleaning", "routine", "normal"),
    ("电梯里有狗屎，太脏了", "complaint", "cleaning", "routine", "normal"),
    ("楼道里贴满小广告，没人管", "complaint", "cleaning", "routine", "normal"),
    ("绿化带被人占用种菜，物业不处理", "complaint", "greening", "routine", "normal"),
    ("草坪枯死一大片，无人管", "complaint", "greening", "routine", "normal"),
    ("物业擅自提高物业费，不合理", "complaint", "other", "routine", "normal"),
    ("开发商虚假宣传，承诺的幼儿园没有建", "complaint", "other", "special", "normal"),
    ("客服态度差，打了三次电话都不理", "complaint", "other", "routine", "normal"),
    ("师傅说好上午来，一直没来，太慢了", "complaint", "repair", "routine", "normal"),
    ("请问物业费怎么交，可以手机缴费吗", "inquiry", "other", "routine", "normal"),
    ("咨询一下装修手续怎么办理", "inquiry", "other", "routine", "normal"),
    ("门禁卡丢了想补办，需要带什么材料", "inquiry", "other", "routine", "normal"),
    ("想问一下停车费收费标准是多少", "inquiry", "other", "routine", "normal"),
    ("请问房产证什么时候能办下来", "inquiry", "other", "special", "normal"),
    ("请问快递柜在哪里", "inquiry", "other", "routine", "normal"),
    ("请问灭蚊什么时候做", "inquiry", "cleaning", "routine", "normal"),
    ("建议在东门增设一个快递柜", "suggestion", "other", "routine", "normal"),
    ("建议加装电动车充电桩", "suggestion", "security", "routine", "normal"),
    ("希望能增加垃圾桶，现在太少", "suggestion", "cleaning", "routine", "normal"),
    ("建议把门口的树修剪一下", "suggestion", "greening", "routine", "normal"),
    ("提个建议，儿童乐园的地面能不能把沙子换成软垫", "suggestion", "other", "routine", "normal"),
    ("我被困在电梯里了，快来人", "help", "repair", "routine", "urgent"),
    ("楼道里有燃气味，快点来看看", "help", "repair", "routine", "urgent"),
    ("老人在花园摔倒了，能帮忙吗", "help", "security", "routine", "urgent"),
    ("孩子走失了，帮忙看一下监控", "help", "security", "routine", "urgent"),
    ("钥匙反锁在家里，打不开门", "help", "security", "routine", "urgent"),
    ("想借一下推车搬东西", "help", "other", "routine", "normal"),
    ("表扬3栋保安小李，拾金不昧", "praise", "security", "routine", "normal"),
    ("感谢师傅，修得又快又好", "praise", "repair", "routine", "normal"),
    ("保洁阿姨很负责，楼道干净多了，点赞", "praise", "cleaning", "routine", "normal"),
    ("管家热心，非常满意，送锦旗", "praise", "other", "routine", "normal"),
    ("想请家政上门擦玻璃，多少钱一次", "inquiry", "cleaning", "ordered", "normal"),
    ("预约清洗空调，周末上门", "other", "repair", "ordered", "normal"),
    ("我们出差一个月，家里没人，告知一下", "other", "other", "routine", "normal"),
    ("已经修好了，没有漏水了，谢谢师傅", "praise", "repair", "routine", "normal"),
    ("不是漏水，是空调滴的水，请问归谁管", "inquiry", "repair", "routine", "normal"),
]


@pytest.mark.parametrize(("words", "type", "trade", "nature", "urgency"), CASES)
def test_the_words_of_a_case_suggest_its_sorting(
    words: str, type: str, trade: str, nature: str, urgency: str
) -> None:
    assert firsts(suggest(words)) == {"type": type, "trade": trade, "nature": nature, "urgency": urgency}


def firsts(suggestion: Suggestion) -> dict[str, str]:
    return {axis: suggestion.first(axis) for axis in AXES}


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_words_have_a_suggestion_and_always_the_same(text: str, subject: str) -> None:
    found = suggest(text, subject=subject)
    assert {axis: sorted(each.value for each in ranked) for axis, ranked in found.ranked.items()} == {
        axis: sorted(values) for axis, values in AXES.items()
    }
    assert all(each.score >= 0 for ranked in found.ranked.values() for each in ranked)
    assert suggest(text, subject=subject) == found


def test_it_says_which_words_speak_for_a_value() -> None:
    found = suggest("我家厨房漏水")
    assert (found.why("type"), found.why("trade")) == (("厨房…漏", "我家…漏水", "漏水"), ("漏水",))


def test_without_a_known_word_the_usual_order_stands_and_no_word_speaks() -> None:
    found = suggest("嗯")
    assert firsts(found) == {"type": "complaint", "trade": "other", "nature": "routine", "urgency": "normal"}
    assert [found.why(axis) for axis in AXES] == [(), (), (), ()]


def test_the_longest_word_wins() -> None:
    assert [each.word for each in words_spoken("楼道消防通道")["trade"]] == ["消防通道"]


@pytest.mark.parametrize("words", ["没有漏水了", "不是漏水", "现在不漏水", "没再漏水"])
def test_what_is_denied_does_not_speak(words: str) -> None:
    assert words_spoken(words)["trade"] == ()


@pytest.mark.parametrize("words", ["是不是漏水", "有没有漏水", "不停漏水", "不仅漏水"])
def test_what_only_looks_like_a_denial_is_none(words: str) -> None:
    assert [each.word for each in words_spoken(words)["trade"]] == ["漏水"]


def test_a_heading_weighs_more_than_the_opening_and_that_more_than_the_rest() -> None:
    rest = "早上。你好。漏水"
    weights = [words_spoken("", subject="漏水"), words_spoken("漏水"), words_spoken(rest)]
    assert [said["trade"][0].weight for said in weights] == [2.0, 1.0, 0.35]


def test_a_gap_does_not_cross_a_sentence_nor_run_far() -> None:
    found = [
        bool(words_spoken(text)["urgency"]) for text in ("井盖被人丢", "井盖。丢", "井盖一二三四五六七八九丢")
    ]
    assert found == [True, False, False]


def learned(*counts: tuple[str, str, str, int]) -> Counts:
    return {(axis, word, value): count for axis, word, value, count in counts}


LEARNING: list[tuple[Mapping[tuple[str, str, str], int], list[tuple[str, float]]]] = [
    ({}, [("repair", 4.3), ("other", 0.6), ("security", 0.25)]),
    (learned(("trade", "漏水", "other", 1)), [("repair", 4.11), ("other", 0.79), ("security", 0.25)]),
    (learned(("trade", "漏水", "other", 10)), [("repair", 2.967), ("other", 1.933), ("security", 0.25)]),
    (learned(("trade", "漏水", "other", 100)), [("other", 3.8), ("repair", 1.1), ("security", 0.25)]),
    (learned(("trade", "漏水", "other", 10**6)), [("other", 3.8), ("repair", 1.1), ("security", 0.25)]),
    (learned(("trade", "漏水", "repair", 50)), [("repair", 4.3), ("other", 0.6), ("security", 0.25)]),
]


@pytest.mark.parametrize(("counts", "first_three"), LEARNING)
def test_sortings_move_a_word_smoothly_and_never_wholly(
    counts: Counts, first_three: list[tuple[str, float]]
) -> None:
    ranked = suggest("漏水", learned=counts).ranked["trade"]
    assert [(each.value, each.score) for each in ranked[:3]] == first_three


def _alone(word: str, axis: str) -> bool:
    return [each.word for each in words_spoken(word)[axis]] == [word]


def test_ten_corrections_never_drown_a_word_that_speaks_for_one_value() -> None:
    for axis, words in word_table().weights.items():
        for word, says in words.items():
            if word and "…" not in word and len(says) == 1 and _alone(word, axis):
                (value,) = says
                other = next(each for each in AXES[axis] if each != value)
                spoken = suggest(word, learned={(axis, word, other): 10}).ranked[axis]
                scores = {each.value: each.score for each in spoken}
                prior = words[""]
                assert scores[value] - prior.get(value, 0) > scores[other] - prior.get(other, 0)


def test_the_table_is_whole() -> None:
    table = word_table()
    words = {word for axis in table.weights.values() for word in axis}
    assert [word for word in words if len(word) > 20 or word != word.strip() or word.startswith("…")] == []
    assert {axis: sorted(weights[""]) for axis, weights in table.weights.items()} == {
        axis: sorted(values) for axis, values in AXES.items()
    }


BROKEN = [
    ("[reading]\nnegations = []\nno_negations = []\n[prior]\n[type]", "axes: "),
    (
        "[reading]\nnegations = []\nno_negations = []\n[prior]\ntype = {}\ntrade = {}\nnature = {}\nurgency = {}\n"
        "[type.gossip]\nsure = []\n[trade]\n[nature]\n[urgency]",
        "type: no such value: ",
    ),
]


@pytest.mark.parametrize(("source", "message"), BROKEN)
def test_a_table_that_names_what_does_not_exist_is_refused(source: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_table(source)


def test_two_hundred_characters_are_read_in_a_few_milliseconds() -> None:
    text = ("我家厨房水龙头漏水，楼下也渗水了，物业一直没人来修，请问什么时候能来？" * 6)[:200]
    suggest(text)
    times = []
    for _ in range(20):
        start = time.thread_time()  # of the processor alone: what else runs does not count
        suggest(text)
        times.append(time.thread_time() - start)
    assert min(times) < 0.005
