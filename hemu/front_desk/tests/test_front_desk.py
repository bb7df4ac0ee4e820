"""The front desk: answered at once, put to an open case, the next matter of the same caller; by operation and by page."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemu.access.models import Account
from hemu.access.tests.house import House, at
from hemu.estate.models import Home
from hemu.foundation.errors import RuleViolation
from hemu.front_desk.operations import add_to_open, answer_at_once, second_open
from hemu.ledger.queries import words_of
from hemu.service_requests.models import Party, Request
from hemu.service_requests.operations import Caller
from hemu.service_requests.rules import TYPES
from hemu.service_requests.tests.desk import CALLED, Desk, entries, kinds, written

ANSWERED = ("classified", "resolved", "owner_informed", "replied", "owner_confirmed", "closed")
REGISTER = "/requests/register/"
WORDS = "请问停车月卡怎么办？"
ANSWER = "带行驶证到前台，当场办。"


def answer(house: House, type: str = "inquiry", text: str = WORDS, said: str = ANSWER) -> Request:
    by = house.by("frontdesk")
    return answer_at_once(
        community=house.community,
        home=house.home,
        type=type,
        text=text,
        caller=Caller(house.owner.id, "示例业主", "19900001234"),
        answer=said,
        act=by.act(now=at(CALLED)),
        by=by,
    )


# ── answered at once ─────────────────────────────────────────────────────────


@pytest.mark.parametrize("type", ["inquiry", "suggestion", "praise", "other", "help", "complaint"])
def test_answered_at_once_writes_every_entry_and_closes_as_told(house: House, type: str) -> None:
    case = answer(house, type)
    assert kinds(case) == ["request.registered", *(f"request.{name}" for name in ANSWERED)]
    assert (case.state, case.outcome, case.type, case.confirmed_by_owner) == ("closed", "told", type, False)
    said = {entry.kind: words_of(entry) for entry in entries(case)}
    assert said["request.registered"]["text"] == WORDS
    assert said["request.resolved"] == {"result": ANSWER}
    assert said["request.owner_informed"] == {"reply": ANSWER}
    assert {entry.proof for entry in entries(case)} == {"word"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"said": "  "}, "answer.no_words"),
        ({"type": "repair_home"}, "answer.needs_work"),
        ({"type": "repair_public"}, "answer.needs_work"),
        ({"text": ""}, "request.no_words"),
        ({"type": "nonsense"}, "request.unknown_value"),
    ],
)
def test_what_cannot_be_answered_at_once_writes_nothing(
    house: House, change: dict[str, str], code: str
) -> None:
    before = written()
    with pytest.raises(RuleViolation) as refused, transaction.atomic():
        answer(house, **change)
    assert refused.value.code == code
    assert written() == before


def test_it_is_all_or_nothing(house: House) -> None:
    by = house.by("technician")  # may take no step of the desk
    before = written()
    with pytest.raises(RuleViolation, match=r"step\.not_yours"), transaction.atomic():
        answer_at_once(
            community=house.community, home=None, type="inquiry", text=WORDS, caller=Caller(), answer=ANSWER,
            act=by.act(now=at(CALLED)), by=by,
        )  # fmt: skip
    assert written() == before


def test_answering_at_once_costs_a_registration_and_five_steps(house: House) -> None:
    answer(house)
    with CaptureQueriesContext(connection) as found:
        answer(house)
    assert len(found) <= 20 + 5 * 15


# ── put to an open case ──────────────────────────────────────────────────────


def test_a_repeated_caller_adds_words_and_is_counted(house: House, desk: Desk) -> None:
    case = desk.register()
    by = house.by("frontdesk")
    for times, text in ((1, "还是不亮，今天又摔了一个人。"), (2, " ")):
        act = by.act(now=at("2026-09-30 17:00"))
        again = add_to_open(number=case.number, text=text, act=act, by=by)
        assert again.urged_count == times
    assert kinds(case) == [
        "request.registered", "request.added", "request.urged", "request.urged",
    ]  # fmt: skip
    assert words_of(entries(case)[1]) == {"text": "还是不亮，今天又摔了一个人。"}


def test_a_neighbour_joins_once(house: House, desk: Desk) -> None:
    case = desk.register()
    by = house.by("frontdesk")
    act = by.act(now=at("2026-09-30 17:00"))
    joined = second_open(number=case.number, text="我们这边也黑。", home="1-2-302", person="", act=act, by=by)
    assert (joined.seconded_count, Party.objects.get().home) == (1, Home.objects.get(written="1-2-302"))
    assert kinds(case) == ["request.registered", "request.seconded", "request.added"]
    before = written()
    with pytest.raises(RuleViolation, match=r"second\.already"):
        second_open(number=case.number, text="还黑。", home="1-2-302", person="", act=act, by=by)
    assert written() == before


# ── the page ─────────────────────────────────────────────────────────────────


def client_of(login: str = "frontdesk") -> Client:
    client = Client()
    client.force_login(Account.objects.get(login=login))
    return client


def form(house: House, **more: str) -> dict[str, Any]:
    home = {"home": str(house.home.id), "person": str(house.owner.id)}
    return {"community": str(house.community.id), "type": "inquiry", "text": WORDS, **home, **more}


def page_of(response: Any) -> str:
    return str(response.content.decode())


def test_the_page_answers_once_and_says_so_once(house: House) -> None:
    desk = client_of()
    body = form(house, answer=ANSWER, then="answered", key="k1")
    first = desk.post(REGISTER, body)
    again = desk.post(REGISTER, body)
    assert (first.status_code, again.headers["Location"]) == (302, first.headers["Location"])
    case = Request.objects.get()
    assert (case.outcome, case.caller_name, case.person_id) == ("told", "示例业主", house.owner.id)
    assert "已登记，当场答复并结案。" in page_of(desk.get(first.headers["Location"]))
    assert "已登记，当场答复并结案。" not in page_of(desk.get(first.headers["Location"]))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"answer": ANSWER}, "写了当场答复，却没有办结。"),
        ({"then": "answered"}, "请写下当场是怎么答复的。"),
        (
            {"then": "answered", "answer": ANSWER, "type": "repair_home"},
            "维修不能当场答复了事，请登记后派单。",
        ),
        ({"type": ""}, "请选择类型。"),
        ({"home": "", "home_words": "9-9-901"}, "名册里没有“9-9-901”这套房。"),
    ],
)
def test_a_refused_press_keeps_the_form(house: House, more: dict[str, str], words: str) -> None:
    refused = client_of().post(REGISTER, form(house, **more))
    assert refused.status_code == 422
    assert words in page_of(refused)
    assert WORDS in page_of(refused)
    assert "data-draft-fresh" not in page_of(refused)
    assert Request.objects.count() == 0


def test_a_number_of_no_home_we_know_is_the_callers_phone(house: House) -> None:
    body = form(house, home="", person="", home_words="199 0000 8765")
    client_of().post(REGISTER, body)
    case = Request.objects.get()
    assert (case.caller_phone, case.home, case.place) == ("19900008765", None, "")


def test_the_next_matter_keeps_the_caller(house: House) -> None:
    desk = client_of()
    desk.post(REGISTER, form(house))
    known = page_of(desk.get(f"{REGISTER}?from={Request.objects.get().number}"))
    assert f'value="{house.home.id}"' in known
    assert f'value="{house.owner.id}"' in known
    desk.post(REGISTER, form(house, home="", person="", name="王先生", phone="19900005678"))
    number = Request.objects.latest("id").number
    unknown = page_of(desk.get(f"{REGISTER}?from={number}"))
    assert "还是这一位：王先生 199****5678" in unknown
    assert "19900005678" not in unknown
    desk.post(REGISTER, form(house, home="", person="", same_as=number, text="还有一件。"))
    case = Request.objects.latest("id")
    assert (case.text, case.caller_name, case.caller_phone) == ("还有一件。", "王先生", "19900005678")
    assert client_of("elsewhere").get(f"{REGISTER}?from={number}").status_code == 200
    assert "王先生" not in page_of(client_of("elsewhere").get(f"{REGISTER}?from={number}"))


def test_one_press_puts_a_word_to_an_open_case(house: House, desk: Desk) -> None:
    case = desk.register(home=None, place="东门", caller=Caller())
    page = client_of()
    for join, words in (
        ("second", "已记到这一件，除首报的以外已有 1 户反映。"),
        ("add", "已记到这一件，这是第 1 次催办。"),
    ):
        done = page.post(f"/requests/{case.number}/join/", form(house, join=join))
        assert done.status_code == 302
        assert words in page_of(page.get(done.headers["Location"]))
    refused = page.post(f"/requests/{case.number}/join/", form(house, join="second"))
    assert (refused.status_code, "这一户已经记过了。" in page_of(refused)) == (422, True)
    assert Request.objects.count() == 1


def test_like_cases_and_the_homes_own_stand_beside(house: House, desk: Desk) -> None:
    own = desk.register(text="厨房下水堵了。", type="repair_home")
    neighbours = desk.register(text="1栋电梯关门哐当响。", home=Home.objects.get(written="1-2-302"))
    desk.register(text="垃圾两天没清。", home=None, place="东门", caller=Caller())
    body = {"community": str(house.community.id), "home": str(house.home.id), "text": "电梯关门时哐当响"}
    page = page_of(client_of().post("/requests/similar/", body))
    assert (own.number in page, neighbours.number in page, "垃圾" in page) == (True, True, False)
    assert page.index("这一户的诉求") < page.index("说的像同一件")
    assert client_of("elsewhere").post("/requests/similar/", body).content == b""
    assert client_of().post("/requests/similar/", {**body, "home": "", "text": ""}).content == b""


def test_the_household_shows_what_to_heed(house: House) -> None:
    Home.objects.filter(id=house.home.id).update(flags=["no_calls", "lives_alone"])
    page = page_of(client_of().post("/requests/people/", {"home": str(house.home.id)}))
    assert [word in page for word in ("勿打电话", "独居老人", "示例业主", "199****1234", "19900001234")] == [
        True, True, True, True, False,
    ]  # fmt: skip
    assert client_of("elsewhere").post("/requests/people/", {"home": str(house.home.id)}).content == b""


@pytest.mark.parametrize("cases", [1, 6])
def test_statements_beside_the_form(house: House, desk: Desk, cases: int) -> None:
    for _ in range(cases):
        desk.register(text="1栋电梯关门哐当响。", home=None, place="1栋", caller=Caller())
        desk.register(text="1栋电梯关门哐当响。")
    client, community, home = client_of(), str(house.community.id), str(house.home.id)
    for path, body, most in (
        ("callers", {"home_words": "19900001234"}, 9),
        ("people", {"home": home}, 9),
        ("similar", {"home": home, "text": "电梯哐当响"}, 10),
    ):
        with CaptureQueriesContext(connection) as found:
            assert client.post(f"/requests/{path}/", {"community": community, **body}).status_code == 200
        assert len(found) <= most, (path, [query["sql"][:90] for query in found])


@pytest.mark.parametrize("login", ["technician", "finance", "quality", "nobody"])
def test_who_may_not_register_sees_nothing_of_it(house: House, desk: Desk, login: str) -> None:
    case = desk.register()
    client = client_of(login)
    pages = ["callers", "people", "similar", f"{case.number}/join", "register"]
    assert [client.post(f"/requests/{page}/", form(house)).status_code for page in pages] == [403] * 5
    assert client_of("elsewhere").post(f"/requests/{case.number}/join/", form(house)).status_code == 404
    assert len(TYPES) == 8
