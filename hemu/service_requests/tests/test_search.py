"""Finding cases by number, room and words: before and after the worker has indexed them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.access.tests.house import House, at
from hemu.infra.models import SearchMark, SearchToken
from hemu.infra.search import tokens_of
from hemu.service_requests import queries_search
from hemu.service_requests.models import Request
from hemu.service_requests.operations.indexing import index_words
from hemu.service_requests.queries_search import MARK, found_by_words
from hemu.service_requests.tests.desk import CALLED, Desk, written

LATER = at(CALLED) + timedelta(hours=1)


def found(words: str, house: House, *, anywhere: bool = False) -> list[str]:
    places = None if anywhere else [house.community.id, house.second.id]
    rows = Request.objects.all() if anywhere else Request.objects.filter(community__in=places or [])
    ids, _ = found_by_words(rows, words, communities=places)
    return [case.text for case in rows.filter(id__in=ids).order_by("-id")]


def register(desk: Desk, *texts: str) -> list[Request]:
    return [desk.register(when=f"2026-09-30 16:{minute:02}", text=text) for minute, text in enumerate(texts)]


@pytest.mark.parametrize("indexed", [False, True])
def test_by_number_room_and_words(desk: Desk, indexed: bool) -> None:
    house = desk.house
    lamp, lift = register(desk, "三单元楼道的灯不亮了", "电梯里 有ＡＢ味")
    other = desk.register(
        text="楼道堆物", community=house.elsewhere, home=house.other_home, when="2026-09-30 16:30"
    )
    if indexed:
        assert (index_words(now=LATER), index_words(now=LATER)) == (3, 0)
    assert SearchMark.objects.filter(name=MARK).exists() is indexed
    expected = {
        "楼道": [lamp.text],
        "楼道的灯": [lamp.text],
        "楼道灯": [],
        "ab": [lift.text],
        "电梯 味": [lift.text],
        "灯": [lamp.text],
        lamp.number: [lamp.text],
        lamp.number[-5:]: [lamp.text],
        "1-2-301": [lift.text, lamp.text],
        "301": [lift.text, lamp.text],
        "1栋2单元301": [lift.text, lamp.text],
        other.number: [],
        "没有的字": [],
        "\x00": [lift.text, lamp.text],
    }
    assert {words: found(words, house) for words in expected} == expected
    assert found("楼道", house, anywhere=True) == [other.text, lamp.text]


def test_the_worker_leaves_what_is_younger_than_a_minute(desk: Desk) -> None:
    first, second = register(desk, "楼道灯坏", "楼道堆物")
    assert index_words(now=at("2026-09-30 16:01") + timedelta(seconds=30)) == 1
    assert set(SearchToken.objects.values_list("target", flat=True)) == {first.id}
    assert found("楼道", desk.house) == [second.text, first.text]


def test_it_goes_on_slice_by_slice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hemu.service_requests.operations.indexing.SLICE", 2)
    register(desk, "楼道一", "楼道二", "楼道三")
    assert [index_words(now=LATER) for _ in range(3)] == [2, 1, 0]
    assert found("楼道", desk.house) == ["楼道三", "楼道二", "楼道一"]


def test_words_put_right_take_the_old_ones_out(desk: Desk) -> None:
    (case,) = register(desk, "楼道灯坏")
    index_words(now=LATER)
    case = desk.step(case, "frontdesk correct", "2026-09-30 16:05", text="大堂灯坏")
    assert (found("楼道", desk.house), found("大堂", desk.house)) == ([], ["大堂灯坏"])
    assert set(SearchToken.objects.values_list("token", flat=True)) == {*tokens_of("大堂灯坏")}


def test_words_put_right_before_the_worker_came(desk: Desk) -> None:
    (case,) = register(desk, "楼道灯坏")
    desk.step(case, "frontdesk correct", "2026-09-30 16:05", text="大堂灯坏")
    index_words(now=LATER)
    assert set(SearchToken.objects.values_list("token", flat=True)) == {*tokens_of("大堂灯坏")}


def test_too_common_words_are_found_in_part(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries_search, "FOUND", 2)
    register(desk, "楼道一", "楼道二", "楼道三", "电梯")
    index_words(now=LATER)
    places = [desk.house.community.id]
    assert found("楼道", desk.house) == ["楼道三", "楼道二"]
    rows = Request.objects.all()
    cut = {words: found_by_words(rows, words, communities=places)[1] for words in ("楼道", "电梯")}
    assert cut == {"楼道": True, "电梯": False}


def test_statements_do_not_grow(desk: Desk) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            found("楼道", desk.house)
        return len(asked.captured_queries)

    register(desk, "楼道")
    index_words(now=LATER)
    one = statements()
    desk.register(text="楼道", when="2026-09-30 16:20")
    desk.register(text="楼道", when="2026-09-30 16:21")
    index_words(now=LATER)
    assert statements() == one == 4


def test_indexing_writes_nothing_else(desk: Desk) -> None:
    register(desk, "楼道")
    before = written()
    index_words(now=LATER)
    assert written() == before
